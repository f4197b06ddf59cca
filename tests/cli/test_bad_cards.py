"""Bad input to cards as a person meets it: one line with place, reason and remedy, nothing left."""

import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from bot import assets
from tests.cli.conftest import Ran, Run, make_vtt
from tests.libraries import alter

Draw = Callable[..., Ran]
BOXES = "image: bg.png\nboxes:\n  quote: {x: 10, y: 10, width: 700, height: 300}\n"


@pytest.fixture
def draw(run: Run, project: Path) -> Draw:
    """Draw words of one's own."""

    def call(*options: str | Path, text: str = "Ship it.") -> Ran:
        return run("card", "--text", text, "--unverified", "--speaker", "Ann Lee", *options)

    return call


def cards(folder: Path) -> list[Path]:
    return [path for path in (folder / "cards").rglob("*") if path.is_file()]


@pytest.mark.parametrize("options", [(), ("--template", "carousel")], ids=["square", "carousel"])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("  ", "no words"),
        ("🎉🎉", "no words"),
        ("\u0301", "no words"),
        ("word " * 2000, "too long"),
        ("x" * 80, "(80 letters) is too wide"),
        ("a \x1b[31m red", "U+001B"),
        ("half \ud800 pair", "U+D800"),
        ("Z" + "\u0301" * 10_000, "10000 marks"),
    ],
)
def test_words_no_card_can_show(
    draw: Draw, project: Path, text: str, reason: str, options: tuple[str, ...]
) -> None:
    ran = draw(*options, text=text)
    assert (ran.code, ran.out) == (3, "")
    assert reason in ran.error
    assert "; " in ran.error
    assert cards(project) == []


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (("--all", "--template", "square"), 2, "--all"),
        (("--carousel", "--template", "story"), 2, "--carousel"),
        (("--carousel",), 3, "no title for the cover"),
        (("--emphasis", "never"), 3, "“never”"),
        (("--emphasis", "hip"), 3, "whole words"),
        (("--theme", "../../etc/passwd"), 2, "midnight"),
        (("--template", "../../etc/passwd"), 2, "square"),
        (("--theme", "x" * 300), 2, "midnight"),
        (("--out", "config.yaml"), 3, "config.yaml: the card cannot be written"),
        (("--out", "config.yaml/below"), 3, "config.yaml/below: the card cannot be written"),
        (("--out", "x" * 300), 3, "File name too long"),
        (("--out", "/proc/cards"), 3, "/proc/cards: the card cannot be written"),
    ],
)
def test_options_that_cannot_be(
    draw: Draw, project: Path, options: tuple[str, ...], code: int, word: str
) -> None:
    ran = draw(*options)
    assert (ran.code, ran.out) == (code, "")
    assert word in ran.error
    assert "; " in ran.error
    assert cards(project) == []


CONFIGS = {
    "brand:\n  text: '#eeeeee'\n": (2, "“text” has a contrast of 1.2:1"),
    "brand:\n  background: '#101010'\n": (2, "contrast of 1.0:1"),
    "brand:\n  text: '#101010'\n  accent: '#fafafa'\n": (3, "“accent” has a contrast of 1.0:1"),
    "brand:\n  backgroud: '#101010'\n": (2, "did you mean 'brand.background'"),
    "brand:\n  text: #111111\n": (2, "quotes around the colour: '#111111'"),
    "card:\n  colors:\n    accent: #ffb000\n": (3, "quotes around the colour: '#ffb000'"),
    "brand:\n  text: red\n": (2, "“red” is no colour"),
    "brand:\n  text: '#101010'\n  font: cut.ttf\n": (3, "cut.ttf cannot be used"),
    "card:\n  fonts: {name: '~nobody-here/x.ttf'}\n": (2, "Inter-Medium.ttf"),
    "brand:\n  text: '#101010'\n  logo: bad.png\n": (3, "bad.png cannot be used"),
    "brand:\n  text: '#101010'\n  logo: nowhere.png\n": (3, "nowhere.png cannot be used"),
    "brand:\n  text: '#101010'\n  logo: https://a.example/logo.png\n": (3, "logo.png cannot be"),
}


@pytest.mark.parametrize("text", CONFIGS)
def test_a_kit_that_cannot_be_drawn_names_its_line(draw: Draw, project: Path, text: str) -> None:
    font = (assets.SHIPPED / "fonts" / "Inter-Medium.ttf").read_bytes()
    (project / "cut.ttf").write_bytes(font[:-9])
    (project / "bad.png").write_text("no picture")
    (project / "config.yaml").write_text(text, "utf-8")
    line, word = CONFIGS[text]
    ran = draw("--theme", "brand" if text.startswith("brand") else "midnight")
    assert ran.code == 4
    assert f"config.yaml line {line}:" in ran.error
    assert word in ran.error
    assert cards(project) == []


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
TEMPLATES = {
    BOXES.replace("700", "900"): (3, "outside the picture of 800 × 600"),
    BOXES + "  time: {x: 20, y: 20, width: 100, height: 50}\n": (4, "overlap"),
    BOXES.replace("700", "0"): (3, "“width” is not a number from 1 to 4096: 0"),
    BOXES.replace("700", "-5"): (3, "not a number from 1 to 4096: -5"),
    BOXES.replace("700", ".nan"): (3, ".nan"),
    BOXES.replace("700", "1e9"): (3, "1e9"),
    BOXES.replace("700", "[1, 2]"): (3, "write one value after “width:”"),
    BOXES.replace("quote", "qoute"): (3, "did you mean “quote”"),
    BOXES.replace("width", "widht"): (3, "did you mean “width”"),
    BOXES.replace("quote", "time"): (0, "boxes lacks “quote”"),
    BOXES.replace("image: bg.png\n", ""): (0, "lacks “image”"),
    BOXES.replace("bg.png", "nowhere.png"): (1, "no picture “nowhere.png”"),
    BOXES.replace("bg.png", "bad.png"): (1, "the picture bad.png cannot be used"),
    BOXES.replace("  quote", "\tquote"): (3, "is not YAML"),
    BOXES + "  role: {x: 10, y: 400, width: 90, height: 50, color: '#181838'}\n": (4, ":1"),
    "image: bg.png\nboxes: &a\n  quote: *a\n": (3, "no setting “quote”"),
    LAUGHS: (1, "no setting “a”"),
    "- image\n- boxes\n": (1, "not a list of “key: value”"),
    "[" * 9000: (0, "too many brackets"),
    "{" * 300: (0, "too many brackets"),
    "# " + "x" * 5_000_000: (0, "longer than 20 kB"),
    "image: \0\n": (0, "not YAML text"),
}


@pytest.fixture
def template(project: Path) -> Path:
    """A template of one's own and its picture."""
    folder = project / "assets" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (800, 600), (20, 20, 50)).save(folder / "bg.png")
    (folder / "bad.png").write_text("no picture")
    (folder / "own.yaml").write_text(BOXES)
    return folder / "own.yaml"


@pytest.mark.parametrize("at", range(len(TEMPLATES)))
def test_a_template_that_cannot_be_drawn_names_its_line(
    draw: Draw, project: Path, template: Path, at: int
) -> None:
    text, (line, word) = list(TEMPLATES.items())[at]
    template.write_text(text, "utf-8")
    ran = draw("--template", "own")
    assert ran.code == 4
    assert f"own.yaml line {line}:" in ran.error if line else "own.yaml:" in ran.error
    assert word in ran.error
    assert cards(project) == []


@pytest.mark.parametrize(
    ("box", "named"),
    [
        (BOXES.replace("700", "5").replace("300", "5"), "quote"),
        (BOXES.replace("300", "1"), "quote"),
        (BOXES + "  speaker: {x: 10, y: 400, width: 500, height: 2}\n", "speaker"),
    ],
)
def test_a_box_too_small_for_its_words_is_named(
    draw: Draw, template: Path, box: str, named: str
) -> None:
    template.write_text(box)
    ran = draw("--template", "own")
    assert (ran.code, f"the box “{named}”" in ran.error) == (3, True)


def test_a_theme_without_its_picture_names_its_line(draw: Draw, project: Path) -> None:
    (project / "assets" / "themes").mkdir(parents=True, exist_ok=True)
    stage = (assets.SHIPPED / "themes" / "stage.yaml").read_text("utf-8")
    line = next(at for at, one in enumerate(stage.splitlines(), 1) if "image:" in one)
    (project / "assets" / "themes" / "mine.yaml").write_text(stage.replace("stage.jpg", "no.jpg"))
    ran = draw("--theme", "mine")
    assert (ran.code, f"mine.yaml line {line}: no picture “no.jpg”" in ran.error) == (4, True)


def test_a_logo_that_shows_as_a_box_is_said(draw: Draw, project: Path) -> None:
    Image.new("RGB", (80, 80), "white").save(project / "logo.png")
    (project / "config.yaml").write_text("brand: {logo: logo.png, text: '#101010'}\n")
    ran = draw("--theme", "midnight")
    assert (ran.code, "shows as a box" in ran.err) == (0, True)
    assert "shows as a box" not in draw("--theme", "brand").err  # white on white


@pytest.fixture
def full_disk() -> Iterator[Callable[[int], None]]:
    """Sets a disk on which no file grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_no_card(
    draw: Draw, project: Path, full_disk: Callable[[int], None]
) -> None:
    full_disk(4096)
    ran = draw()
    assert (ran.code, "cannot be written" in ran.error) == (3, True)
    assert cards(project) == []


def harvested(run: Run, project: Path, name: str, words: str) -> str:
    """The id of the one quote of a talk."""
    talk = make_vtt(project, f"<v Ann Lee>{words}").rename(project / name)
    return str(run("harvest", talk, "--json").array[0]["id"])


ROPE = "A rope is older than any ship it was ever tied to."
DOOR = "A small door is still a door for everyone who is outside."


def test_a_carousel_is_of_one_talk(run: Run, project: Path) -> None:
    ids = [harvested(run, project, "a.vtt", ROPE), harvested(run, project, "b.vtt", DOOR)]
    ran = run("card", *ids, "--carousel")
    assert (ran.code, "one talk" in ran.error) == (2, True)
    assert cards(project) == []


def test_a_retracted_quote_is_not_drawn(run: Run, project: Path) -> None:
    name = harvested(run, project, "a.vtt", ROPE)
    alter(project, "update quotes set status = 'retracted' where id = :name", name=name)
    ran = run("card", name)
    assert (ran.code, f"quote {name}" in ran.error) == (3, True)
    assert cards(project) == []


def test_the_quote_without_a_card_is_named(run: Run, project: Path) -> None:
    name = harvested(run, project, "a.vtt", ROPE)
    ran = run("card", name, "--emphasis", "anchor")
    assert (ran.code, f"quote {name}: the quote has no words" in ran.error) == (3, True)


@pytest.mark.parametrize(
    ("photo", "code"), [("nowhere.png", 3), ("a.csv", 3), ("https://a.example/ann.jpg", 0)]
)
def test_a_photo_is_a_picture_and_never_fetched(
    run: Run, project: Path, photo: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vtt(project, f"<v Ann Lee>{ROPE}")
    (project / "a.csv").write_text(f"file,speaker,photo\ntalk.vtt,Ann Lee,{photo}\n")
    name = run("harvest", "--talks", "a.csv", "--json").array[0]["id"]
    monkeypatch.setattr("socket.socket.connect", None)  # whoever fetches fails
    ran = run("card", name)
    assert ran.code == code
    assert code == 0 or f"the photo {photo} cannot be used" in ran.error


@pytest.mark.skipif(os.name != "posix", reason="what a folder may be differs")
def test_a_cache_that_cannot_be_made_does_no_harm(draw: Draw, project: Path) -> None:
    (project / ".cache").write_text("a file in its place")
    assert draw().code == 0
    assert len(cards(project)) == 2
