"""Posts on the page: what goes out when, moved and taken out by publishers; what became of them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from tests.web import planned
from tests.web.conftest import NOW, browser
from tests.web.planned import FIRST_DUE, RAMP, become, introduce, kept, plan

PIECE = {"HX-Request": "true"}

LOST = "the answer was lost"


@pytest.fixture
def site(site):
    return planned.with_zones(site)


@pytest.fixture(autouse=True)
def accounts(harvested):
    introduce(harvested)


def moving(post, day="2026-12-01", time="18:00", **more):
    return {"day": day, "time": time, "was": post.due.isoformat(), **more}


def day_cell(page: str, day: str) -> str:
    return page.split(f'data-day="{day}">')[1].split('<li class="day')[0]


@pytest.mark.parametrize("view", ["week", "month"])
def test_each_post_stands_on_the_day_its_accounts_clocks_show(site, visitor, view):
    late = datetime(2026, 12, 2, 3, 15, tzinfo=UTC)  # the evening before in Chicago
    plan(site, RAMP, late)
    page = visitor.get(f"/posts?view={view}&of=2026-12-01").text
    assert '<span class="time">21:15</span>' in day_cell(page, "2026-12-01")
    assert "the best that waits" in day_cell(page, "2026-12-01")
    assert "21:15" not in day_cell(page, "2026-12-02")


def test_a_list_says_when_where_what_and_why(site, visitor):
    plan(site)
    plan(site, RAMP, FIRST_DUE + timedelta(days=1), at=1)
    page = visitor.get("/posts?view=list").text
    for told in ("Monday <span>30 November 2026", "09:30", "main", "the best that waits"):
        assert told in page
    only = visitor.get("/posts?view=list&account=mastodon:1099").text
    assert ("Tuesday <span>1 December" in only, "Monday <span>30" in only) == (True, False)


@pytest.mark.parametrize(
    ("posts", "approved", "told"),
    [
        (0, 0, "No approved quote is left"),
        (0, 1, "1 approved quote never planned: <code>pullquote schedule plan</code>"),
        (1, 0, "the last on Sat 28 November 2026, 09:30; then it runs dry"),
    ],
)
def test_that_it_runs_dry_is_told_first(site, visitor, posts, approved, told):
    for number in range(posts):
        plan(site, due=NOW.replace(day=28, hour=8, minute=30), at=number)
    if approved:
        site.library.decide([site.library.quotes()[5].id], "approve", "Pia", NOW, confirmed=True)
    page = visitor.get("/posts").text
    assert told in page
    assert page.index(told) < page.index("calendar-head")


def test_without_an_account_the_page_says_how_to_have_one(site, visitor):
    with site.store.write() as connection:
        connection.execute(delete(planned.accounts))
    assert "pullquote network login" in visitor.get("/posts").text


def test_a_post_is_moved_on_its_accounts_clocks_and_undone(site, visitor):
    post = plan(site)
    answer = visitor.submit(f"/posts/{post.id}/move?view=week&of=2026-11-30", **moving(post))
    assert answer.status_code == 303
    moved = kept(site, post.id)
    assert moved.due == datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert moved.why == (
        "ada moved it here from Mon 30 November 2026, 09:30; at first: the best that waits"
    )
    page = visitor.get(answer.headers["location"]).text
    assert "moved to Tue 1 December 2026, 18:00" in page
    undo = re.search(
        r'<form method="post" action="(/posts/\d+/move[^"]*)">(.*?)</form>', page, re.DOTALL
    )
    fields = dict(re.findall(r'name="(was|day|time)" value="([^"]*)"', undo[2]))
    visitor.submit(undo[1].replace("&amp;", "&"), **fields)
    assert kept(site, post.id).due == FIRST_DUE
    assert kept(site, post.id).why.endswith("; at first: the best that waits")
    assert kept(site, post.id).why.count("moved it") == 1


@pytest.mark.parametrize(
    ("day", "time", "due", "told"),
    [
        ("2027-03-28", "02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "goes out at 03:30"),
        ("2027-10-31", "02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "02:30 comes twice"),
        ("2027-03-29", "02:30", datetime(2027, 3, 29, 0, 30, tzinfo=UTC), "02:30.<"),
    ],
)
def test_what_a_change_of_clocks_makes_of_it_is_told(site, visitor, day, time, due, told):
    post = plan(site)
    answer = visitor.post(
        f"/posts/{post.id}/move",
        data={"csrf": visitor.token(), **moving(post, day, time)},
        headers=PIECE,
    )
    assert kept(site, post.id).due == due
    assert told in answer.text
    assert f"of={day}" in answer.headers["hx-replace-url"]


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"day": "2026-11-26"}, 422, "that time has passed"),
        ({"day": "2026-12-24"}, 422, "may not go out before Fri 25 December 2026, 00:00"),
        ({"day": "1026-12-24"}, 422, "no year to look at"),
        ({"time": "25:00"}, 422, "time"),
        ({"was": "2026-11-29T08:30:00+00:00"}, 409, "somebody moved it to Mon 30 November"),
    ],
)
def test_a_move_that_cannot_be_changes_nothing(site, visitor, fields, status, told):
    post = plan(site)
    talk = site.library.talks()[0]
    site.library.change_talk(talk.id, {"embargo_until": "2026-12-25"}, "ada", NOW)
    answer = visitor.submit(f"/posts/{post.id}/move", **{**moving(post), **fields})
    assert (answer.status_code, told in answer.text) == (status, True)
    assert kept(site, post.id) == post


def test_a_move_too_close_behind_what_went_out_is_refused(site):
    visitor = browser(planned.with_zones(site, evergreen_days=30))
    gone = plan(site)
    become(site, gone.id, "sent", at=FIRST_DUE - timedelta(days=30), occasion=2)
    post = plan(site)
    answer = visitor.submit(f"/posts/{post.id}/move", **moving(post, "2026-11-29", "12:00"))
    assert (answer.status_code, kept(site, post.id).due) == (409, FIRST_DUE)
    assert "it went out on main on Sat 31 October 2026, 09:30" in answer.text
    assert f"`pullquote schedule move {post.id} &#39;2026-11-29 12:00&#39; --yes`" in answer.text
    assert visitor.submit(f"/posts/{post.id}/move", **moving(post)).status_code == 303


def test_a_post_is_taken_out_and_put_back(site, visitor):
    post = plan(site)
    answer = visitor.submit(f"/posts/{post.id}/cancel?view=list")
    assert (kept(site, post.id).state, kept(site, post.id).reason) == (
        "cancelled",
        "ada took it out of the plan",
    )
    page = visitor.get(answer.headers["location"]).text
    assert f'action="/posts/{post.id}/restore' in page
    visitor.submit(f"/posts/{post.id}/restore")
    assert kept(site, post.id) == post


def test_what_is_over_is_neither_moved_nor_put_back(site, visitor, clock):
    post = plan(site)
    visitor.submit(f"/posts/{post.id}/cancel")
    assert visitor.submit(f"/posts/{post.id}/move", **moving(post)).status_code == 422
    clock.wait(days=4)
    late = visitor.submit(f"/posts/{post.id}/restore")
    assert (late.status_code, "its time has passed" in late.text) == (422, True)


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("move", "planned"),
        ("cancel", "planned"),
        ("restore", "cancelled"),
        ("there", "unconfirmed"),
        ("again", "unconfirmed"),
    ],
)
def test_an_editor_looks_and_changes_nothing(site, people, path, state):
    post = plan(site)
    become(site, post.id, state, reason=LOST)
    before = kept(site, post.id)
    ed = browser(site)
    ed.sign_in("Ed")
    for page in ("/posts", "/posts?view=list", f"/posts/{post.id}", "/posts/unconfirmed"):
        shown = ed.get(page)
        assert (shown.status_code, f"/posts/{post.id}/" in shown.text) == (200, False)
    answer = ed.submit(f"/posts/{post.id}/{path}", **moving(post), looked="true")
    assert answer.status_code == 403
    assert kept(site, post.id) == before


def test_a_post_is_shown_as_it_will_look(site, visitor):
    post = plan(site, look={"template": "square", "theme": "paper"})
    become(site, plan(site, RAMP).id, "sent", at=NOW, url="https://m.example/7")
    page = visitor.get(f"/posts/{post.id}").text
    for told in (
        '<b class="tag">#ramp</b>',
        'alt="Quote card of a kettle"',
        "<b>Alt</b> Quote card of a kettle",
        f"{post.words.counted} of 300 characters",
        "square, paper",
        "Mon 30 November 2026, 09:30",
        "Wed 25 November 2026, 10:00",
        "Posted",
        "Fri 27 November 2026, 03:00",
    ):
        assert told in page


def test_the_page_of_a_quote_says_where_it_was_posted(site, visitor):
    post = plan(site)
    become(site, post.id, "sent", at=NOW, url="https://b.example/7")
    page = visitor.get(f"/quotes/{post.key.quote}").text
    assert f'<a href="/posts/{post.id}">Posted</a> on main' in page
    assert 'href="https://b.example/7"' in page


@pytest.mark.parametrize("path", ["/posts/77", "/posts/0", f"/posts/{2**40}", "/posts/x"])
def test_a_post_that_is_not_there(visitor, path):
    assert visitor.get(path).status_code in (404, 422)


def test_an_approved_quote_says_what_it_would_post_where_it_is_not_planned(site, visitor):
    post = plan(site)
    name, shown = post.key.quote, site.library.quote(post.key.quote).shown
    assert f'hx-get="/quotes/{name}/posts"' in visitor.get(f"/quotes/{name}").text
    for headers in ({}, PIECE):
        page = visitor.get(f"/quotes/{name}/posts", headers=headers).text
        assert f"“{shown}” – Marit Oyelaran" in page
        assert ("ramp</strong>" in page, "main</strong>" in page) == (True, False)
    assert re.search(r"\d+ of 300 characters", page)
