"""The inbox as forms: what each decides, what is asked, what is refused, what is stale."""

from dataclasses import replace

import pytest

from bot.library import changes
from bot.library.changes import Author
from bot.model import Attribution, Quote
from bot.scoring import in_words
from tests.web.conftest import NOW, browser

PIECE = {"HX-Request": "true"}


@pytest.fixture
def first(harvested) -> Quote:
    return harvested.library.quotes(limit=1)[0]


@pytest.fixture
def kettle(harvested) -> Quote:
    said = "a strategy before you need a kettle"
    return next(one for one in harvested.library.quotes() if said in one.shown)


def made(site, quote: Quote, **values) -> Quote:
    """The quote with other values, as if it had been harvested so."""
    with site.store.write() as connection:
        new = replace(quote, **values)
        return changes.record(connection, quote, new, "edit", Author("ada", NOW))


def test_the_best_that_waits_is_in_focus_with_its_reasons(harvested, visitor, first):
    page = visitor.get("/").text
    assert f'data-quote="{first.id}"' in page
    assert f"0</strong> of {len(harvested.library.quotes())} decided" in page
    assert "is this Marit Oyelaran?" in page
    assert in_words(first.reasons[0]) in page


def test_a_quote_in_focus_stands_with_its_neighbours(harvested, visitor, kettle):
    page = visitor.get(f"/?quote={kettle.id}").text
    assert f'data-quote="{kettle.id}"' in page
    assert "Well, we had a kettle." in page
    assert "And look, I was an engineer" in page


@pytest.mark.parametrize(
    ("path", "fields", "was"),
    [
        ("decision", {"action": "approve", "confirmed": "true"}, {"status": "approved"}),
        ("decision", {"action": "reject"}, {"status": "rejected"}),
        ("decision", {"action": "propose"}, {"flags": ("proposed",)}),
        ("tags", {"add": "Kettles, #Old Towns"}, {"tags": ("kettles", "old-towns")}),
        ("note", {"text": " for Friday "}, {"note": "for Friday"}),
        ("words", {"words": "People say that you need a strategy before you need a kettle"},
         {"shown": "People say that you need a strategy before you need a kettle"}),
    ],
)  # fmt: skip
def test_a_form_changes_a_quote_and_undo_takes_it_back(
    harvested, visitor, kettle, path, fields, was
):
    answer = visitor.submit(f"/quotes/{kettle.id}/{path}", revision="0", **fields)
    assert answer.status_code == 303
    after = harvested.library.quote(kettle.id)
    assert {name: getattr(after, name) for name in was} == was
    undone = visitor.submit(f"/quotes/{kettle.id}/undo", revision=str(after.revision))
    assert undone.status_code == 303
    assert replace(harvested.library.quote(kettle.id), revision=0) == kettle


def test_after_a_decision_the_next_is_in_focus(harvested, visitor):
    first, second = (one.id for one in harvested.library.quotes(limit=2))
    token = visitor.token()
    fields = {"csrf": token, "action": "reject", "revision": "0", "then": second}
    answer = visitor.post(f"/quotes/{first}/decision", data=fields, headers=PIECE)
    assert f'data-quote="{second}"' in answer.text
    assert f'id="row-{first}" hx-swap-oob="true" data-status="rejected"' in answer.text
    assert "<html" not in answer.text
    assert answer.headers["HX-Replace-Url"] == f"/?quote={second}"


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, ["Is this Marit Oyelaran?"]),
        ({"role": "audience"}, ["Is this Marit Oyelaran?", "from the audience: did they agree?"]),
        ({"role": "audience", "attribution": Attribution("given", 1.0)}, ["did they agree?"]),
        ({"attribution": Attribution("labelled", 1.0)}, []),
    ],
)
def test_approving_asks_what_only_a_person_knows(harvested, visitor, first, values, asked):
    made(harvested, first, **values)
    fields = {"csrf": visitor.token(), "action": "approve"}
    answer = visitor.post(f"/quotes/{first.id}/decision", data=fields, headers=PIECE)
    assert answer.status_code == 200
    assert [one for one in asked if one not in answer.text] == []
    expected = "candidate" if asked else "approved"
    assert harvested.library.quote(first.id).status == expected
    visitor.submit(f"/quotes/{first.id}/decision", action="approve", confirmed="true")
    assert harvested.library.quote(first.id).status == "approved"


def test_what_is_proposed_is_first_for_publishers_and_done_for_editors(harvested, people):
    _, _, third, *_ = harvested.library.quotes()
    harvested.library.propose([third.id], "Ed", NOW)
    pia, ed = browser(people), browser(people)
    pia.sign_in("Pia")
    ed.sign_in("Ed")
    assert f'data-quote="{third.id}"' in pia.get("/").text
    page = ed.get("/").text
    assert f'data-quote="{third.id}"' not in page
    assert f"1</strong> of {len(people.library.quotes())} decided" in page


@pytest.mark.parametrize("path", ["decision", "tags", "note", "words", "undo"])
def test_a_stale_page_shows_both_versions_and_changes_nothing(harvested, visitor, first, path):
    library = harvested.library
    library.note([first.id], "theirs", "Ed", NOW)
    fields = {"action": "reject", "add": "mine", "text": "mine", "words": "you need a kettle."}
    answer = visitor.submit(f"/quotes/{first.id}/{path}", revision="0", **fields)
    assert answer.status_code == 409
    assert "Ed</strong> changed this quote" in answer.text
    assert "Take theirs" in answer.text
    assert 'name="revision" value="1"' in answer.text
    after = library.quote(first.id)
    assert (after.note, after.status, after.tags, after.revision) == ("theirs", "candidate", (), 1)


@pytest.mark.parametrize(
    ("words", "red", "told"),
    [
        ("You need a strategy before you need a ladder.", "ladder", "the talk says “kettle” here"),
        ("People say that you need a kettle.", "", "left out"),
        ("kettle", "kettle", "3 words at least"),
        ("People say that you need a strategy before you need a kettle.", "", "shown now"),
    ],
)
def test_words_are_checked_while_they_are_typed(visitor, harvested, kettle, words, red, told):
    fields = {"csrf": visitor.token(), "words": words}
    answer = visitor.post(f"/quotes/{kettle.id}/check", data=fields, headers=PIECE)
    assert told in answer.text
    assert f"<mark>{red}</mark>" in answer.text or not red
    assert harvested.library.quote(kettle.id) == kettle


def test_words_the_talk_does_not_say_are_not_saved_and_not_lost(harvested, visitor, first):
    words = "People say that you need a ladder."
    answer = visitor.submit(f"/quotes/{first.id}/words", words=words, revision="0")
    assert answer.status_code == 422
    assert f"{words}</textarea>" in answer.text
    assert harvested.library.quote(first.id) == first


def test_a_misheard_word_is_mended_in_the_whole_talk(harvested, visitor):
    library = harvested.library
    quotes = [one for one in library.quotes() if "kettle" in one.shown.split(".")[0].split()]
    asked = visitor.get(f"/quotes/{quotes[0].id}/misheard?heard=kettle&meant=Kessel")
    count = len(quotes)
    assert f"Changes {count} quote" in asked.text
    visitor.submit(f"/quotes/{quotes[0].id}/misheard", heard="kettle", meant="Kessel")
    assert library.talks()[0].glossary == {"kettle": "Kessel", "Kettle": "Kessel"}
    assert sum("Kessel" in one.shown for one in library.quotes()) == count
    assert library.verify() == ()


@pytest.mark.parametrize("after", ["approve", "reject", "veto"])
def test_an_editor_does_not_undo_what_a_publisher_decided(harvested, people, first, after):
    if after == "veto":
        harvested.library.veto(first.id, "Marit by link", NOW)
    else:
        harvested.library.decide([first.id], after, "Pia", NOW, confirmed=True)
    ed = browser(people)
    ed.sign_in("Ed")
    assert "/undo" not in ed.get(f"/?quote={first.id}").text
    assert ed.submit(f"/quotes/{first.id}/undo").status_code == 403
    assert harvested.library.quote(first.id).status != "candidate"


def test_everything_a_person_or_file_brings_stays_text(harvested, visitor, first):
    bad = "<script>alert(1)</script>"
    made(harvested, first, said=bad, shown=bad, speaker=bad, tags=(bad,), note=bad, flags=(bad,))
    harvested.library.change_talk(first.talk, {"title": bad}, "ada", NOW)
    for path in (f"/?quote={first.id}", f"/quotes/{first.id}", f"/?quote={first.id}&mode=edit"):
        text = visitor.get(path).text
        assert bad not in text
        assert "&lt;script&gt;alert(1)" in text


def test_all_talks_at_once_or_one(harvested, visitor, tmp_path):
    from bot import pipeline
    from bot.model import Details

    other = tmp_path / "other.txt"
    other.write_text("[0:01] Ann Lee: A rope that nobody checks is only a promise.\n" * 2)
    reading = pipeline.read_talk(other, pipeline.Cast(("Ann Lee",)), 64)
    kept = pipeline.harvest(reading, Details(title="Ropes"), harvested.library,
                            pipeline.Terms(40), NOW).kept  # fmt: skip
    every = visitor.get("/").text
    assert "What waits in all talks" in every
    assert every.count('<li id="row-') == len(harvested.library.queue())
    assert len(harvested.library.queue()) > len(harvested.library.queue(kept.talk.id)) > 0
    one = visitor.get(f"/inbox?talk={kept.talk.id}").text
    assert one.count('<li id="row-') == len(harvested.library.queue(kept.talk.id))
    assert visitor.get("/inbox?talk=nosuch").status_code == 404
