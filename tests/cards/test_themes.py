import shutil
from pathlib import Path

import pytest
from samples import THEMES

from bot import assets
from bot.cards import TEMPLATES, Overrides, load_look
from bot.cards.contrast import contrast
from bot.errors import ConfigError, UsageError

PAPER = (assets.SHIPPED / "themes" / "paper.yaml").read_text("utf-8")


def load_mine(folder: Path, text: str, **changes):
    """The look of a theme file of the user's own."""
    (folder / "themes").mkdir(exist_ok=True)
    (folder / "themes" / "mine.yaml").write_text(text, "utf-8")
    return load_look("square", "mine", user_folder=folder, **changes)


def test_the_shipped_themes_are_those_tested():
    assert assets.names("themes", ".yaml") == sorted(THEMES)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_theme_loads_for_every_template_and_is_legible(theme, template):
    look = load_look(template, theme)
    ground = look.theme.background.samples()
    if look.ground:
        ground = [color for _, color in look.ground.getcolors(2_000_000)]
    for ink, least in (("quote", 7), ("name", 4.5), ("talk", 4.5)):
        assert min(contrast(look.theme.inks[ink], color) for color in ground) >= least


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("  accent:", "  acent:", 5, "no setting “acent”; did you mean “accent”"),
        ("fonts:", "font:", 9, "no setting “font”; did you mean “fonts”"),
        ('"#b5412a"', '"#12345g"', 5, "“#12345g” is no colour for “accent”"),
        ('"#b5412a"', "#b5412a", 5, "“accent” has no value; a colour needs quotes"),
        ('"#b5412a"', "[1, 2]", 5, "“accent” has no value"),
        ('  name: "#241d17"', '  quote: "#241d17"', 6, "“quote” is there twice"),
        ('  track: "#d6cbba"\n', "", None, "colors lacks “track”"),
        (
            "Inter-Medium.ttf",
            "Inter-Midium.ttf",
            13,
            "no font file “Inter-Midium.ttf”; did you mean",
        ),
        ("Inter-Medium.ttf", "mine.yaml", 13, "is not a TrueType or OpenType font"),
        ('quote: "#241d17"', 'quote: "#8a8078"', 4, "“quote” has a contrast of"),
        ('talk: "#6b5f53"', 'talk: "#a09890"', 7, "“talk” has a contrast of"),
        ("colors:\n", "colors: [\n", None, "is not YAML"),
        ("colors:\n", "colors: x\n", None, "YAML"),
    ],
)
def test_a_wrong_theme_is_refused_with_its_place(tmp_path, old, new, line, reason):
    with pytest.raises(ConfigError) as error:
        load_mine(tmp_path, PAPER.replace(old, new, 1))
    assert reason in str(error.value)
    assert error.value.path == tmp_path / "themes" / "mine.yaml"
    assert line is None or error.value.line == line


def test_an_empty_theme_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="not a list"):
        load_mine(tmp_path, "")


def test_a_gradient_is_judged_where_it_is_worst(tmp_path):
    faded = PAPER.replace("colors:\n", 'colors:\n  background_end: "#8f8578"\n')
    with pytest.raises(ConfigError, match="contrast"):
        load_mine(tmp_path, faded)


def test_the_user_s_theme_and_fonts_come_first(tmp_path):
    (tmp_path / "fonts").mkdir()
    shutil.copy(assets.SHIPPED / "fonts" / "Inter-Medium.ttf", tmp_path / "fonts" / "Own.ttf")
    look = load_mine(tmp_path, PAPER.replace("FrauncesDisplay-SemiBold.ttf", "Own.ttf"))
    assert look.fonts.quote.fonts[0].name == "Own.ttf"
    assert look.fonts.quote.fonts[0].digest == look.fonts.talk.fonts[0].digest


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"colors": {"accent": "red"}}, "“red” is no colour for “accent”"),
        ({"colors": {"acent": "#ff0000"}}, "colors has no “acent”; did you mean “accent”"),
        ({"colors": {"background": "#241d17"}}, "contrast"),
        ({"fonts": {"quote": "nowhere.ttf"}}, "no font file “nowhere.ttf”"),
    ],
)
def test_a_wrong_override_is_refused_in_the_name_of_the_config(tmp_path, changes, reason):
    config = tmp_path / "config.yaml"
    with pytest.raises(ConfigError) as error:
        load_look("square", "paper", overrides=Overrides(**changes, path=config))
    assert reason in str(error.value)
    assert error.value.path == config


def test_a_font_may_be_a_path_beside_the_config(tmp_path):
    shutil.copy(assets.SHIPPED / "fonts" / "Inter-Medium.ttf", tmp_path / "house.ttf")
    config = tmp_path / "config.yaml"
    look = load_look(
        "square", "paper", overrides=Overrides(fonts={"quote": "house.ttf"}, path=config)
    )
    assert look.fonts.quote.fonts[0].name == "house.ttf"


@pytest.mark.parametrize(
    ("template", "theme", "reason"),
    [("sqare", "paper", "did you mean “square”"), ("square", "papr", "did you mean “paper”")],
)
def test_an_unknown_name_lists_those_there_are(template, theme, reason):
    with pytest.raises(UsageError, match=reason):
        load_look(template, theme)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((0, 0, 0), (255, 255, 255), 21.0), ((119, 119, 119), (255, 255, 255), 4.48)],
)
def test_contrast_is_the_ratio_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
