"""What a person may give a card that cannot be shown: one clear error, or drawn as it should."""

import struct
import threading
import zlib
from dataclasses import replace

import pytest
from PIL import Image
from samples import LOOKS, QUOTES, TALK, quote

from bot import assets
from bot.cards import (
    Cache,
    Extras,
    Overrides,
    draw_into,
    load_look,
    open_picture,
    render,
    render_talk,
    shows_box,
)
from bot.errors import BotError, CardError, ConfigError, InputError, UsageError

FONT = (assets.SHIPPED / "fonts" / "Inter-Medium.ttf").read_bytes()
CAROUSEL = load_look("carousel", "paper", alone=True)


def grey(size=(40, 30)):
    return Image.radial_gradient("L").resize(size).convert("RGB")


def saved(path, image, **how):
    image.save(path, **how)
    return path


def bomb(path):
    """A PNG of 30,000 × 30,000 pixels in a tenth of a megabyte."""

    def chunk(kind, data):
        ends = struct.pack(">I", len(data)), struct.pack(">I", zlib.crc32(kind + data))
        return ends[0] + kind + data + ends[1]

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(3751)) for _ in range(30_000)) + packer.flush()
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    return path


@pytest.mark.parametrize("look", [LOOKS["paper"], CAROUSEL], ids=["square", "carousel"])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no words"),
        (" \n\t ", "no words"),
        ("🎉🎉🎉", "no words"),
        ("\u0301", "no words"),
        ("word " * 2000, "too long for any card: 2000 words"),
        ("x" * 80, "“xxxxxxxxxxxxxxxxxxxxxxxx…” (80 letters) is too wide"),
        ("word " * 550, "too long for the card"),
        ("a " * 1200, "too long for any card"),
        ("bell \x07 rings", "U+0007, a control character"),
        ("half \ud800 pair", "U+D800, half of a character"),
        ("own \ue000 sign", "U+E000, of private use"),
        ("no \uffff sign", "U+FFFF, no character"),
        ("Z" + "\u0301" * 10_000 + "algo", "10000 marks on one letter"),
        ("Z" + "\u0301\u0316\u0334" * 3333 + "algo", "9999 marks on one letter"),
    ],
)
def test_words_no_card_can_show_are_refused(text, reason, look):
    with pytest.raises(CardError) as error:
        render(quote(text), TALK, look)
    assert reason in str(error.value)
    assert error.value.remedy


@pytest.mark.parametrize("text", ["one \u0301 two", "\u0301one two", "Z" + "\u0301" * 10 + "a"])
def test_a_lone_mark_and_a_few_of_them_are_drawn(text):
    assert render(quote(text), TALK, LOOKS["paper"])


def test_piles_of_marks_leave_title_and_name_and_a_long_name_is_refused():
    titled = replace(TALK, title="Small" + "\u0301" * 5000 + " libraries")
    assert "Small libraries" in render(quote("Hi."), titled, LOOKS["paper"])[0].alt
    assert render(quote("Hi."), replace(TALK, title="مرحبا " * 5000), LOOKS["paper"])
    with pytest.raises(CardError, match="the name is too long"):
        render(replace(quote("Hi."), speaker="Ann " * 1000), TALK, LOOKS["paper"])


@pytest.mark.parametrize("title", ["", "🎉", "\u0301"])
def test_a_cover_needs_a_title(title):
    with pytest.raises(CardError, match="no title for the cover"):
        render_talk([quote("Hi.")], replace(TALK, title=title), CAROUSEL, [Extras()])


@pytest.mark.parametrize("words", ["never", "oo", "*", ".", " "])
def test_only_whole_words_of_the_quote_are_stressed(words):
    with pytest.raises(CardError, match="to stress; write whole words"):
        render(quote("Ship the door."), TALK, LOOKS["paper"], Extras(emphasis=words))


def test_stressed_words_need_no_spaces_where_a_script_has_none():
    with pytest.raises(CardError, match="no font has"):  # it was found, then not drawn
        render(quote("私は世界を見た。"), TALK, LOOKS["paper"], Extras(emphasis="世界"))


def test_a_link_too_long_to_scan_is_refused():
    with pytest.raises(CardError, match="too long for a QR code"):
        render(quote("Hi."), TALK, LOOKS["paper"], Extras(link="https://a.example/" + "x" * 300))


@pytest.mark.parametrize("data", [b"", b"no font " * 99, FONT[:40], FONT[:99_000], FONT[:-9]])
@pytest.mark.parametrize("kit", ["fonts", "brand"])
def test_a_file_that_is_no_whole_font_is_refused(tmp_path, data, kit):
    (tmp_path / "own.ttf").write_bytes(data)
    key = {"fonts": "quote", "brand": "quote_font"}[kit]
    said = Overrides(**{kit: {key: "own.ttf"}}, path=tmp_path / "c.yaml", lines={(kit, key): 7})
    with pytest.raises(ConfigError, match=r"line 7: the font own\.ttf .*cut short"):
        load_look("square", "brand" if kit == "brand" else "paper", overrides=said)


@pytest.mark.parametrize("name", ["folder", "~nobody-here/x.ttf", "x" * 300, "a\0b"])
def test_a_font_that_is_no_file_is_refused_with_those_there_are(tmp_path, name):
    (tmp_path / "folder").mkdir()
    said = Overrides(fonts={"quote": name}, path=tmp_path / "c.yaml")
    with pytest.raises(ConfigError, match=r"no font file .*Inter-Medium\.ttf"):
        load_look("square", "paper", overrides=said)


@pytest.mark.parametrize("name", ["../../mine", "../themes/mine", "/etc/passwd", ".", "x" * 300])
def test_a_name_with_parts_of_a_path_leads_nowhere(tmp_path, name):
    paper = assets.find("themes", "paper.yaml").read_text()
    (tmp_path / "mine.yaml").write_text(paper)
    (tmp_path / "assets" / "themes").mkdir(parents=True)
    (tmp_path / "assets" / "themes" / "mine.yaml").write_text(paper)
    for options in ((name, "paper"), ("square", name)):
        with pytest.raises(UsageError, match="there are"):
            load_look(*options, user_folder=tmp_path / "assets")


def test_a_brand_hardly_told_apart_is_refused_at_once(tmp_path):
    lines = {("brand", "text"): 9}
    said = Overrides(brand={"text": "#eeeeee"}, path=tmp_path / "c.yaml", lines=lines)
    with pytest.raises(ConfigError, match=r"line 9: “text” has a contrast of 1\.2:1"):
        load_look("square", "brand", overrides=said)


PICTURES = {
    "text": lambda path: path.write_text("words") and path,
    "nothing": lambda path: (path.write_bytes(b"") and path) or path,
    "half a PNG": lambda path: path.write_bytes(saved(path, grey()).read_bytes()[:200]) and path,
    "bomb": bomb,
    "folder": lambda path: path.mkdir() or path,
    "missing": lambda path: path,
    "name": lambda path: path.with_name("a\0b"),
    "long": lambda path: path.with_name("x" * 300),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_what_is_no_picture_is_refused(tmp_path, kind):
    path = PICTURES[kind](tmp_path / "x.png")
    with pytest.raises(InputError, match=r"the photo .*cannot be used") as error:
        open_picture(path, "photo")
    assert error.value.place == str(path)
    assert error.value.remedy


def test_half_a_jpeg_is_refused(tmp_path):
    path = saved(tmp_path / "x.jpg", grey((400, 300)))
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(InputError, match="cut short"):
        open_picture(path, "photo")


def test_odd_pictures_have_the_colours_they_should(tmp_path):
    red, deep = (255, 0, 0), Image.frombytes("I;16", (2, 1), b"\x00\x40\x00\xc0")
    shown = {
        "cmyk.jpg": saved(tmp_path / "cmyk.jpg", Image.new("CMYK", (8, 8), (0, 255, 255, 0))),
        "deep.png": saved(tmp_path / "deep.png", deep),
        "film.gif": saved(
            tmp_path / "film.gif",
            Image.new("RGB", (8, 8), red),
            save_all=True,
            append_images=[Image.new("RGB", (8, 8))],
        ),
        "one.png": saved(tmp_path / "one.png", Image.new("RGB", (1, 1), red)),
    }
    for name, path in shown.items():
        picture = open_picture(path, "photo")
        wanted = (63, 63, 63, 255) if name == "deep.png" else (*red, 255)
        assert picture.image.getpixel((0, 0)) == pytest.approx(wanted, abs=2), name
        assert render(quote("Hi."), TALK, LOOKS["paper"], Extras(photo=picture, logo=picture))


@pytest.mark.parametrize("size", [(4000, 1), (1, 4000)])
def test_the_thinnest_logo_is_drawn(tmp_path, size):
    logo = open_picture(saved(tmp_path / "thin.png", Image.new("RGB", size)), "logo")
    assert render(quote("Hi."), TALK, LOOKS["paper"], Extras(logo=logo))


def test_a_photo_is_turned_as_the_camera_was(tmp_path):
    turned = Image.Exif()
    turned[0x112] = 6
    path = saved(tmp_path / "x.jpg", grey((40, 30)), exif=turned)
    assert open_picture(path, "photo").image.size == (30, 40)


def test_a_logo_shows_a_box_only_where_it_has_a_ground_of_its_own(tmp_path):
    clear = Image.new("P", (8, 8))
    clear.putpalette([0, 0, 0, 255, 255, 255])
    clear = saved(tmp_path / "clear.png", clear, transparency=0)
    white = saved(tmp_path / "white.png", Image.new("RGB", (8, 8), "white"))
    assert not shows_box(open_picture(clear, "logo"), (20, 20, 40))
    assert not shows_box(open_picture(white, "logo"), (255, 255, 255))
    assert shows_box(open_picture(white, "logo"), (20, 20, 40))


@pytest.mark.parametrize("left", [0, 1, 3000, -12, -1])
@pytest.mark.parametrize("theme", ["paper", "dusk"], ids=["PNG", "JPEG"])
@pytest.mark.parametrize("place", ["cache", "out"])
def test_a_card_cut_short_is_drawn_again(tmp_path, left, theme, place):
    cache = Cache(tmp_path / "cache", 10_000_000)
    of = quote(QUOTES[0]), TALK, LOOKS[theme]
    whole = draw_into(tmp_path / "first", *of, cache=cache)[0].path.read_bytes()
    cut = next(path for path in cache.folder.iterdir() if path.suffix in (".png", ".jpg"))
    if place == "out":
        (tmp_path / "out").mkdir()
        cut = cut.replace(tmp_path / "out" / cut.name)
    cut.write_bytes(whole[:left])
    again = draw_into(tmp_path / "out", *of, cache=cache)[0]
    assert (again.reused, again.path.read_bytes()) == (False, whole)


def test_an_alt_text_that_is_no_text_is_written_again(tmp_path):
    first = draw_into(tmp_path, quote("Hi."), TALK, LOOKS["paper"])[0]
    first.path.with_suffix(".txt").write_bytes(b"\xff\xfe\xff")
    again = draw_into(tmp_path, quote("Hi."), TALK, LOOKS["paper"])[0]
    assert (again.alt, first.path.with_suffix(".txt").read_text("utf-8")) == (
        first.alt,
        first.alt + "\n",
    )


def test_a_cache_that_takes_nothing_is_done_without(tmp_path):
    (tmp_path / "file").write_text("kept")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("x" * 300)):
        drawn = draw_into(
            tmp_path / "out",
            quote(f"Hi {len(str(folder))}."),
            TALK,
            LOOKS["paper"],
            cache=Cache(folder, 9),
        )
        assert drawn[0].path.is_file()
    assert (tmp_path / "file").read_text() == "kept"


def test_the_same_card_drawn_twice_at_once_is_one_whole_card(tmp_path):
    failed = []

    def draw():
        try:
            draw_into(tmp_path, quote(QUOTES[0]), TALK, LOOKS["paper"])
        except BotError as error:
            failed.append(error)

    threads = [threading.Thread(target=draw) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    card = render(quote(QUOTES[0]), TALK, LOOKS["paper"])[0]
    assert not failed
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".png", ".txt"]
    assert (tmp_path / card.name).read_bytes() == card.data
