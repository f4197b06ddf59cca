"""One talk, one person: details checked, kept with their history, safe from two at once."""

import re
from datetime import timedelta

import pytest

from bot.model import Person
from bot.store.publishing import posts
from tests.web.conftest import NOW, browser

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def talk(harvested):
    return harvested.library.talks()[0]


def mark(visitor, path):
    return re.search(r'name="seen" value="(\w+)"', visitor.get(path).text)[1]


def save(visitor, path, **fields):
    return visitor.submit(path, **{"seen": mark(visitor, path), **fields})


def details(talk, **fields):
    return {"title": talk.title, "speakers": "\n".join(talk.speakers), **fields}


def test_details_are_kept_with_who_changed_them(harvested, visitor, talk):
    path = f"/talks/{talk.id}"
    answer = save(
        visitor,
        path,
        title=" Small  libraries ",
        speakers="Marit Oyelaran\n Joss Penhallow\n",
        event="Harbour Talks",
        date="14 March 2026",
        url="https://example.org/v",
        permission="asked",
        embargo_until="2026-12-01T09:00+01:00",
        misheard=["book ends", ""],
        meant=["bookends", ""],
    )
    assert answer.status_code == 303
    known = harvested.library.talk(talk.id)
    assert known.title == "Small libraries"
    assert known.speakers == ("Marit Oyelaran", "Joss Penhallow")
    assert (known.date, known.permission) == ("2026-03-14", "asked")
    assert known.embargo_until == "2026-12-01T09:00+01:00"
    assert known.glossary == {"book ends": "bookends"}
    page = visitor.get(path).text
    assert "<strong>ada</strong>" in page
    assert "book ends → bookends" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", " ", "A talk has a title"),
        ("url", "javascript:alert(1)", "is no address like https://"),
        ("date", "tomorrow", "is not like 2026-11-24"),
        ("embargo_until", "soon", "is not like 2026-11-24"),
        ("permission", "perhaps", "is none of granted, asked, refused"),
        ("timeline", "bent", "is none of exact, shifted"),
        ("language", "plain English", "is not like en or pt-BR"),
        ("media", "/etc/passwd", "a file of this machine is named in a table"),
        ("media", "file:///etc/passwd", "a file of this machine is named in a table"),
        ("event", "x" * 301, "Is too long"),
        ("speakers", "x" * 301, "At most 40 names"),
        ("misheard", "half", "is half a correction"),
    ],
)
def test_what_does_not_fit_is_told_beside_it_and_nothing_is_saved(
    harvested, visitor, talk, field, value, says
):
    fields = details(talk, event="Harbour Talks", meant="")
    answer = save(visitor, f"/talks/{talk.id}", **{**fields, field: value})
    assert answer.status_code == 422
    assert says in answer.text
    assert "Harbour Talks" in answer.text or field == "event"
    assert harvested.library.talk(talk.id) == talk


def test_a_local_recording_stays_where_a_table_named_it(harvested, visitor, talk):
    known = harvested.library.change_talk(talk.id, {"media": "/talks/one.mp3"}, "ada", NOW)
    save(visitor, f"/talks/{talk.id}", **details(talk, media="/talks/one.mp3", event="Here"))
    after = harvested.library.talk(talk.id)
    assert (after.media, after.event) == (known.media, "Here")


def test_two_people_at_one_talk_lose_nothing(harvested, visitor, talk):
    path = f"/talks/{talk.id}"
    old = mark(visitor, path)
    harvested.library.change_talk(talk.id, {"event": "Of Bo"}, "bo", NOW)
    mine = details(talk, event="Of Ada")
    stale = visitor.submit(path, seen=old, **mine)
    assert stale.status_code == 409
    assert "was changed by bo while you looked at it" in stale.text
    assert 'value="Of Ada"' in stale.text
    assert "Now in the library: <q>Of Bo</q>" in stale.text
    assert harvested.library.talk(talk.id).event == "Of Bo"
    seen = re.search(r'name="seen" value="(\w+)"', stale.text)[1]
    assert visitor.submit(path, seen=seen, **mine).status_code == 303
    assert harvested.library.talk(talk.id).event == "Of Ada"


def test_a_beginning_of_an_id_leads_to_the_whole(visitor, talk):
    assert visitor.get(f"/talks/{talk.id[:6]}").headers["location"] == f"/talks/{talk.id}"
    assert visitor.get("/talks/nothing").status_code == 404


def test_what_is_typed_stays_text(harvested, visitor, talk):
    save(visitor, f"/talks/{talk.id}", **details(talk, event=HOSTILE, misheard="a", meant=HOSTILE))
    assert HOSTILE not in visitor.get(f"/talks/{talk.id}").text
    answer = save(visitor, f"/talks/{talk.id}", **details(talk, date=HOSTILE))
    assert HOSTILE not in answer.text


def test_a_person_is_known_by_their_details(harvested, visitor):
    path = "/people/of?name=Marit+Oyelaran"
    fields = {"role": "Founder", "x": "@marit", "mastodon": "https://hachyderm.io/@marit"}
    answer = save(visitor, path, name="Marit Oyelaran", bluesky="marit.bsky.social", **fields)
    assert answer.status_code == 303
    handles = {"x": "marit", "bluesky": "marit.bsky.social", "mastodon": "marit@hachyderm.io"}
    known = Person("Marit Oyelaran", "Founder", None, handles)
    assert harvested.library.person("marit oyelaran") == known
    page = visitor.get(path).text
    assert "Founder" in page
    assert "<strong>ada</strong>" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("x", "not a name", "is not like @name"),
        ("bluesky", "marit", "is not like @name.bsky.social"),
        ("mastodon", "@marit", "is not like @name@server"),
        ("photo", "/etc/passwd", "a file of this machine"),
        ("role", "x" * 301, "At most 300 letters"),
    ],
)
def test_a_name_of_no_network_is_told_beside_it(harvested, visitor, field, value, says):
    path = "/people/of?name=Marit+Oyelaran"
    answer = save(visitor, path, name="Marit Oyelaran", **{field: value})
    assert answer.status_code == 422
    assert says in answer.text
    assert harvested.library.person("Marit Oyelaran") is None


def test_two_people_at_one_person_lose_nothing(harvested, visitor):
    path, name = "/people/of?name=Marit+Oyelaran", "Marit Oyelaran"
    old = mark(visitor, path)
    harvested.library.change_person(Person(name, "Of Bo"), "bo", NOW)
    stale = visitor.submit(path, seen=old, name=name, role="Of Ada")
    assert stale.status_code == 409
    assert "<q>Of Bo</q>" in stale.text
    assert harvested.library.person(name).role == "Of Bo"


def test_nobody_is_no_page(harvested, visitor):
    assert visitor.get("/people/of?name=Nobody").status_code == 404


def test_a_speaker_is_taken_down_by_typing_their_name(harvested, visitor):
    name, library = "Marit Oyelaran", harvested.library
    quote = library.quotes()[0].id
    sent = {"network": "mastodon", "account": "1", "quote": quote, "occasion": 1, "state": "sent"}
    with harvested.store.write() as connection:
        connection.execute(posts.insert().values(**sent, url="https://social.example/1", at=NOW))
    wrong = visitor.submit("/people/takedown", name=name, typed="Marit")
    assert wrong.status_code == 422
    assert {one.status for one in library.quotes()} == {"candidate"}
    done = visitor.submit("/people/takedown", name=name, typed="marit oyelaran")
    assert "quotes were taken down" in done.text
    assert "https://social.example/1" in done.text
    assert {one.status for one in library.quotes()} == {"retracted"}
    assert "taken down for good" in visitor.get("/people").text


EDITOR_MAY_NOT = [
    ("/people/takedown", {"name": "Marit Oyelaran", "typed": "Marit Oyelaran"}),
    ("/talks/{talk}/links", {"speaker": "Marit Oyelaran", "days": "7"}),
    ("/talks/{talk}/links/1/revoke", {}),
]


@pytest.mark.parametrize(("path", "fields"), EDITOR_MAY_NOT)
def test_some_things_are_for_publishers(harvested, people, talk, path, fields):
    editor = browser(harvested)
    editor.sign_in("Ed")
    assert editor.submit(path.format(talk=talk.id), **fields).status_code == 403


@pytest.mark.parametrize("days", ["0", "91", "x", "-1"])
def test_a_link_lasts_as_long_as_is_sensible(visitor, talk, days):
    answer = visitor.submit(f"/talks/{talk.id}/links", speaker="Marit Oyelaran", days=days)
    assert answer.status_code == 422


def test_links_are_listed_with_their_state_and_told_once(harvested, visitor, talk, clock):
    path = f"/talks/{talk.id}"
    made = visitor.submit(f"{path}/links", speaker="Marit Oyelaran", days="7").text
    address = re.search(r"http://127.0.0.1:8000/speaker/[\w-]{43}", made)[0]
    visitor.submit(f"{path}/links", speaker="Joss Penhallow", days="1")
    assert address not in visitor.get(path).text
    assert visitor.get(path).text.count(">open<") == 2
    visitor.submit(f"{path}/links/1/revoke")
    clock.wait(days=1, seconds=1)
    page = visitor.get(path).text
    assert (page.count(">revoked<"), page.count(">expired<")) == (1, 1)
    assert timedelta(days=1) < clock() - NOW
