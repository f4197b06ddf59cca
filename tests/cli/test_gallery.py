"""``gallery``, ``card --all``, ``--carousel``, ``--debug-boxes`` and what a terminal shows."""

from pathlib import Path

import pytest
from PIL import Image

from bot.cards import TEMPLATES
from bot.cli.preview import drawn
from tests.cli.conftest import Run


def test_a_gallery_shows_templates_in_themes(run: Run, own_folder: Path) -> None:
    options = ("--template", "square", "--template", "story", "--theme", "paper", "--theme", "mono")
    ran = run("gallery", *options, "--json")
    assert ran.array == [
        {"gallery": "gallery.png", "templates": ["square", "story"], "themes": ["paper", "mono"]}
    ]
    with Image.open(own_folder / "gallery.png") as image:
        colors = {
            image.getpixel((x, y))
            for x in range(0, image.width, 9)
            for y in range(0, image.height, 9)
        }
    assert {(0xF5, 0xEF, 0xE4), (0x10, 0x14, 0x13)} <= colors


def test_a_gallery_of_a_quote_has_its_own_template_too(
    run: Run, sample: Path, project: Path
) -> None:
    name = run("harvest", sample, "--json").array[0]["id"]
    Image.new("RGB", (800, 600), "#101010").save(project / "assets/templates/ours.png")
    (project / "assets/templates/ours.yaml").write_text(
        "image: ours.png\nboxes:\n  quote: {x: 40, y: 40, width: 720, height: 500}\n", "utf-8"
    )
    ran = run("gallery", name, "--theme", "contrast", "--out", "all.jpg", "--json")
    assert ran.array[0]["templates"] == [*TEMPLATES, "ours"]
    assert (project / "all.jpg").read_bytes()[:2] == b"\xff\xd8"
    cards = run("card", name, "--all", "--theme", "contrast", "--json").array
    assert len(cards) == len(TEMPLATES) + 1
    assert all(Path(one["card"]).is_file() for one in cards)
    assert [one["template"] for one in cards] == [*TEMPLATES, "ours"]


@pytest.mark.about_the_file
def test_every_template_is_named_and_a_carousel_of_one_card_is_the_portrait(
    run: Run, sample: Path, project: Path
) -> None:
    name = run("harvest", sample, "--json").array[0]["id"]
    lines = run("card", name, "--all").out.splitlines()
    told = dict(reversed(line[:-1].split("  (")) for line in lines)
    single = [one for one in TEMPLATES if one != "carousel"]
    assert [*told] == [*(f"{one}: drawn" for one in single), "carousel: one card, as portrait"]
    assert told["carousel: one card, as portrait"] == told["portrait: drawn"]
    assert len([*(project / "cards").glob("*.png")]) == len(single)
    again = run("card", name, "--all", "--json").array
    assert [one["template"] for one in again if one["card"] == told["portrait: drawn"]] == [
        "portrait", "carousel"
    ]  # fmt: skip
    assert all(one["reused"] for one in again[:-1])


@pytest.mark.about_the_file  # that is not there yet
@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (("--out", "sheet.pdf"), 2, "is no picture"),
        (("--theme", "papr"), 2, "did you mean “paper”"),
        (("--template", "sqare"), 2, "did you mean “square”"),
        (("zzz99",), 1, "no library yet"),
    ],
)
def test_a_gallery_says_what_it_cannot_draw(run: Run, project: Path, options, code, reason) -> None:
    ran = run("gallery", *options)
    assert ran.code == code
    assert reason in ran.error
    assert not list(project.glob("gallery.*"))


def test_a_dry_gallery_writes_nothing(run: Run, own_folder: Path) -> None:
    assert run("gallery", "--template", "square", "--theme", "paper", "--dry-run").code == 0
    assert not list(own_folder.iterdir())


def test_quotes_of_a_talk_go_on_one_carousel(run: Run, sample: Path, project: Path) -> None:
    names = [one["id"] for one in run("harvest", sample, "--json").array[:3]]
    first = run("card", *names, "--carousel", "--json").array[0]
    assert [one["alt"].partition(":")[0] for one in first["images"]] == [
        "Cover", "Quote card 2 of 4", "Quote card 3 of 4", "Quote card 4 of 4",
    ]  # fmt: skip
    paths = [Path(one["card"]) for one in first["images"]]
    assert [path.stem.rpartition("-")[2] for path in paths] == ["1of4", "2of4", "3of4", "4of4"]
    assert run("card", *names, "--carousel", "--json").array[0]["reused"]


def test_boxes_are_shown(run: Run, sample: Path, project: Path) -> None:
    name = run("harvest", sample, "--json").array[0]["id"]
    shown = run("card", name, "--debug-boxes", "--json").array[0]["card"]
    plain = run("card", name, "--json").array[0]["card"]
    assert shown != plain
    with Image.open(shown) as image:
        assert (255, 0, 110) in {color for _, color in image.convert("RGB").getcolors(1 << 20)}


def test_stars_stress_words(run: Run, own_folder: Path) -> None:
    ran = run("card", "--text", "A *kettle* buys ten years.", "--unverified", "--json")
    assert "“A kettle buys ten years.”" in ran.array[0]["alt"]
    two = run("card", "--text", "A *kettle* buys *ten* years, 2*3*4.", "--unverified", "--json")
    assert "“A kettle buys ten years, 2*3*4.”" in two.array[0]["alt"]
    lost = run("card", "--text", "A kettle.", "--emphasis", "spoon", "--unverified")
    assert (lost.code, "no words “spoon”" in lost.error) == (3, True)


@pytest.mark.parametrize(
    ("environment", "asked", "begins"),
    [
        ({"KITTY_WINDOW_ID": "1"}, False, "\x1b_Ga=T"),
        ({"TERM_PROGRAM": "ghostty"}, False, "\x1b_Ga=T"),
        ({"TERM_PROGRAM": "iTerm.app"}, False, "\x1b]1337;File=inline=1"),
        ({"COLORTERM": "truecolor"}, True, "\x1b[38;2;"),
        ({"COLORTERM": "truecolor"}, False, ""),
        ({"TERM": "dumb"}, True, ""),
    ],
)
def test_a_terminal_shows_what_it_can(tmp_path: Path, environment, asked, begins) -> None:
    Image.new("RGB", (200, 200), "#336699").save(tmp_path / "card.png")
    picture = drawn(tmp_path / "card.png", environment, asked=asked)
    assert picture.startswith(begins)
    assert bool(picture) == bool(begins)
