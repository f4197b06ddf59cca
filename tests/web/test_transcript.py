"""The whole talk as text: who, when, what is marked; words of it become quotes."""

import re
import time

import pytest

from bot.model import Details
from bot.pipeline import Cast, Terms, harvest, understood
from bot.transcripts import read_bytes
from bot.web.spoken import paragraphs, spoken
from tests.web.conftest import NOW

TALK = b"""WEBVTT

00:00.000 --> 00:06.000
<v Ada Quill>And so a lighthouse is a promise made to people you will never meet.

00:06.000 --> 00:08.000
[APPLAUSE]

00:08.000 --> 00:14.000
<v Bo Reed>Nobody thanks the buoy, and the buoy has never once complained about it.

00:14.000 --> 00:20.000
<v Ada Quill>Every map leaves out almost everything, and that is the kindest thing about it.

00:20.000 --> 00:26.000
<v Ada Quill>A chart without a date is a rumour, and <b>nobody</b> sails by a rumour.
"""


def kept(site, raw=TALK, url="https://youtu.be/abc", **more):
    reading = understood(read_bytes(raw, "light.vtt"), Cast())
    details = Details("On light", url=url, **more)
    return harvest(reading, details, site.library, Terms(40), NOW).kept.talk


def page(visitor, talk):
    return visitor.get(f"/talks/{talk.id}/transcript").text


def by_words(site, words):
    return next(one for one in site.library.quotes() if words in one.said)


def test_turns_have_their_speaker_their_time_and_a_link(site, visitor):
    text = page(visitor, kept(site))
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["Ada Quill", "Bo Reed", "Ada Quill"]
    assert 'href="https://youtu.be/abc?t=8"' in text
    assert '<p class="event">applause</p>' in text
    assert text.index("applause</p>") < text.index("Nobody thanks")


def test_a_copy_with_other_adverts_has_no_exact_places(site, visitor):
    text = page(visitor, kept(site, timeline="shifted"))
    assert "t=8" not in text
    assert "~0:08" in text


@pytest.mark.parametrize("action", ["approve", "reject", None])
def test_passages_are_marked_by_what_was_decided(site, visitor, action):
    talk = kept(site)
    quote = by_words(site, "lighthouse")
    if action:
        site.library.decide([quote.id], action, "ada", NOW)
    status = {"approve": "approved", "reject": "rejected", None: "candidate"}[action]
    words = {"approve": "✓ approved", "reject": "✕ rejected", None: "● picked"}[action]
    text = page(visitor, talk)
    [marked] = re.findall(rf'<mark class="{status}" id="in-{quote.id}-\d+">(.*?)</mark>', text)
    assert "lighthouse is a promise" in marked
    assert re.search(rf'class="chip {status}" href="/quotes/{quote.id}">{words}<', text)


def test_a_quote_taken_down_is_not_marked(site, visitor):
    talk = kept(site)
    quote = by_words(site, "lighthouse")
    site.library.retract([quote.id], "ada", NOW)
    assert quote.id not in page(visitor, talk)


def test_marks_find_their_place_in_a_mended_transcript(site):
    talk = kept(site)
    quote = by_words(site, "lighthouse")
    site.library.decide([quote.id], "approve", "ada", NOW)
    mended = TALK.replace(b"lighthouse is", b"lighthouse, he said, is").replace(b"00:0", b"00:0")
    kept(site, mended)
    said = spoken(site, site.library.talk(talk.id))
    [marked] = [
        passage
        for one in paragraphs(talk, said, [site.library.quote(quote.id)])
        for passage in one.passages
        if passage.quote
    ]
    assert "he said" in marked.sentences[0].text


def test_words_of_the_talk_become_a_quote(site, visitor):
    talk = kept(site)
    words = "A chart without a date is a rumour, and nobody sails by a rumour."
    answer = visitor.submit(f"/talks/{talk.id}/lines", words=words, whole="", at_ms="20000")
    where = answer.headers["location"]
    assert where.startswith(f"/talks/{talk.id}/transcript#p-")


def test_words_that_cannot_stand_alone_bring_their_sentence(site, visitor):
    talk = kept(site, TALK.replace(b"A chart", b"I never said that a chart"))
    whole = "I never said that a chart without a date is a rumour, and nobody sails by a rumour."
    sent = {"words": "a chart without a date", "whole": whole, "at_ms": "20000"}
    piece = visitor.post(
        f"/talks/{talk.id}/lines",
        data={"csrf": visitor.token(), **sent},
        headers={"HX-Request": "true"},
    )
    assert "It is a quote now" in piece.text
    assert "hx-swap-oob" in piece.text
    assert by_words(site, "I never said that").shown.casefold() == whole.casefold()


def test_what_the_talk_does_not_say_is_refused_with_the_nearest(site, visitor):
    talk = kept(site)
    before = site.library.quotes()
    words = "Everybody thanks the buoy, and the buoy has never complained about it."
    refused = visitor.submit(f"/talks/{talk.id}/lines", words=words)
    assert refused.status_code == 422
    assert "nearest, at 0:08" in refused.text
    assert site.library.quotes() == before


def test_a_script_in_a_transcript_is_text(site, visitor):
    raw = TALK.replace(b"<b>nobody</b>", b"&lt;script&gt;alert(1)&lt;/script&gt; nobody")
    assert "<script>alert" not in page(visitor, kept(site, raw))


def test_ten_hours_are_shown_in_a_moment(site, visitor):
    lines = [
        f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000 --> "
        f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60 + 4:02}.000\n"
        f"Number {at} of these sentences is about the harbour and its {at} boats.\n"
        for at in range(0, 36_000, 5)
    ]
    raw = ("WEBVTT\n\n" + "\n".join(lines)).encode()
    talk = site.library.keep(Details("Long"), read_bytes(raw, "long.vtt"), [], NOW).talk
    page(visitor, talk)  # which reads it into sentences
    started = time.perf_counter()
    text = page(visitor, talk)
    assert text.count('class="said"') == 7200
    assert time.perf_counter() - started < 3
