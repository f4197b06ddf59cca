"""Photos, logos and artwork that are none, or odd ones: refused in one line, or drawn as meant."""

import random
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image
from samples import LOOKS, TALK, quote

from bot.cards import Extras, open_picture, render, shows_box
from bot.errors import InputError


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


def large(path):
    """More pixels than a card can show, none of which a PNG lets one leave out."""
    return saved(path, Image.new("1", (5100, 5000)))


PICTURES = {
    "text": lambda path: path.write_text("words") and path,
    "nothing": lambda path: (path.write_bytes(b"") and path) or path,
    "half a PNG": lambda path: path.write_bytes(saved(path, grey()).read_bytes()[:200]) and path,
    "bomb": bomb,
    "large": large,
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


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_a_picture_with_broken_bytes_is_drawn_or_refused(tmp_path, kind):
    dice = random.Random(kind)
    whole = saved(tmp_path / "whole", grey(), format=kind).read_bytes()
    for at in range(60):
        broken = bytearray(whole)
        for _ in range(dice.choice([1, 4, 20])):
            broken[dice.randrange(min(len(whole), 400))] = dice.randrange(256)
        (tmp_path / f"{at}").write_bytes(broken[: dice.choice([None, dice.randrange(len(whole))])])
        with suppress(InputError):
            open_picture(tmp_path / f"{at}", "photo")


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


def test_a_large_jpeg_is_made_smaller_while_it_is_read(tmp_path):
    made = saved(tmp_path / "x.jpg", Image.new("L", (9000, 6000)))
    assert open_picture(made, "photo").image.size == (4096, 2731)
