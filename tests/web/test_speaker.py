"""The speaker's link: one talk, one speaker, their yes and no; nothing for anybody else."""

from datetime import timedelta

import pytest

from bot.errors import InputError, NeedsPerson
from bot.model import Details
from bot.pipeline import Cast, Terms, harvest, understood
from bot.store.publishing import posts
from bot.transcripts import read_bytes
from bot.web.links import make_link, revoke_link
from tests.web.conftest import NOW, browser

TALK = b"""WEBVTT

00:00.000 --> 00:06.000
<v Ada Quill>A lighthouse is a promise made to people you will never meet.

00:06.000 --> 00:12.000
<v Bo Reed>Nobody thanks the buoy, and the buoy has never once complained about it.

00:12.000 --> 00:18.000
<v Ada Quill>Every map leaves out almost everything, and that is the kindest thing about it.

00:18.000 --> 00:24.000
<v Ada Quill>If you cannot draw it on a napkin, you cannot build it in a gale.

00:24.000 --> 00:30.000
<v Bo Reed>Half of navigation is admitting where you are not.
"""
ADA = "Ada Quill by link"


@pytest.fixture
def talk(site):
    reading = understood(read_bytes(TALK, "light.vtt"), Cast())
    return harvest(reading, Details("On light"), site.library, Terms(40), NOW).kept.talk


@pytest.fixture
def token(site, talk):
    with site.store.write() as connection:
        return make_link(connection, talk.id, "Ada Quill", "pia", NOW, timedelta(days=7))


@pytest.fixture
def ada(site, people):
    """A stranger: the page has users, and they are none."""
    return browser(site)


def of(site, name):
    return [one for one in site.library.quotes() if one.speaker == name]


def answer(visitor, token, quote, **fields):
    return visitor.submit(f"/speaker/{token}/quotes/{quote.id}", **fields)


def test_a_speaker_sees_their_own_quotes_and_nothing_else(site, ada, talk, token):
    mine, theirs = of(site, "Ada Quill"), of(site, "Bo Reed")
    site.library.note([mine[0].id], "a secret note", "pia", NOW)
    site.library.tag([mine[0].id], "pia", NOW, add=["secret-tag"])
    page = ada.get(f"/speaker/{token}").text
    assert all(f"quote-{one.id}" in page for one in mine)
    assert not any(one.id in page for one in theirs)
    assert "secret" not in page
    assert "Nobody thanks the buoy" in page  # what was said before and after
    assert ada.get("/talks").status_code == 303
    assert ada.get(f"/talks/{talk.id}").headers["location"].startswith("/signin")


def test_yes_is_theirs_and_says_who_speaks(site, ada, token):
    quote = of(site, "Ada Quill")[0]
    assert answer(ada, token, quote, answer="yes").status_code == 303
    [made] = site.library.history(quote.id)
    assert (made.who, made.action, made.after) == (ADA, "approve", "approved")
    assert "You agreed" in ada.get(f"/speaker/{token}").text
    answer(ada, token, quote, answer="undo")
    assert site.library.quote(quote.id).status == "candidate"


def test_no_is_not_approved_over(site, ada, token):
    quote = of(site, "Ada Quill")[0]
    answer(ada, token, quote, answer="no")
    assert site.library.quote(quote.id).status == "rejected"
    with pytest.raises(NeedsPerson, match="its speaker said no"):
        site.library.decide([quote.id], "approve", "pia", NOW)
    answer(ada, token, quote, answer="yes")
    assert site.library.quote(quote.id).status == "approved"


def test_no_that_is_undone_openly_may_be_approved(site, ada, token):
    quote = of(site, "Ada Quill")[0]
    answer(ada, token, quote, answer="no")
    site.library.undo(quote.id, "pia", NOW)
    site.library.decide([quote.id], "approve", "pia", NOW)
    assert [one.action for one in site.library.history(quote.id)] == ["veto", "approve"]


def test_no_to_what_was_approved_is_for_good_and_asked_twice(site, ada, token):
    quote = of(site, "Ada Quill")[0]
    site.library.decide([quote.id], "approve", "pia", NOW)
    with site.store.write() as connection:
        sent = {"network": "x", "account": "1", "quote": quote.id, "occasion": 1, "state": "sent"}
        connection.execute(posts.insert().values(**sent, at=NOW))
    assert answer(ada, token, quote, answer="no").status_code == 422
    assert site.library.quote(quote.id).status == "approved"
    answer(ada, token, quote, answer="no", sure="true")
    assert site.library.quote(quote.id).status == "retracted"
    assert quote.id not in ada.get(f"/speaker/{token}").text


def test_what_another_decided_is_not_theirs_to_undo(site, ada, token):
    quote = of(site, "Ada Quill")[0]
    site.library.decide([quote.id], "reject", "pia", NOW)
    assert answer(ada, token, quote, answer="undo").status_code == 422
    assert site.library.quote(quote.id).status == "rejected"


@pytest.mark.parametrize("how", ["answer", "card"])
def test_quotes_of_others_are_not_there(site, ada, token, how):
    [quote] = of(site, "Bo Reed")[:1]
    path = f"/speaker/{token}/cards/{quote.id}"
    found = ada.get(path) if how == "card" else answer(ada, token, quote, answer="yes")
    assert found.status_code == 404
    assert site.library.quote(quote.id).status == "candidate"


def test_a_line_of_their_own(site, ada, token):
    words = "If you cannot draw it on a napkin, you cannot build it in a gale."
    made = ada.submit(f"/speaker/{token}/lines", words=words)
    name = made.headers["location"].rpartition("#quote-")[2]
    assert words in site.library.quote(name).said
    assert site.library.quote(name).speaker == "Ada Quill"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Nobody thanks the buoy, and the buoy has never once complained about it.", "not your"),
        ("A lighthouse is a very expensive lamp.", "nearest, at 0:00"),
        ("a", "3 words at least"),
    ],
)
def test_words_of_others_or_of_nobody_are_no_line(site, ada, token, words, says):
    before = len(site.library.quotes())
    refused = ada.submit(f"/speaker/{token}/lines", words=words)
    assert refused.status_code == 422
    assert says in refused.text
    assert len(site.library.quotes()) == before


def test_a_card_is_drawn_and_kept(site, ada, token):
    quote = of(site, "Ada Quill")[0]
    path = f"/speaker/{token}/cards/{quote.id}"
    card = ada.get(path)
    assert card.content.startswith(b"\x89PNG")
    assert card.headers["x-robots-tag"].startswith("noindex")
    assert "attachment" in ada.get(f"{path}?save=true").headers["content-disposition"]
    assert ada.get(f"{path}?at=9").status_code == 404


@pytest.mark.parametrize("end", ["expired", "revoked", "unknown", "mangled"])
def test_every_link_that_opens_nothing_is_the_same_plain_page(site, ada, talk, token, clock, end):
    if end == "expired":
        clock.wait(days=7)
    elif end == "revoked":
        with site.store.write() as connection:
            revoke_link(connection, talk.id, 1, NOW)
    asked = {"unknown": "A" * 43, "mangled": token[:-1]}.get(end, token)
    gone = ada.get(f"/speaker/{asked}")
    assert gone.status_code == 404
    assert "This link opens nothing" in gone.text
    assert gone.headers["x-robots-tag"].startswith("noindex")
    quote = of(site, "Ada Quill")[0]
    assert answer(ada, asked, quote, answer="yes").status_code == 404
    assert ada.get(f"/speaker/{asked}/cards/{quote.id}").status_code == 404
    assert ada.submit(f"/speaker/{asked}/lines", words="a b c").status_code == 404
    assert site.library.quote(quote.id).status == "candidate"


def test_guessing_is_slowed(ada, token, clock):
    codes = [ada.get(f"/speaker/{at:043}").status_code for at in range(32)]
    assert (codes[0], codes[-1]) == (404, 429)
    assert ada.get(f"/speaker/{token}").status_code == 429
    clock.wait(minutes=15)
    assert ada.get(f"/speaker/{token}").status_code == 200


def test_another_page_cannot_answer_for_them(site, ada, token):
    quote = of(site, "Ada Quill")[0]
    path = f"/speaker/{token}/quotes/{quote.id}"
    assert ada.post(path, data={"answer": "yes"}).status_code == 403
    other = {"Origin": "https://evil.example"}
    sent = {"csrf": ada.token(), "answer": "yes"}
    assert ada.post(path, data=sent, headers=other).status_code == 403
    assert site.library.quote(quote.id).status == "candidate"


def test_the_page_is_found_by_nobody_else(ada, token):
    page = ada.get(f"/speaker/{token}")
    assert page.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert page.headers["referrer-policy"] in ("no-referrer", "same-origin")
    assert page.headers["cache-control"] == "no-store"


def test_a_veto_of_a_quote_taken_down_changes_nothing(site, talk):
    quote = site.library.quotes()[0]
    site.library.retract([quote.id], "pia", NOW)
    assert site.library.veto(quote.id, ADA, NOW).quotes == ()
    with pytest.raises(InputError, match="taken down for good"):
        site.library.decide([quote.id], "approve", ADA, NOW)


def test_a_yes_is_no_way_around_those_who_left_it_out(site, ada, token):
    quote = of(site, "Ada Quill")[0]
    site.library.decide([quote.id], "reject", "pia", NOW)
    assert answer(ada, token, quote, answer="yes").status_code == 422
    assert site.library.quote(quote.id).status == "rejected"
