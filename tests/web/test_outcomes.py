"""What became of posts: the history, those in doubt, what rests; and the pictures of posts."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.post import Key, Receipt
from bot.publishing import queue
from bot.store.publishing import alerts
from tests.web import planned
from tests.web.conftest import NOW, browser
from tests.web.planned import FIRST_DUE, MAIN, RAMP, become, introduce, kept, plan

HOUR = timedelta(hours=1)
LOST = "the answer was lost"


@pytest.fixture
def site(site):
    return planned.with_zones(site)


@pytest.fixture(autouse=True)
def accounts(harvested):
    introduce(harvested)


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
        key = Key(*MAIN, site.library.quotes()[number % 30].id, number)
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
