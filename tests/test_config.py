"""Settings: where they come from, which wins, and that the shipped file names all of them."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.config import load, settings
from bot.errors import ConfigError
from bot.settings import Config

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "config.yaml"


@pytest.mark.parametrize("setting", list(settings()), ids=lambda one: ".".join(one.keys))
def test_the_shipped_file_has_every_setting_with_its_default(setting) -> None:
    found = YAML(typ="safe", pure=True).load(SHIPPED.read_text("utf-8"))
    for key in setting.keys:
        found = found[key]
    assert found == setting.default
    assert f"# {setting.description}\n" in SHIPPED.read_text("utf-8")


def test_the_shipped_file_loads_as_the_defaults() -> None:
    assert load(ROOT, {}).config == Config()


def test_without_a_file_the_defaults_hold(own_folder: Path) -> None:
    project = load(own_folder, {})
    assert (project.config, project.path) == (Config(), None)


def test_the_nearest_file_upward_wins(own_folder: Path) -> None:
    below = own_folder / "a/b"
    below.mkdir(parents=True)
    (own_folder / "config.yaml").write_text("speaker: Ann\n")
    assert load(below, {}).config.speaker == "Ann"
    (own_folder / "a/config.yaml").write_text("speaker: Bo\n")
    assert load(below, {}).config.speaker == "Bo"
    assert load(below, {}).folder == own_folder / "a"


def test_the_environment_wins_over_the_file(own_folder: Path) -> None:
    (own_folder / "config.yaml").write_text("harvest:\n  keep: 7\n  max_mb: 9\n")
    project = load(own_folder, {"PULLQUOTE_HARVEST_KEEP": "11", "HOME": "/"})
    assert (project.config.harvest.keep, project.config.harvest.max_mb) == (11, 9)


def test_the_environment_names_the_file(own_folder: Path) -> None:
    other = own_folder / "other.yaml"
    other.write_text("speaker: Cy\n")
    assert load(own_folder, {"PULLQUOTE_CONFIG": str(other)}).config.speaker == "Cy"


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_file_is_the_defaults(own_folder: Path, text: str) -> None:
    (own_folder / "config.yaml").write_text(text)
    assert load(own_folder, {}).config == Config()


def test_times_and_country_codes_stay_text(own_folder: Path) -> None:
    (own_folder / "config.yaml").write_text("card:\n  theme: no\n  out: 32:36\n")
    card = load(own_folder, {}).config.card
    assert (card.theme, card.out) == ("no", "32:36")


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("libary: x\n", 1, "library"),
        ("\n\ncard:\n  tempalte: x\n", 4, "card.template"),
        ("speaker: 3\n", 1, "text"),
        ("harvest:\n  keep: 1000\n", 2, "500"),
        ("card: {}\ncard: {}\n", 2, "twice"),
        ("? - [a]\n: b\n", None, "'name: value' lines"),
        ("accounts:\n  main:\n    network: x\n    slot: []\n", 4, "accounts.main.slots"),
        ("accounts:\n  main:\n    network: x\n    link: yes\n", 4, "accounts.main.link"),
    ],
)
def test_errors_carry_the_line(own_folder: Path, text: str, line: int | None, word: str) -> None:
    path = own_folder / "config.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(own_folder, {})
    assert (caught.value.path, caught.value.line) == (path, line)
    assert word in str(caught.value)


@pytest.mark.parametrize("text", ["9" * 5000, "³", "٣", "1e3", "--5", ""])
def test_a_number_of_the_environment_is_one(own_folder: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="is no whole number"):
        load(own_folder, {"PULLQUOTE_HARVEST_KEEP": text})


@pytest.mark.parametrize("text", ['speaker: "\\uD800"', '"\\uD800": 3', 'glossary: {"\\uDC00": a}'])
def test_half_a_letter_is_told(own_folder: Path, text: str) -> None:
    (own_folder / "config.yaml").write_text(text)
    with pytest.raises(ConfigError, match="half a letter; write it whole"):
        load(own_folder, {})


@pytest.mark.parametrize(
    "text", ["? " * 190, "{" * 30 + "a: b" + "}: c" * 30, "{? " * 20, "? - " * 20]
)
def test_names_of_names_are_refused_at_once(own_folder: Path, text: str) -> None:
    (own_folder / "config.yaml").write_text(text)
    with pytest.raises(ConfigError, match="too many brackets"):
        load(own_folder, {})


@pytest.mark.parametrize(
    ("text", "speaker"), [("!who Ada", "Ada"), ("2026-11-27", "2026-11-27"), ("null", None)]
)
def test_what_is_no_text_of_yaml_is_text(own_folder: Path, text: str, speaker: str | None) -> None:
    (own_folder / "config.yaml").write_text(f"speaker: {text}\n")
    assert load(own_folder, {}).config.speaker == speaker


def test_latin_1_is_told(own_folder: Path) -> None:
    (own_folder / "config.yaml").write_bytes("speaker: José\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load(own_folder, {})


def test_a_group_may_be_merged_into_another(own_folder: Path) -> None:
    merged = (
        "accounts:\n  a: &a {network: preview, theme: paper}\n  b:\n    <<: *a\n    theme: dusk\n"
    )
    (own_folder / "config.yaml").write_text(merged)
    b = load(own_folder).config.accounts["b"]
    assert (b.network, b.theme) == ("preview", "dusk")
    (own_folder / "config.yaml").write_text("<<: {speaker: 7}\n")
    with pytest.raises(ConfigError, match="line 1: 'speaker' must be text"):
        load(own_folder)
