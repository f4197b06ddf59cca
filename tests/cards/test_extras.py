"""What a card carries beside the quote: emphasis, portrait, logo, code; cards of several images.

In every theme or template where one could set it otherwise; on this project's own fonts alone.
"""

from functools import cache
from io import BytesIO
from itertools import combinations, product

import pytest
import zxingcpp
from measures import ink_of
from PIL import Image
from samples import LONG, LOOKS, QUOTES, TALK, THEMES, quote

from bot.cards import TEMPLATES, Extras, Picture, load_look, render, render_talk
from bot.cards.alt import write
from bot.cards.base import Modules
from bot.cards.carousel import talk_pages
from bot.errors import CardError

LINK = "https://example.org/talks/small-libraries?t=1956"
PORTRAIT = Picture("portrait", Image.new("RGBA", (300, 400), (180, 60, 60, 255)))
LOGO = Picture("logo", Image.new("RGBA", (400, 120), (60, 160, 60, 255)))
ROLE, HANDLE = "Keeper of old code", "@maya@example.social"
FULL = Extras(ROLE, PORTRAIT, LOGO, HANDLE, LINK)


@cache
def look(theme, template):
    return load_look(template, theme, alone=True)


def pages(text, theme, template, extras=None, **changes):
    return TEMPLATES[template].pages(
        write(quote(text, **changes), TALK, extras), LOOKS[theme].fonts
    )


def stressed(layouts, marks="“”"):
    """What is drawn in the accent colour besides the marks, letter by letter."""
    lines = [line for one in layouts for line in one.lines if line.ink == "accent"]
    letters = [line.run.text[glyph.cluster] for line in lines for glyph in line.run.glyphs]
    return "".join(letter for letter in letters if letter not in marks and letter != " ")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("text", "extras", "words"), [
    ("We spent *nine months* making it fast, and then *nobody* came.", None, "ninemonthsnobody"),
    ("We spent nine months making it fast.", Extras(emphasis=("it fast",)), "itfast."),
    (LONG[0].replace("nobody missed", "*nobody missed*"), None, "nobodymissed"),
    (LONG[2].replace("If they answer with praise", "*If they answer with praise*"), None,
     "Iftheyanswerwithpraise,"),
    ("A * B is *not* a product of 2*3*4.", None, "not"),
])  # fmt: skip
def test_emphasis_is_in_the_accent_colour_and_nothing_else_is(template, text, extras, words):
    """Every template, the carousel across its images; a theme only changes the colour.

    A mark that follows a stressed word is stressed with it.
    """
    for theme in ("mono", "poster", "daylight"):
        layouts = pages(text, theme, template, extras)
        assert stressed(layouts) == words
        drawn = "".join(line.run.text for one in layouts for line in one.lines)
        assert "*nobody" not in drawn


def test_emphasis_goes_on_over_the_images_of_a_carousel():
    """A stress that begins on one image and ends on the next is in the accent colour on both."""
    start = LONG[1].index("somebody trusted")
    phrase = LONG[1][start : LONG[1].index("which one of them")].strip()
    layouts = pages(f"{LONG[1]} {LONG[1]}", "mono", "carousel", Extras(emphasis=(phrase,)))
    assert len(layouts) > 1
    assert stressed(layouts) == phrase.replace(" ", "")
    assert sum(bool(stressed([one])) for one in layouts) > 1


@pytest.mark.parametrize("theme", THEMES)
def test_emphasis_is_drawn_in_the_accent_s_pixels(theme):
    """Every theme: the stressed word's box has the accent's colour and not the quote's."""
    kind = look(theme, "square")
    card = render(quote("Ship it *slowly* now."), TALK, kind)[0]
    with Image.open(BytesIO(card.data)) as opened:
        image = opened.convert("RGB")
    line = next(
        one for one in pages("Ship it *slowly* now.", theme, "square")[0].lines
        if one.ink == "accent" and len(one.run.glyphs) > 3
    )  # fmt: skip
    colors = {color for _, color in image.crop(tuple(map(round, ink_of(line)))).getcolors(100_000)}
    accent, plain = (kind.theme.inks[ink] for ink in ("accent", "quote"))
    assert min(_far(color, accent) for color in colors) <= 6
    assert min(_far(color, plain) for color in colors) > 30


def _far(one, other):
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def test_emphasis_of_words_that_are_not_there_is_refused():
    with pytest.raises(CardError, match="no words “faster”"):
        write(quote("Ship it."), TALK, Extras(emphasis=("faster",)))


def boxes(layout):
    """Everything on an image by its name, and where it is: left, top, right, bottom."""
    found = {}
    pill = next((one for one in layout.shapes if getattr(one, "outline", 0)), None)
    for line in layout.lines:
        left, top, right, bottom = ink_of(line)
        inside = pill and pill.x <= left and right <= pill.x + pill.width
        if inside and pill.y <= top and bottom <= pill.y + pill.height:
            continue
        key = "quote" if line.ink in ("quote", "accent") else line.run.text
        found[key] = _joined(found.get(key), (left, top, right, bottom))
    for one in layout.pictures:
        found[f"picture {one.x}"] = (
            one.x,
            one.y,
            one.x + one.image.width,
            one.y + one.image.height,
        )
    code = next((one for one in layout.shapes if isinstance(one, Modules)), None)
    if code:
        side = code.side * len(code.rows)
        found["code"] = (code.x, code.y, code.x + side, code.y + side)
    if pill:
        found["pill"] = (pill.x, pill.y, pill.x + pill.width, pill.y + pill.height)
    bars = [one for one in layout.shapes if not isinstance(one, Modules) and one.height < 30]
    bars = [one for one in bars if getattr(one, "width", 0) and one is not pill]
    for one in bars:
        box = (one.x, one.y, one.x + one.width, one.y + one.height)
        found["progress"] = _joined(found.get("progress"), box)
    return found


def _joined(one, other):
    if one is None:
        return other
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


SOME = [FULL, Extras(ROLE, PORTRAIT), Extras(photo=PORTRAIT), Extras(link=LINK), Extras(logo=LOGO),
        Extras(handle=HANDLE, link=LINK), Extras(ROLE, link=LINK)]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_on_a_card_overlaps_anything_else(theme, template):
    """Every look: short, middling and long quotes with all and with some of the extras."""
    texts = ["Ship it.", QUOTES[2], LONG[3]]
    for text, extras in product(texts, SOME):
        for layout in pages(text, theme, template, extras):
            found = boxes(layout)
            met = [pair for pair in combinations(found, 2) if _meet(*(found[one] for one in pair))]
            assert met == [], (text, extras)
            assert ("code" in found) == bool(extras.link)
            parts = [extras.photo, extras.logo]
            assert len(layout.pictures) == sum(part is not None for part in parts)
            texts_drawn = " ".join(found)
            assert extras.role in texts_drawn
            assert extras.handle in texts_drawn


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", ["square", "landscape", "story"])
def test_the_code_on_a_card_leads_to_the_talk(theme, template):
    """QR, every theme on three sizes (the others share the story's or the square's footer)."""
    card = render(quote(QUOTES[1]), TALK, look(theme, template), Extras(link=LINK))[0]
    with Image.open(BytesIO(card.data)) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    assert [one.text for one in found] == [LINK]


@pytest.mark.parametrize("theme", THEMES)
def test_a_longer_quote_takes_more_images_and_no_other_template_takes_it(theme):
    """Long text: at most 11 lines and 34 pixels, else refused; the carousel goes on to four.

    Every theme, with 238 words.
    """
    text = " ".join(LONG)
    for template in TEMPLATES:
        if template == "carousel":
            continue
        with pytest.raises(CardError, match="too long"):
            pages(text, theme, template)
        for one in pages(LONG[3], theme, template):
            lines = [line for line in one.lines if line.ink == "quote"]
            assert len({line.baseline for line in lines}) <= 11
            assert min(line.size for line in lines) >= 34
    images = pages(text, theme, "carousel")
    assert 2 <= len(images) <= 4
    for at, one in enumerate(images, 1):
        lines = [line for line in one.lines if line.ink == "quote"]
        assert len({line.baseline for line in lines}) <= 11
        assert min(line.size for line in lines) >= 34
        assert any(line.run.text.startswith(f"{at}/{len(images)}") for line in one.lines)


def test_what_is_too_long_for_four_images_is_refused():
    with pytest.raises(CardError, match="too long"):
        pages(" ".join(LONG * 2), "mono", "carousel")


def test_images_of_a_quote_say_in_words_which_one_they_are():
    cards = render(quote(" ".join(LONG)), TALK, look("paper", "carousel"))
    count = len(cards)
    for at, card in enumerate(cards, 1):
        assert card.alt.startswith(f"Quote card {at} of {count}: “")
    assert len({card.name for card in cards}) == count


@pytest.mark.parametrize("theme", THEMES)
def test_a_talk_has_a_cover_and_a_card_of_each_quote(theme):
    """A talk's cards, every theme: title on the cover without marks, then quotes in order."""
    quotes = [quote(text, at * 60_000) for at, text in enumerate(QUOTES[:3], 1)]
    cards = render_talk(quotes, TALK, look(theme, "carousel"), [Extras()] * 3)
    words = [write(one, TALK) for one in quotes]
    layouts = talk_pages(TALK.title, words, LOOKS[theme].fonts)
    assert len(cards) == len(layouts) == 4
    cover = [line for line in layouts[0].lines if line.ink in ("quote", "accent")]
    assert " ".join(dict.fromkeys(line.run.text for line in cover)) == TALK.title
    assert not any(line.ink == "accent" for line in cover)
    assert not any(line.run.text == "0:00" for line in layouts[0].lines)
    notes = [line.run.text for one in layouts for line in one.lines if "/4" in line.run.text]
    assert notes == ["1/4 →", "2/4 →", "3/4 →", "4/4"]
    for said, one in zip(words, layouts[1:], strict=True):
        rows = dict.fromkeys(line.run.text for line in one.lines if line.ink == "quote")
        assert " ".join(rows).strip("“”") == said.quote
    assert TALK.title in cards[0].alt
    assert [(card.width, card.height) for card in cards] == [(1080, 1350)] * 4
