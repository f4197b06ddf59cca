"""Testable properties in drawn pixels: cards as files, against the same ground without words.

Every shipped template in every theme, with a quote that changes from one to the next: what is
drawn in the same way for all needs no more. Files are made for this machine's shipped fonts alone.
"""

from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise, product
from pathlib import Path

import pytest
import uharfbuzz
from measures import drawn_box, every, laid
from PIL import Image, ImageChops, ImageStat
from samples import EVERY, LONG, LOOKS, TALK, THEMES, quote

from bot import assets
from bot.cards import TEMPLATES, Extras, Picture, load_look, render
from bot.cards.alt import write
from bot.cards.contrast import colors_of, worst
from bot.cards.glyphs import mask
from bot.cards.shape import shape
from bot.cards.typeface import Typeface
from bot.errors import CardError

COMBINED = list(product(THEMES, TEMPLATES))
TEXTS = {one: EVERY[at * 7 % len(EVERY)] for at, one in enumerate(COMBINED)}
FLAT = [theme for theme in THEMES if LOOKS[theme].ground is None]
SAFE = {"story": (15, 250, 15, 340), "reel": (65, 269, 65, 672)}  # left, top, right, bottom
FONTS = sorted({font.name for look in LOOKS.values() for font in look.fonts.quote.fonts})
in_every_look = pytest.mark.parametrize(("theme", "template"), COMBINED)
PORTRAIT = Picture("portrait", Image.new("RGBA", (300, 300), (180, 60, 60, 255)))
LOGO = Picture("logo", Image.new("RGBA", (400, 120), (60, 160, 60, 255)))
ALL = Extras("Keeper of old code", PORTRAIT, LOGO, "@maya@example.social", "https://example.org/t")


@cache
def look(theme, template):
    return load_look(template, theme, alone=True)


@cache
def cards(theme, template, extras=None):
    return render(quote(TEXTS[theme, template]), TALK, look(theme, template), extras)


def opened(card):
    with Image.open(BytesIO(card.data)) as image:
        return image.convert("RGB")


def ground(theme, template):
    """What the card is drawn on."""
    size = TEMPLATES[template].width, TEMPLATES[template].height
    chosen = look(theme, template)
    return chosen.ground or Image.new("RGB", size, chosen.theme.background.start)


def ink(theme, template, card):
    """Where the card differs from its ground, by more than a JPEG does: white on black."""
    least = 8 if card.name.endswith(".png") else 40
    bands = ImageChops.difference(opened(card), ground(theme, template)).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return most.point(lambda level: 255 * (level > least))


@in_every_look
@pytest.mark.parametrize("extras", [None, ALL], ids=["plain", "full"])
def test_safe_areas_hold_no_ink(theme, template, extras):
    """Safe areas: story and reel have what apps cover, with everything on the card too.

    Of the other templates 16 pixels at each edge stay free, where only hanging marks come near.
    """
    left, top, right, bottom = SAFE.get(template, (15, 60, 15, 60))
    width, height = TEMPLATES[template].width, TEMPLATES[template].height
    for card in cards(theme, template, extras):
        box = ink(theme, template, card).getbbox()
        assert box[0] >= left
        assert box[1] >= top
        assert box[2] <= width - right
        assert box[3] <= height - bottom


@in_every_look
def test_contrast_holds_against_the_worst_pixel_under_the_words(theme, template):
    """Contrast, every look: drawn ink (its full pixels) against the ground under each line.

    7:1 for the quote, 4.5:1 for the source, 3:1 for the marks around the quote and stressed words.
    """
    words = write(quote(TEXTS[theme, template]), TALK)
    layouts = TEMPLATES[template].pages(words, look(theme, template).fonts)
    least = {"quote": 7.0, "accent": 3.0, "name": 4.5, "talk": 4.5}
    for layout, card in zip(layouts, cards(theme, template), strict=True):
        image, under = opened(card), ground(theme, template)
        for line in layout.lines:
            coverage, (x, y) = mask([(line.run, line.size, line.x, line.baseline)])
            box = (x, y, x + coverage.width, y + coverage.height)
            full = coverage.point(lambda level: 255 * (level == 255))
            mean = ImageStat.Stat(image.crop(box), full).mean
            drawn = tuple(round(band) for band in mean)
            assert worst(drawn, colors_of(under.crop(box))) >= least[line.ink] - 0.1, line


@pytest.mark.parametrize(("theme", "template"), list(product(FLAT, TEMPLATES)))
def test_pill_and_dot_have_soft_edges(theme, template):
    """Anti-aliasing, the six flat themes, where every shade is of an edge; shapes are the same."""
    fonts = look(theme, template).fonts
    layout = TEMPLATES[template].pages(write(quote(TEXTS[theme, template]), TALK), fonts)[0]
    image = opened(cards(theme, template)[0]).convert("L")
    pill = next(one for one in layout.shapes if getattr(one, "outline", 0))
    dot = next(one for one in layout.shapes if getattr(one, "width", 0) == one.height)
    for one in (replace(pill, width=pill.height / 2), dot):  # the round end without the time
        box = (one.x - 2, one.y - 2, one.x + one.width + 2, one.y + one.height + 2)
        assert len(image.crop(tuple(map(round, box))).getcolors()) > 8


@cache
def _font(name):
    face = uharfbuzz.Face(uharfbuzz.Blob((assets.SHIPPED / "fonts" / name).read_bytes()))
    return uharfbuzz.Font(face), face.upem


@cache
def harfbuzz(name, text):
    """Advance width and width of the ink in em, straight from HarfBuzz."""
    font, upem = _font(name)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    advances = [one.x_advance for one in buffer.glyph_positions]
    first, last = (font.get_glyph_extents(buffer.glyph_infos[at].codepoint) for at in (0, -1))
    end = sum(advances[:-1]) + last.x_bearing + last.width
    return sum(advances) / upem, (end - first.x_bearing) / upem


@in_every_look
def test_layout_truth_ink_is_as_wide_as_harfbuzz_says(theme, template):
    """Layout truth, every look: pixels of each row against the advance width less the bearings.

    0.2 % of the advance and a pixel and a half, as an edge covers part of a pixel at either end.
    """
    for one in laid(theme, template, TEXTS[theme, template]):
        for row in one.rows:
            advance, width = harfbuzz(row.line.run.font.name, row.text)
            left, _, right, _ = drawn_box(row.line)
            assert abs(right - left - width * row.size) <= 0.002 * advance * row.size + 1.5


@pytest.mark.parametrize("theme", THEMES)
def test_layout_truth_words_are_measured_as_they_are_drawn(theme):
    """Layout truth, every quote and template: the width a row was fitted with, and HarfBuzz's."""
    for one in every(theme):
        closes = "" if one.mark or not (one.last and one.fonts.marks == "hanging") else "”"
        rows = [*one.texts[:-1], one.texts[-1] + closes]
        for row, text, width in zip(one.rows, rows, one.widths, strict=True):
            advance = harfbuzz(row.line.run.font.name, text)[0]
            assert width == pytest.approx(advance, rel=0.002), text


def face(name):
    fonts = (font for look in LOOKS.values() for font in look.fonts.quote.fonts)
    return Typeface((next(font for font in fonts if font.name == name),), alone=True)


@pytest.mark.parametrize("name", FONTS)
def test_spacing_is_even_between_equal_letters(name):
    """Spacing, every font of every theme: centres of "llll" in pixels, at a small size."""
    run, size, centres = shape("llll", face(name)), 30.3, []
    for index in range(4):
        image, (x, _) = mask([(run.part(index.__eq__), size, 10.0, 40.0)])
        columns = image.resize((image.width, 1), Image.Resampling.BOX).tobytes()
        centres.append(x + sum(i * c for i, c in enumerate(columns)) / sum(columns))
    steps = [b - a for a, b in pairwise(centres)]
    assert max(steps) - min(steps) <= 0.25


@pytest.mark.parametrize("name", FONTS)
def test_kerning_ligatures_and_figures_are_used_where_a_font_has_them(name):
    """Every font of every theme, its drawn width.

    JetBrains Mono has no kerning and no ligatures, as every letter is as wide; Inter and Bricolage
    Grotesque draw f, f and i apart, Inter kerned.
    """
    typeface = face(name)

    def width(text):
        return shape(text, typeface).width

    def figures(text):
        return shape(text, typeface, tabular=True).width

    assert figures("1111") == pytest.approx(figures("0000"), abs=1e-9)
    if name.startswith("JetBrains"):
        assert width("AV") == pytest.approx(width("A") + width("V"))
        return
    assert width("AV") < width("A") + width("V") - 0.02
    joined = name.startswith(("Newsreader", "Literata", "Fraunces"))
    assert len(shape("ffi", typeface).glyphs) == (1 if joined else 3)
    assert width("ffi") <= width("f") * 2 + width("i") + 0.002


@in_every_look
def test_output_is_small_the_same_every_time_and_says_what_it_is(theme, template):
    """Output, every look: PNG or JPEG, sRGB, the same bytes twice; alt text returned and inside.

    PNG: ``Description`` and XMP in iTXt. JPEG: XMP. Both: AltTextAccessibility.
    """
    again = render(quote(TEXTS[theme, template]), TALK, look(theme, template))
    for card, same in zip(cards(theme, template), again, strict=True):
        assert card == same
        assert write(quote(TEXTS[theme, template]), TALK).alt.split(":", 1)[1] in card.alt
        assert len(card.data) < 950_000
        with Image.open(BytesIO(card.data)) as image:
            image.load()
            xmp = image.info["xmp"] if image.format == "JPEG" else image.info["XML:com.adobe.xmp"]
            if image.format == "PNG":
                assert image.info["Description"] == card.alt
                assert image.info["srgb"] == 0
            else:
                assert image.getexif().get_ifd(0x8769)[0xA001] == 1
        xmp = xmp.decode() if isinstance(xmp, bytes) else xmp
        shown = card.alt.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang" in xmp
        assert f">{shown}</rdf:li>" in xmp


@pytest.mark.parametrize(("theme", "template"), [("midnight", "story"), ("stage", "portrait")])
def test_output_keeps_to_the_limit_it_is_given_or_says_that_it_cannot(theme, template):
    """Output, a flat and a pictured theme: JPEGs of falling quality, then a clear error."""
    kind = load_look(template, theme, alone=True)
    whole = len(render(quote(LONG[0]), TALK, kind)[0].data)
    for share in (0.95, 0.8):
        limit = int(whole * share) if theme == "stage" else 2_000_000
        bound = load_look(template, theme, alone=True, max_bytes=limit)
        assert len(render(quote(LONG[0]), TALK, bound)[0].data) <= limit
    with pytest.raises(CardError, match="kB"):
        render(quote(LONG[0]), TALK, load_look(template, theme, alone=True, max_bytes=9_000))


@pytest.mark.parametrize(("theme", "template"), [("paper", "square"), ("mono", "carousel")])
def test_a_card_is_read_back_from_a_file(theme, template, tmp_path: Path):
    """Output as files: a reader of PNG that is not ours to trust sees the same size."""
    for at, card in enumerate(cards(theme, template)):
        path = tmp_path / f"{at}.png"
        path.write_bytes(card.data)
        with Image.open(path) as image:
            image.verify()
