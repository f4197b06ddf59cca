"""What a card shows of its source, and what its alt text says of it."""

import pytest
from samples import LOOKS, quote

from bot.cards import TEMPLATES, render
from bot.cards.alt import write
from bot.cards.source import readable, without_speaker
from bot.errors import CardError
from bot.model import Talk

ROCKET, HEART_ON_FIRE, PRIVATE = "🚀", "❤️\u200d🔥", "\ue000"


def footer_texts(title, event=None, speaker="Ann Lee"):
    talk = Talk(id="t", title=title, event=event)
    words = write(quote("Ship it.", speaker=speaker), talk)
    lines = TEMPLATES["square"].pages(words, LOOKS["paper"].fonts)[0].lines
    assert all(glyph.id for line in lines for glyph in line.run.glyphs)
    texts = [line.run.text for line in lines if line.ink in ("name", "talk")][:-1]
    return [text.replace("\u00a0", " ") for text in texts]


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        (f"Fun {ROCKET}", ["Fun"]),
        (f"{ROCKET} Fun {ROCKET} and games", ["Fun and games"]),
        (f"{ROCKET} – Fun", ["Fun"]),
        (f"Fun ({ROCKET}) – {HEART_ON_FIRE}", ["Fun"]),
        (f"Love{HEART_ON_FIRE} it", ["Love it"]),
        ("Wave 👋🏽 back 👩\u200d💻 to 🇩🇪 all", ["Wave back to all"]),
        ("Step 1\ufe0f\u20e3 of 2", ["Step 1 of 2"]),
        ("Ship\ufe0f it", ["Ship it"]),
        (f"Bell \x07 and {PRIVATE} and \U0001fae8", ["Bell and and"]),
        (f"C++ {ROCKET}", ["C++"]),
        ("Code 漢字 and כתב", ["Code and"]),
        (f"{ROCKET} {HEART_ON_FIRE}", []),
        (f"{ROCKET} !", []),
        ("漢字", []),
        ("© 2024 → €5!", ["© 2024 → €5!"]),
        ("Łódź & Тихий", ["Łódź & Тихий"]),
    ],
)
def test_a_title_gives_up_what_no_font_draws(title, drawn):
    assert footer_texts(title) == ["Ann Lee", *drawn]
    assert footer_texts(title, speaker=None) == drawn


@pytest.mark.parametrize(
    ("title", "event", "drawn"),
    [("Talk", f"Days {ROCKET} 24", "Talk · Days 24"), (ROCKET, "Days", "Days"), ("T", ROCKET, "T")],
)
def test_an_event_gives_up_what_no_font_draws(title, event, drawn):
    assert footer_texts(title, event) == ["Ann Lee", drawn]


@pytest.mark.parametrize(
    ("speaker", "drawn"),
    [(f"Ann Lee {ROCKET}", "Ann Lee"), ("Ann\x07 Lee\u200b", "Ann Lee"), ("Zoë Ł.", "Zoë Ł.")],
)
def test_a_name_gives_up_symbols_but_no_letter(speaker, drawn):
    assert footer_texts("Talk", speaker=speaker) == [drawn, "Talk"]


@pytest.mark.parametrize("speaker", ["علي", "Ann 王", "王、Ann", ROCKET])
def test_a_name_with_a_letter_no_font_has_is_refused(speaker):
    with pytest.raises(CardError, match=r"U\+"):
        footer_texts("Talk", speaker=speaker)


def test_the_quote_s_own_words_never_change():
    with pytest.raises(CardError, match=r"U\+1F680"):
        render(quote(f"Ship it {ROCKET}"), Talk(id="t", title="Talk"), LOOKS["paper"])


def test_the_alt_text_has_the_title_in_full():
    talk = Talk(id="t", title=f"Small steps {ROCKET} with Ann Lee")
    assert f"Small steps {ROCKET} with Ann Lee" in write(quote("Hi.", speaker="Ann Lee"), talk).alt
    assert footer_texts(talk.title) == ["Ann Lee", "Small steps"]


@pytest.mark.parametrize(
    "tail",
    [
        " with Ann Lee",
        " with ann lee",
        " with Ann Lee and Bob Ray",
        " with Bob Ray, Cy Do, and Ann Lee",
        " with Dr. Ann Lee",
        " with Ann Lee of Acme",
        " by Ann Lee, Acme",
        " (with Ann Lee)",
        " featuring Ann Lee",
        " feat. Ann Lee & Bob Ray",
        " ft. Ann Lee",
        ", in conversation with Ann Lee",
        " – Ann Lee",
        " - Ann Lee",
        " — Ann Lee with Bob Ray",
        " | Ann Lee",
        " · Ann Lee (Acme)",
    ],
)
def test_a_tail_that_names_the_speaker_is_dropped(tail):
    assert footer_texts(f"Small steps{tail}") == ["Ann Lee", "Small steps"]


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Working on teams with teams with Ann Lee", "Working on teams with teams"),
        ("Modern C++ with Ann Lee", "Modern C++"),
        ("Making do with Bob Ray", "Making do with Bob Ray"),
        ("Making do with Ann", "Making do with Ann"),
        ("Making do with Joann Lee", "Making do with Joann Lee"),
        ("Making do with Ann Leeds", "Making do with Ann Leeds"),
        ("Making do with Ann Lee’s method", "Making do with Ann Lee’s method"),
        ("Making do with Ann Lee every day", "Making do with Ann Lee every day"),
        ("Ann Lee on small steps", "Ann Lee on small steps"),
        ("Keynote with Ann Lee", "Keynote with Ann Lee"),
        ("Keynote | Ann Lee", "Keynote | Ann Lee"),
        ("with Ann Lee", "with Ann Lee"),
        ("Ann Lee", "Ann Lee"),
    ],
)
def test_no_more_is_dropped_than_that_and_two_words_stay(title, left):
    assert without_speaker(title, "Ann Lee") == left


def test_the_talk_of_the_benchmark_and_no_speaker():
    title = "Making AI accessible with Andrej Karpathy and Stephanie Zhan"
    assert without_speaker(title, "Andrej Karpathy") == "Making AI accessible"
    assert without_speaker(title, "") == title


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("small_libraries_2_large", "Small libraries 2 large"),
        ("_Rope-2019__final_", "_Rope-2019__final_"),
        ("Rope-2019__final", "Rope 2019 final"),
        ("keeping-a-light-on", "Keeping a light on"),
        ("Keeping a_light on", "Keeping a_light on"),
        ("re-rigging", "re-rigging"),
        ("2019-05-01", "2019-05-01"),
        ("@ann_lee", "@ann_lee"),
        ("The Ropes", "The Ropes"),
        ("綱_と_港", "綱 と 港"),
        ("", ""),
    ],
)
def test_the_name_of_a_file_is_written_as_a_title(title, shown):
    assert readable(title) == shown


def test_a_card_has_no_name_of_a_file_in_the_names_place():
    assert footer_texts("small_libraries_2", speaker=None) == ["Small libraries 2"]
