"""The page of a quote: its edits marked, its cards in every style, its history."""

from io import BytesIO

import pytest
from PIL import Image

from bot.cards import template_names
from bot.model import Attribution, Quote
from tests.web.conftest import NOW
from tests.web.test_inbox import made


@pytest.fixture
def first(harvested) -> Quote:
    return harvested.library.quotes(limit=1)[0]


def test_the_edits_are_marked_in_what_was_said(harvested, visitor):
    boiler = next(one for one in harvested.library.quotes() if "boiler" in one.shown)
    page = visitor.get(f"/quotes/{boiler.id}").text
    assert "<del>And I wrote a note recently about, n</del><ins>N</ins>ever let" in page


def test_its_history_says_who_and_what(harvested, visitor, first):
    library = harvested.library
    library.tag([first.id], "Ed", NOW, add=["kettles"])
    library.decide([first.id], "approve", "Pia", NOW, confirmed=True)
    visitor.submit(f"/quotes/{first.id}/undo", back="quote")
    page = visitor.get(f"/quotes/{first.id}").text
    for told in ("Tags changed</strong> by Ed", "+ kettles", "by Pia", "27 November 2026, 09:00",
                 "taken back"):  # fmt: skip
        assert told in page
    assert library.quote(first.id).status == "candidate"


@pytest.mark.parametrize("template", template_names(None))
def test_every_template_is_drawn(visitor, first, template):
    tile = visitor.get(f"/quotes/{first.id}/tiles/{template}/paper").text
    assert 'alt="Quote card' in tile
    thumb = visitor.get(f"/quotes/{first.id}/cards/{template}/paper/1?width=320")
    assert Image.open(BytesIO(thumb.content)).width == 320
    whole = visitor.get(f"/quotes/{first.id}/cards/{template}/paper/1?download=true")
    assert Image.open(BytesIO(whole.content)).width >= 1080
    assert f"-{template}-paper.png" in whole.headers["content-disposition"]


def test_a_card_that_cannot_be_drawn_says_why(harvested, visitor, first):
    long = "word " * 900
    made(harvested, first, said=long, shown=long)
    tile = visitor.get(f"/quotes/{first.id}/tiles/square/paper")
    assert tile.status_code == 200
    assert 'class="tile refused"' in tile.text
    assert "<img" not in tile.text


def test_what_was_taken_down_is_not_drawn(harvested, visitor, first):
    harvested.library.retract([first.id], "Pia", NOW)
    assert visitor.get(f"/quotes/{first.id}/cards/square/paper/1").status_code == 422
    page = visitor.get(f"/quotes/{first.id}").text
    assert "Taken down for good" in page
    assert "/tiles/" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("cards/square/nosuch/1", 404),
        ("cards/nosuch/paper/1", 404),
        ("cards/square/..%2f..%2fetc/1", 404),
        ("cards/square/paper/9", 404),
        ("cards/square/paper/1?width=5000", 422),
        ("tiles/square/..", 404),
    ],
)
def test_only_styles_there_are_are_drawn(visitor, first, path, status):
    assert visitor.get(f"/quotes/{first.id}/{path}").status_code == status


def test_the_text_is_a_file(visitor, first):
    answer = visitor.get(f"/quotes/{first.id}/text")
    assert answer.text.startswith(f"“{first.shown}”\n— Marit Oyelaran, ")
    assert "attachment" in answer.headers["content-disposition"]


def test_a_person_says_who_says_it(harvested, visitor, first):
    library = harvested.library
    made(harvested, first, speaker="Ada Quill", attribution=Attribution("inferred", 0.7))
    assert "Somebody else says it" in visitor.get(f"/quotes/{first.id}").text
    visitor.submit(f"/quotes/{first.id}/speaker", speaker="Bo Marsh", back="quote")
    after = library.quote(first.id)
    assert (after.speaker, after.attribution.how) == ("Bo Marsh", "given")
    page = visitor.get(f"/quotes/{first.id}").text
    assert "Speaker named</strong>" in page
    assert "said by Bo Marsh, before by Ada Quill" in page
    assert (
        visitor.submit(f"/quotes/{first.id}/speaker", speaker=" ", back="quote").status_code == 422
    )


def test_where_the_transcript_names_who_speaks_nobody_is_asked(harvested, visitor, first):
    made(harvested, first, speaker="Ada Quill", attribution=Attribution("labelled", 1.0))
    assert "Somebody else says it" not in visitor.get(f"/quotes/{first.id}").text
