"""The layout of the square card, measured in its boxes and lines."""

from dataclasses import replace
from itertools import pairwise, product

import pytest
from samples import LOOKS, QUOTES, SHORT, TALK, UGLY, quote

from bot.cards import TEMPLATES
from bot.cards.alt import write
from bot.cards.base import Triangle
from bot.cards.glyphs import mask
from bot.cards.setting import measured
from bot.cards.shape import shape
from bot.errors import CardError
from bot.model import Talk

MARGIN, SIDE = 100, 1080
FONTS = LOOKS["midnight"].fonts
FUNCTION_WORDS = {"a", "an", "the", "of", "to", "in", "and", "or", "with", "for"}


def layout(text, talk=TALK, **changes):
    return TEMPLATES["square"].pages(write(quote(text, **changes), talk), FONTS)[0]


def lines_of(text):
    return [line for line in layout(text).lines if line.ink == "quote"]


def ink_box(line):
    image, (x, y) = mask([(line.run, line.size, line.x, line.baseline)])
    left, top, right, bottom = image.getbbox()
    return x + left, y + top, x + right, y + bottom


def texts_of(text):
    texts = [line.run.text for line in lines_of(text)]
    texts[0], texts[-1] = texts[0].removeprefix("“"), texts[-1].removesuffix("”")
    return texts


def widths_of(text):
    return [line.run.width for line in lines_of(text)]


@pytest.mark.parametrize("text", QUOTES + UGLY)
def test_every_word_is_on_the_card_once(text):
    assert " ".join(texts_of(text)) == write(quote(text), TALK).quote


@pytest.mark.parametrize("text", QUOTES)
def test_lines_are_even(text):
    *lines, last = widths_of(text)
    assert min(lines) >= 0.6 * max(lines)
    assert last >= 0.35 * max(lines)
    assert " " in texts_of(text)[-1]


@pytest.mark.parametrize("text", [text for text in QUOTES if len(text.split()) > 8])
def test_lines_hold_as_many_letters_as_read_well(text):
    lines = texts_of(text)
    assert 10 <= sum(map(len, lines)) / len(lines) <= 32


def test_hardly_a_line_ends_in_a_function_word():
    lines = [line for text in QUOTES for line in texts_of(text)[:-1]]
    assert sum(line.split()[-1].lower() in FUNCTION_WORDS for line in lines) <= len(lines) / 25


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "I used to think the goal was to be right. Now I think the goal is to be easy to "
            "correct.",
            "to be right.",
        ),
        (
            "Tests don't prove that the code is right. They prove that somebody cared enough to "
            "ask.",
            "that the code is right.",
        ),
    ],
)
def test_a_line_ends_where_a_sentence_does_if_balance_allows(text, line):
    assert line in texts_of(text)


@pytest.mark.parametrize("text", SHORT + QUOTES + UGLY)
def test_all_ink_is_inside_the_margins_and_clear_of_the_footer(text):
    lines = lines_of(text)
    boxes = [ink_box(line) for line in lines]
    footer = min(ink_box(line)[1] for line in layout(text).lines if line.ink == "name")
    assert max(box[2] for box in boxes) <= SIDE - MARGIN + 0.06 * lines[0].size
    assert min(box[1] for box in boxes) >= MARGIN - 0.12 * lines[0].size
    assert footer - max(box[3] for box in boxes) >= 0.35 * lines[0].size


@pytest.mark.parametrize("text", SHORT + QUOTES + UGLY)
def test_first_letters_stand_at_the_margin_and_opening_marks_hang(text):
    for line in lines_of(text):
        letters = len(line.run.text) - len(line.run.text.lstrip("“‘’("))
        first = min(one.cluster for one in line.run.glyphs if one.cluster >= letters)
        single = ink_box(replace(line, run=line.run.part(first.__eq__), baseline=0))
        assert abs(single[0] - MARGIN) <= 0.06 * line.size
    mark = layout(text).lines[0]
    assert mark.ink == "accent"
    assert ink_box(mark)[2] <= MARGIN + 0.1 * mark.size  # kerned over the slope of an A
    assert ink_box(mark)[0] >= 20


@pytest.mark.parametrize("text", [*SHORT, "A good interface is an apology."])
def test_a_short_quote_is_centred_between_the_margin_and_the_footer(text):
    lines = lines_of(text)
    cap_top = lines[0].baseline - FONTS.quote.fonts[0].cap_height * lines[0].size
    name = next(line for line in layout(text).lines if line.ink == "name")
    footer = name.baseline - FONTS.name.fonts[0].cap_height * name.size
    assert abs((cap_top + lines[-1].baseline) / 2 - (MARGIN + footer) / 2) <= 2


@pytest.mark.parametrize("text", QUOTES)
def test_leading_is_even_and_neither_tight_nor_loose(text):
    lines = lines_of(text)
    steps = [b.baseline - a.baseline for a, b in pairwise(lines)]
    assert all(1.12 <= step / lines[0].size <= 1.25 for step in steps)


def test_figures_in_the_time_are_of_one_width():
    clocks = [quote("Ship it.", minutes * 60_000) for minutes in (11, 20, 48)]
    assert len({write(one, TALK).clock for one in clocks}) == 3
    widths = {shape(write(one, TALK).clock, FONTS.name, tabular=True).width for one in clocks}
    assert len(widths) == 1


def test_letters_are_kerned_and_joined():
    def width(text):
        return shape(text, FONTS.quote).width

    assert width("AV") < width("A") + width("V") - 0.02
    assert len(shape("ffi", FONTS.quote).glyphs) < 3


def test_measured_words_are_as_wide_as_the_drawn_lines():
    text = write(quote(QUOTES[2]), TALK).quote
    words = measured(text, FONTS.quote)
    assert words[-1].end == pytest.approx(shape(text, FONTS.quote).width, rel=0.002)


LONG_NAME = "Prof. Dr. Wilhelmina-Charlotte van der Hoogenbosch-Featherstonehaugh"
LONG_TITLE = "Everything we learned from eleven years of keeping one small library alive"
TALKS = [
    TALK,
    Talk(
        id="l", title=LONG_TITLE, event="International Symposium on Unreasonably Durable Software"
    ),
    Talk(id="e", title="", event=None, duration_ms=60_000),
]


@pytest.mark.parametrize(
    ("talk", "speaker", "approximate"),
    list(product(TALKS, ["Bo", LONG_NAME, None], [False, True])),
)
def test_names_titles_and_pill_never_meet(talk, speaker, approximate):
    card = layout(QUOTES[1], talk, speaker=speaker, approximate=approximate)
    pill = next(shape for shape in card.shapes if getattr(shape, "outline", 0))
    clock = next(line for line in card.lines if line.ink == "name" and line.x > pill.x)
    for line in card.lines:
        if line.ink in ("name", "talk") and line is not clock:
            assert ink_box(line)[2] < pill.x - 20
    assert pill.x < ink_box(clock)[0]
    assert ink_box(clock)[2] < pill.x + pill.width == SIDE - MARGIN


def footer_texts(**changes):
    card = layout("Ship it.", **changes)
    return [line.run.text for line in card.lines if line.ink in ("name", "talk")]


def test_a_name_is_never_shortened_but_a_title_is():
    texts = footer_texts(speaker=LONG_NAME, talk=TALKS[1])
    assert LONG_NAME in " ".join(texts).replace("\u00a0", " ")
    assert any(LONG_TITLE.startswith(text[:-1]) and text.endswith("…") for text in texts)
    assert TALKS[1].event in " ".join(texts)
    assert texts[-3:-1] == ["International Symposium", "on Unreasonably Durable Software"]
    assert TALKS[1].event in " ".join(footer_texts(speaker=None, talk=TALKS[1]))


def test_without_a_speaker_the_title_takes_the_name_s_line():
    card = layout("Ship it.", speaker=None)
    assert next(line.run.text for line in card.lines if line.ink == "name") == TALK.title


@pytest.mark.parametrize(
    ("start_ms", "approximate", "drawn"),
    [
        (7_000, False, "0:07"),
        (1_956_000, False, "32:36"),
        (3_723_999, False, "1:02:03"),
        (1_956_000, True, "about 32 min"),
        (20_000, True, "about 1 min"),
        (3_723_000, True, "about 1 h 02 min"),
    ],
)
def test_the_time_is_in_the_pill_and_in_the_alt_text(start_ms, approximate, drawn):
    assert drawn in footer_texts(start_ms=start_ms, approximate=approximate)
    words = write(quote("Ship it.", start_ms, approximate=approximate), TALK)
    assert words.alt == (
        f"Quote card: “Ship it.” – Maya Lindqvist, Small libraries, long lives, at {drawn}"
    )


def test_without_a_time_there_is_no_pill_and_no_progress():
    card = layout("Ship it.", start_ms=0, end_ms=0)
    assert card.shapes == ()
    assert write(quote("Ship it.", 0, end_ms=0), TALK).alt.endswith("long lives")


def test_without_a_duration_there_is_a_pill_but_no_progress():
    card = layout("Ship it.", Talk(id="t", title="Talk"))
    assert [type(shape) for shape in card.shapes].count(Triangle) == 1
    assert len(card.shapes) == 2


@pytest.mark.parametrize(
    ("start_ms", "dot"), [(0, 100), (1_500_000, 529), (3_000_000, 958), (9_000_000, 958)]
)
def test_the_dot_stands_at_the_quote_s_place_in_the_talk(start_ms, dot):
    shapes = layout("Ship it.", start_ms=start_ms).shapes
    dots = [shape for shape in shapes if getattr(shape, "width", 0) == shape.height]
    assert [shape.x for shape in dots] == [dot]


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Łódź, Škoda, fjörð", FONTS.quote.fonts[0]),
        ("Тихий код", FONTS.quote.fonts[1]),
        ("Ο κώδικας", FONTS.quote.fonts[1]),
    ],
)
def test_a_quote_is_drawn_in_one_font_that_has_all_its_letters(text, font):
    lines = layout(text).lines
    assert {line.run.font for line in lines if line.ink == "quote"} == {font}
    assert all(glyph.id for line in lines for glyph in line.run.glyphs)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "漢字"}, "U+6F22"),
        ({"text": "Ship it 🚀"}, "U+1F680"),
        ({"text": "Ship it.", "speaker": "王"}, "U+738B"),
        ({"text": "Ship it.", "speaker": "علي"}, "U+0639"),
        ({"text": "Ship it.", "speaker": "🚀"}, "U+1F680"),
        ({"text": "Ship\x07 it."}, "U+0007"),
    ],
)
def test_a_letter_no_font_has_is_named_and_never_a_box(changes, code):
    with pytest.raises(CardError, match=code.replace("+", r"\+")):
        layout(**changes)


@pytest.mark.parametrize("text", ["", "   ", "...", "—", "😀", "\u0301"])
def test_a_quote_without_words_is_refused(text):
    with pytest.raises(CardError, match="no words"):
        layout(text)
