"""Posts on the page: what goes out when, moved and taken out by publishers; what became of them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert

from bot.post import Key, Receipt
from bot.publishing import queue
from bot.store.publishing import alerts
from tests.web import planned
from tests.web.conftest import NOW, browser
from tests.web.planned import FIRST_DUE, MAIN, RAMP, become, introduce, kept, plan

PIECE = {"HX-Request": "true"}
HOUR = timedelta(hours=1)
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


def test_the_history_has_links_and_remedies_and_is_filtered(site, visitor):
    become(site, plan(site).id, "sent", at=NOW, url="https://b.example/7")
    become(site, plan(site, RAMP, at=1).id, "failed", reason="too large; lower `card.max_kb`")
    plan(site, at=2)
    page = visitor.get("/posts/history").text
    assert 'href="https://b.example/7"' in page
    assert "Too large; lower <code>card.max_kb</code>" in page
    assert page.count('<li id="post-') == 2
    sent = visitor.get("/posts/history?state=sent").text
    assert ("b.example/7" in sent, "Too large" in sent) == (True, False)
    ramp = visitor.get("/posts/history?account=mastodon:1099").text
    assert ("b.example/7" in ramp, "Too large" in ramp) == (False, True)


def test_a_long_history_has_pages(site, visitor):
    for number in range(55):
        key = Key(*MAIN, site.library.quotes()[number % 40].id, number)
        with site.store.write() as connection:
            queue.adopt(connection, key, Receipt(f"r{number}", None, NOW + number * HOUR))
    pages = [visitor.get(f"/posts/history?first={first}").text for first in (0, 50)]
    found = [re.findall(r'<li id="post-(\d+)"', page) for page in pages]
    assert [len(one) for one in found] == [50, 5]
    assert found[0][0] == max(found[0] + found[1], key=int)
    assert ["Earlier" in page for page in pages] == [True, False]


@pytest.mark.parametrize(
    ("at", "url"), [("", None), (" https://b.example/7 ", "https://b.example/7")]
)
def test_somebody_saw_that_it_is_there(site, visitor, at, url):
    post = plan(site)
    become(site, post.id, "unconfirmed", reason=LOST, first_at=FIRST_DUE, tries=1)
    assert visitor.submit(f"/posts/{post.id}/there", at=at).status_code == 303
    after = kept(site, post.id)
    assert (after.state, after.url, after.at) == ("sent", url, FIRST_DUE)


def test_what_is_no_address_is_not_taken(site, visitor):
    post = plan(site)
    become(site, post.id, "unconfirmed")
    answer = visitor.submit(f"/posts/{post.id}/there", at="javascript:alert(1)")
    assert (answer.status_code, kept(site, post.id).state) == (422, "unconfirmed")


def test_it_is_sent_again_only_after_somebody_looked(site, visitor):
    post = plan(site)
    become(site, post.id, "unconfirmed", reason=LOST)
    assert visitor.submit(f"/posts/{post.id}/again").status_code == 422
    assert kept(site, post.id).state == "unconfirmed"
    assert visitor.submit(f"/posts/{post.id}/again", looked="true").status_code == 303
    assert (kept(site, post.id).state, kept(site, post.id).due) == ("planned", NOW)
    late = visitor.submit(f"/posts/{post.id}/there")
    assert (late.status_code, kept(site, post.id).state) == (409, "planned")


def test_what_is_in_doubt_is_shown_with_all_one_needs(site, visitor):
    post = plan(site)
    become(site, post.id, "unconfirmed", reason=LOST, first_at=FIRST_DUE, tries=2)
    page = visitor.get("/posts/unconfirmed").text
    for told in (
        "The answer was lost",
        "Mon 30 November 2026, 09:30, 2 times",
        'href="https://bluesky.example/main"',
        "I looked, and it is not there",
        "Quote card of a kettle",
    ):
        assert told in page


def test_what_rests_is_told_once_with_what_to_do_and_counted(site, visitor):
    assert "badge" not in visitor.get("/talks").text
    introduced = {"network": "x", "id": "7", "label": "old", "handle": "", "paused": "401 there"}
    event = {"event": "paused x 7", "text": "old is paused: `login old`", "at": NOW}
    with site.store.write() as connection:
        connection.execute(insert(planned.accounts).values(introduced))
    alone = visitor.get("/posts").text
    assert "old posts nothing now: 401 there; <code>pullquote network login old</code>" in alone
    with site.store.write() as connection:
        connection.execute(insert(alerts).values(event))
        connection.execute(insert(alerts).values(event | {"event": "gone", "passed_at": NOW}))
    page = visitor.get("/posts").text
    assert page.count("old is paused: <code>login old</code>") == 1
    assert "401 there" not in page
    assert '<span class="badge">1<' in visitor.get("/talks").text


def test_pictures_are_for_those_who_are_in_and_kept_by_browsers(site, people, visitor):
    name = plan(site).pictures[0]
    path = f"/pictures/{name}"
    assert visitor.get(path).status_code == 303
    pia = browser(site)
    pia.sign_in("Pia")
    answer = pia.get(path)
    assert (answer.content, answer.headers["content-type"]) == (planned.png(0), "image/png")
    assert "private" in answer.headers["cache-control"]
    assert "immutable" in answer.headers["cache-control"]
    same = pia.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    small = pia.get(f"{path}?width=160")
    assert (small.headers["content-type"], small.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert small.headers["etag"] != answer.headers["etag"]
    assert pia.get(f"/pictures/{'0' * 64}").status_code == 404


def test_the_card_of_somebody_taken_down_is_not_shown(site, visitor):
    post = plan(site)
    become(site, post.id, "sent", at=NOW)
    quote = site.library.quote(post.key.quote)
    site.library.retract_speaker(quote.speaker, "Pia", NOW)
    for path in (f"/posts/{post.id}", "/posts/history", "/posts?of=2026-11-27"):
        assert post.pictures[0] not in visitor.get(path).text


@pytest.mark.parametrize("path", ["/posts/77", "/posts/0", f"/posts/{2**40}", "/posts/x"])
def test_a_post_that_is_not_there(visitor, path):
    assert visitor.get(path).status_code in (404, 422)
