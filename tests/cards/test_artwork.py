"""A person's own artwork: boxes where they are said to be, and nothing where there is none."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from samples import QUOTES, TALK, UGLY, quote

from bot.cards import Extras, load_look, open_picture, render
from bot.cards.glyphs import mask

BOXES = """image: wall.png
scrim: 0.1
boxes:
  quote: {x: 120, y: 80, width: 960, height: 420}
  speaker: {x: 120, y: 540, width: 500, height: 60, color: '#ffe9b0'}
  talk: {x: 120, y: 610, width: 500, height: 40}
  time: {x: 900, y: 560, width: 180, height: 60, align: end}
  photo: {x: 650, y: 520, width: 120, height: 120}
  logo: {x: 20, y: 20, width: 80, height: 40}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project's assets with one template, a dark wall."""
    (tmp_path / "templates").mkdir()
    wall = Image.linear_gradient("L").resize((1200, 675)).point(lambda level: level // 8)
    Image.merge("RGB", (wall, wall, wall)).save(tmp_path / "templates" / "wall.png")
    (tmp_path / "templates" / "wall.yaml").write_text(BOXES, "utf-8")
    return tmp_path


def look_of(folder: Path, text: str = BOXES):
    (folder / "templates" / "wall.yaml").write_text(text, "utf-8")
    return load_look("wall", "midnight", user_folder=folder, alone=True)


def ink_of(line):
    coverage, (x, y) = mask([(line.run, line.size, line.x, line.baseline)])
    left, top, right, bottom = coverage.getbbox()
    return x + left, y + top, x + right, y + bottom


def words(text):
    from bot.cards.alt import write

    return write(quote(text), TALK)


@pytest.mark.parametrize("text", ["Ship it.", *QUOTES[:6], UGLY[-1]])
def test_every_text_stays_in_its_box(folder, text):
    look = look_of(folder)
    layout = look.template.pages(words(text), look.fonts)[0]
    boxes = {"quote": "quote", "name": "speaker", "talk": "talk"}
    areas = {area.name: area for area in layout.areas}
    for line in layout.lines:
        if line.ink not in boxes:
            continue
        area = areas[boxes[line.ink]]
        left, top, right, bottom = ink_of(line)
        slack = 0.07 * line.size + 2  # round letters reach over
        assert left >= area.x - slack
        assert right <= area.x + area.width + slack
        assert top >= area.y - slack - 0.3 * line.size  # accents above capitals
        assert bottom <= area.y + area.height + slack


def test_the_card_has_the_picture_s_size_and_its_colours(folder):
    look = look_of(folder)
    card = render(quote("Ship it."), TALK, look)[0]
    image = Image.open(BytesIO(card.data))
    assert image.size == (card.width, card.height) == (1200, 675)
    assert look.theme.inks["name"] == (0xFF, 0xE9, 0xB0)


def test_what_has_no_box_is_not_drawn(folder):
    only = "image: wall.png\nboxes:\n  quote: {x: 10, y: 10, width: 1000, height: 500}\n"
    look = look_of(folder, only)
    layout = look.template.pages(words("Ship it."), look.fonts)[0]
    assert {line.ink for line in layout.lines} == {"quote", "accent"}
    assert not layout.shapes


@pytest.mark.parametrize(("align", "side"), [("start", 0), ("center", 1), ("end", 2)])
def test_text_stands_where_align_says(folder, align, side):
    text = BOXES.replace("width: 960, height: 420}", f"width: 960, height: 420, align: {align}}}")
    look = look_of(folder, text)
    lines = look.template.pages(words("Ship it."), look.fonts)[0].lines
    line = next(line for line in lines if line.ink == "quote")
    right = max(
        ink_of(one)[2] for one in lines if one.ink in ("quote", "accent") and one.size == line.size
    )
    left = ink_of(line)[0]
    expected = [(left, 120), ((left + right) / 2, 600), (right, 1080)][side]
    assert expected[0] == pytest.approx(expected[1], abs=0.25 * line.size)


@pytest.mark.parametrize(("valign", "share"), [("top", 0), ("bottom", 1)])
def test_text_stands_as_high_as_valign_says(folder, valign, share):
    text = BOXES.replace("height: 420}", f"height: 420, valign: {valign}}}")
    look = look_of(folder, text)
    lines = look.template.pages(words("Ship it."), look.fonts)[0].lines
    _, top, _, bottom = ink_of(next(line for line in lines if line.ink == "quote"))
    assert (top < 130) == (share == 0)
    assert (bottom > 330) == (share == 1)


def test_photo_and_logo_take_their_boxes(folder):
    Image.new("RGB", (300, 400), "#336699").save(folder / "p.png")
    picture = open_picture(folder / "p.png", "photo")
    look = look_of(folder)
    extras = Extras(photo=picture, logo=picture)
    card = render(quote("Ship it."), TALK, look, extras)[0]
    image = Image.open(BytesIO(card.data)).convert("RGB")
    for at in ((710, 580), (35, 40)):
        assert all(
            abs(a - b) < 12 for a, b in zip(image.getpixel(at), (0x33, 0x66, 0x99), strict=True)
        )
    assert max(image.getpixel((652, 522))) < 60  # the portrait is round


def test_changed_artwork_changes_the_card_s_name(folder):
    before = render(quote("Ship it."), TALK, look_of(folder))[0].name
    moved = BOXES.replace("x: 120, y: 80", "x: 122, y: 80")
    assert render(quote("Ship it."), TALK, look_of(folder, moved))[0].name != before


def test_a_card_may_show_its_boxes(folder):
    plain = render(quote("Ship it."), TALK, look_of(folder))[0]
    shown = render(quote("Ship it."), TALK, look_of(folder), areas=True)[0]
    assert plain.name != shown.name
    image = Image.open(BytesIO(shown.data)).convert("RGB")
    assert image.getpixel((121, 300))[0] > 180  # the left edge of the quote's box
