"""Cards as pixels and as files."""

import itertools
import resource
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from samples import LOOKS, QUOTES, TALK, THEMES, UGLY, quote

from bot.cards import Overrides, draw_into, load_look, make_writable, render
from bot.cards.glyphs import mask
from bot.cards.shape import shape
from bot.errors import BotError, CardError, InputError


def picture(text, theme):
    return Image.open(BytesIO(render(quote(text), TALK, LOOKS[theme])[0].data))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", ["Ship it.", QUOTES[2], UGLY[-1]])
def test_a_card_is_a_small_srgb_picture_and_the_same_every_time(theme, text):
    card = render(quote(text), TALK, LOOKS[theme])[0]
    image = Image.open(BytesIO(card.data))
    assert image.size == (card.width, card.height) == (1080, 1080)
    assert len(card.data) < 400_000
    assert image.info.get("srgb") == 0 or image.getexif().get_ifd(0x8769)[0xA001] == 1
    assert render(quote(text), TALK, LOOKS[theme])[0] == card


@pytest.mark.parametrize(
    ("theme", "kind"), [("midnight", "PNG"), ("paper", "PNG"), ("dusk", "JPEG")]
)
def test_a_flat_theme_is_an_indexed_png_and_a_gradient_a_jpeg(theme, kind):
    image = picture("Ship it.", theme)
    assert image.format == kind
    assert image.mode == ("P" if kind == "PNG" else "RGB")


def test_pixels_are_the_theme_s_colours():
    image = picture("Ship it.", "midnight").convert("RGB")
    colors = {color for _, color in image.getcolors(100_000)}
    assert LOOKS["midnight"].theme.background.start == image.getpixel((5, 5))
    assert set(LOOKS["midnight"].theme.inks.values()) <= colors


@pytest.mark.parametrize("box", [(830, 900, 985, 985), (620, 955, 700, 985)], ids=["pill", "dot"])
def test_shapes_have_soft_edges(box):
    levels = picture("Ship it.", "paper").convert("L").crop(box).getcolors()
    assert len(levels) > 8


def test_the_dot_is_solid():
    image = picture("Ship it.", "midnight").convert("RGB")
    accent = LOOKS["midnight"].theme.inks["accent"]
    place = 100 + 1956 / 3000 * (880 - 22) + 11
    assert all(
        image.getpixel((round(place) + dx, 969 + dy)) == accent
        for dx in range(-6, 7)
        for dy in range(-6, 7)
    )


def test_a_gradient_does_not_band():
    """No run of equal pixels is as long as a band of an undithered gradient would be."""
    row = LOOKS["dusk"].ground.crop((0, 20, 1080, 21)).getchannel("G").tobytes()
    longest = run = 1
    for before, after in zip(row, list(row)[1:], strict=False):
        run = run + 1 if before == after else 1
        longest = max(longest, run)
    assert longest < 100  # a band is 180 wide


@pytest.mark.parametrize("letter", ["l", "i", "o"])
def test_glyphs_stand_at_fractions_of_a_pixel(letter):
    """Four equal letters: each is as far from the last in ink as its advance says."""
    run = shape(letter * 4, LOOKS["paper"].fonts.talk)
    size = 30.3
    centres = []
    for index in range(4):
        image, (x, _) = mask([(run.part(index.__eq__), size, 10.0, 40.0)])
        columns = image.resize((image.width, 1), Image.Resampling.BOX).tobytes()
        centres.append(x + sum(i * c for i, c in enumerate(columns)) / sum(columns))
    steps = [b - a for a, b in itertools.pairwise(centres)]
    assert max(steps) - min(steps) <= 0.25
    assert steps[0] == pytest.approx(run.width / 4 * size, abs=0.25)


def test_a_card_is_written_once_with_its_alt_text_beside_it(tmp_path):
    first = draw_into(tmp_path / "new", quote(QUOTES[1]), TALK, LOOKS["paper"])[0]
    again = draw_into(tmp_path / "new", quote(QUOTES[1]), TALK, LOOKS["paper"])[0]
    assert (first.reused, again.reused) == (False, True)
    assert again.path == first.path
    assert first.path.name.startswith("small-libraries-long-lives-32m36s-")
    assert first.path.with_suffix(".txt").read_text("utf-8").strip() == first.alt
    assert sorted(path.suffix for path in first.path.parent.iterdir()) == [".png", ".txt"]


@pytest.mark.parametrize(
    ("changed", "theme"),
    [
        ({"shown": "Other words."}, "paper"),
        ({"speaker": "Someone Else"}, "paper"),
        ({"start_ms": 1_957_000}, "paper"),
        ({"approximate": True}, "paper"),
        ({}, "midnight"),
    ],
)
def test_whatever_changes_the_picture_changes_the_name(changed, theme):
    one = render(quote("Ship it."), TALK, LOOKS["paper"])[0]
    other = render(replace(quote("Ship it."), **changed), TALK, LOOKS[theme])[0]
    assert one.name != other.name
    assert one.data != other.data


def test_an_override_changes_the_name():
    look = load_look("square", "paper", overrides=Overrides({"accent": "#802010"}))
    plain = render(quote("Hi."), TALK, LOOKS["paper"])[0]
    assert render(quote("Hi."), TALK, look)[0].name != plain.name


@pytest.mark.parametrize(
    ("title", "start_ms", "stem"),
    [
        ("Ünïcode & Co.", 3_723_000, "unicode-co-1h02m03s-"),
        ("?!", 7_000, "quote-0m07s-"),
        ("../../etc/passwd", 0, "etc-passwd-0m00s-"),
    ],
)
def test_file_names_are_plain(title, start_ms, stem):
    name = render(quote("Hi.", start_ms), replace(TALK, title=title), LOOKS["paper"])[0].name
    assert name.startswith(stem)
    assert name.isascii()


def test_a_folder_that_cannot_be_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written") as error:
        draw_into(tmp_path / "file", quote("Hi."), TALK, LOOKS["paper"])
    assert "\n" not in str(error.value)
    assert not isinstance(error.value, CardError)


@pytest.fixture
def full_disk():
    """Sets a disk on which no file grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_nothing_behind(tmp_path, full_disk):
    full_disk(4096)
    with pytest.raises(BotError, match="cannot be written"):
        draw_into(tmp_path, quote("Hi."), TALK, LOOKS["paper"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["", "new", "new/deep"])
def test_a_writable_folder_is_made_and_stays_empty(tmp_path, folder):
    make_writable(tmp_path / folder)
    assert (tmp_path / folder).is_dir()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("folder", ["", "new", "new/deep"])
def test_a_folder_that_takes_no_file_is_refused_and_none_is_left(tmp_path, full_disk, folder):
    full_disk(0)
    with pytest.raises(InputError, match="cannot be written") as error:
        make_writable(tmp_path / folder)
    assert error.value.place == str(tmp_path / folder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["file", "file/new"])
def test_a_file_is_no_folder_and_says_what_drawing_says(tmp_path, folder):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(InputError) as proved:
        make_writable(tmp_path / folder)
    with pytest.raises(InputError) as drawn:
        draw_into(tmp_path / folder, quote("Hi."), TALK, LOOKS["paper"])
    assert str(proved.value) == str(drawn.value)
    assert (tmp_path / "file").read_text() == "kept"
