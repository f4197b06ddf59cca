"""On the page, too, the second name of the same words is asked about before it is approved."""

import pytest

from bot.model import Details
from bot.transcripts import read_bytes
from tests.library.spoken import candidates
from tests.web.conftest import NOW

SAID = b"""WEBVTT

00:00.000 --> 00:06.000
<v %b>A harbour is only a promise that somebody will leave a light on for you.

00:06.000 --> 00:12.000
%b
"""
MORE = (
    b"Every rope in this room was once a field that somebody had to walk across.",
    b"The library lends you a ladder, and then it lends you the courage to climb it.",
)
ASKED = "Is this Bo Reed? {} says the same, there by Ada Quill"


@pytest.fixture
def both(site):
    """The ids of a sentence by Ada Quill, which is approved, and by Bo Reed."""
    found = []
    for name, more in zip(("Ada Quill", "Bo Reed"), MORE, strict=True):
        text = read_bytes(SAID % (name.encode(), more), f"{name}.vtt")
        first = candidates(text, speaker=name, how="labelled")[:1]
        found.append(site.library.keep(Details(title=name), text, first, NOW).quotes[0].id)
    site.library.decide(found[:1], "approve", "Pia", NOW)
    return found


@pytest.mark.parametrize("where", ["/?quote={}", "/quotes/{}"])
def test_one_at_a_time(site, visitor, both, where):
    first, second = both
    assert ASKED.format(first) in visitor.get(where.format(second)).text
    visitor.submit(f"/quotes/{second}/decision", action="approve")
    assert site.library.quote(second).status == "candidate"
    visitor.submit(f"/quotes/{second}/decision", action="approve", confirmed="true")
    assert site.library.quote(second).status == "approved"


def test_of_many_at_once(site, visitor, both):
    first, second = both
    fields = {"csrf": visitor.token(), "act": "approve", "ids": both}
    answer = visitor.post("/library/many", data=fields)
    assert answer.status_code == 409
    assert "Bo Reed</strong>?" in answer.text and f"{first} says the same" in answer.text
    assert "the speaker of 1 is in doubt" in answer.text
    assert visitor.post("/library/many", data={**fields, "confirmed": "true"}).status_code == 303
    assert site.library.quote(second).status == "approved"
