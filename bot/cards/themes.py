"""Themes: small YAML files with colours, fonts and a ground, and the brand kit as one of them."""

from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from bot import assets
from bot.cards import contrast as measure
from bot.cards.background import RGB, Background
from bot.cards.base import Fonts, Ink, Overrides, Theme
from bot.cards.fonts import Font, find_font, open_font
from bot.cards.strict import Setting, Settings, choices, read_sections
from bot.cards.typeface import Typeface
from bot.errors import BotError, UsageError

BRAND = "brand"
_FROM_TEXT = ("quote", "name", "talk")  # inks that a brand's text gives
_INKS: dict[Ink, float] = {"quote": 7.0, "accent": 3.0, "name": 4.5, "talk": 4.5, "track": 1.0}
_COLORS = ["background", "background_end", *_INKS]
_FONTS = ["quote", "quote_fallback", "name", "talk"]
_SETTING = ["image", "scrim", "marks", "leading", "other_scripts"]
_SECTIONS = {"colors": _COLORS, "fonts": _FONTS, "setting": _SETTING}
_DEFAULTS = {
    ("setting", "marks"): "hanging",
    ("setting", "leading"): "1.16",
    ("setting", "other_scripts"): "sans",
    ("setting", "scrim"): "0",
}
_NEEDED = [("colors", key) for key in ("background", *_INKS)] + [("fonts", key) for key in _FONTS]
_MOST_SCRIM = 0.94
_QUIETER = (0.34, 0.26, 0.18, 0.1)  # how much of the ground is in a brand's second ink, if legible
_FAINT = 0.72  # and in its track


@dataclass(frozen=True, slots=True)
class Loaded:
    """A theme read: its colours, fonts, and the settings, by which an error is placed."""

    theme: Theme
    fonts: Fonts
    settings: Settings
    overrides: Overrides

    def on(self, ground: Image.Image) -> "Loaded":
        """The theme over a picture, veiled as much as its words need; else refused."""
        veil = self.theme.background.start
        darkest_first = measure.colors_of(ground)
        ends = [darkest_first[0], darkest_first[-1]]
        opacity = self.theme.background.opacity
        while opacity < _MOST_SCRIM and not self._legible(
            [measure.mixed(c, veil, opacity) for c in ends]
        ):
            opacity = min(_MOST_SCRIM, opacity + 0.02)
        background = replace(self.theme.background, opacity=opacity)
        return replace(self, theme=replace(self.theme, background=background))

    def check(self, grounds: list[RGB]) -> None:
        """Every ink against the worst of the grounds; what cannot be read is refused."""
        for ink, least in _INKS.items():
            ratio = measure.worst(self.theme.inks[ink], grounds)
            if ratio < least:
                raise self._unreadable(ink, ratio, least)

    def _legible(self, grounds: list[RGB]) -> bool:
        inks = self.theme.inks
        return all(measure.worst(inks[ink], grounds) >= least + 0.1 for ink, least in _INKS.items())

    def _unreadable(self, ink: Ink, ratio: float, least: float) -> BotError:
        keys = ("colors", ink), ("colors", "background"), ("colors", "background_end")
        there = [self.settings[key] for key in keys if key in self.settings]
        mine = [one for one in there if one.path == self.overrides.path] or there[:1]
        setting = next((one for one in mine if one.line), mine[0])
        derived = self.theme.name == BRAND and there[0] in mine and ink in _FROM_TEXT
        name = "text" if derived and ink not in self.overrides.colors else ink
        return setting.wrong(
            f"“{name}” has a contrast of {ratio:.1f}:1 with the background, less than {least}:1",
            "choose colours that are further apart",
        )


def load_theme(
    name: str,
    overrides: Overrides,
    user_folder: Path | None = None,
    *,
    alone: bool = False,
) -> Loaded:
    """A theme and its fonts, with what config.yaml changes of it.

    ``alone`` keeps to the theme's own fonts.
    """
    settings = _settings(name, overrides, user_folder) | _overridden(overrides)
    first = next(iter(settings.values()))
    for section, key in _NEEDED:
        if (section, key) not in settings:
            raise replace(first, line=None).wrong(
                f"{section} lacks “{key}”", "every theme needs it: copy one that is shipped"
            )
    for place, value in _DEFAULTS.items():
        settings.setdefault(place, Setting(value, first.path, None))
    inks = {ink: settings["colors", ink].color(ink) for ink in _INKS}
    theme = Theme(name, _background(settings, user_folder), inks)
    loaded = Loaded(theme, _fonts(settings, user_folder, theme, alone=alone), settings, overrides)
    if theme.background.picture:
        loaded = loaded.on(theme.background.picture.image)
    return loaded


def names(user_folder: Path | None, overrides: Overrides) -> list[str]:
    """The themes there are; the brand's where a kit is given."""
    brand = [BRAND] if overrides.brand else []
    return sorted({*assets.names("themes", ".yaml", user_folder), *brand})


def _settings(name: str, overrides: Overrides, user_folder: Path | None) -> Settings:
    path = assets.find("themes", f"{name}.yaml", user_folder)
    if path is not None:
        return read_sections(path, _SECTIONS, "the theme")
    if name == BRAND and overrides.brand:
        return _brand(overrides)
    there = names(user_folder, overrides)
    raise UsageError(f"no theme “{name}”", remedy=choices(name, there))


def _brand(overrides: Overrides) -> Settings:
    """The brand kit as a theme: what it does not say follows from what it says."""
    base = assets.find("themes", "midnight.yaml")
    settings = read_sections(base, _SECTIONS, "the theme") if base else {}

    def given(key: str, default: str) -> Setting:
        line = overrides.lines.get((BRAND, key))
        return Setting(overrides.brand.get(key) or default, overrides.path, line)

    background, text = given("background", "#ffffff"), given("text", "#111111")
    ground, ink = background.color("background"), text.color("text")
    quieter = (measure.mixed(ink, ground, share) for share in _QUIETER)
    talk = next((one for one in quieter if measure.contrast(one, ground) >= _INKS["talk"]), ink)
    derived = {
        "background": background,
        "quote": text,
        "name": text,
        "accent": given("accent", text.value),
        "talk": replace(text, value=_hex(talk)),
        "track": replace(text, value=_hex(measure.mixed(ink, ground, _FAINT))),
    }
    if overrides.brand.get("background_end"):
        derived["background_end"] = given("background_end", "")
    for key, setting in derived.items():
        settings["colors", key] = setting
    for key, name in (("quote", "quote_font"), ("name", "font"), ("talk", "font")):
        if overrides.brand.get(name):
            settings["fonts", key] = given(name, "")
    return settings


def _hex(color: RGB) -> str:
    return f"#{bytes(color).hex()}"


def _overridden(overrides: Overrides) -> Settings:
    settings: Settings = {}
    for section, values in (("colors", overrides.colors), ("fonts", overrides.fonts)):
        for key, value in values.items():
            setting = Setting(value, overrides.path, overrides.lines.get((section, key)))
            if key not in _SECTIONS[section]:
                raise setting.wrong(f"{section} has no “{key}”", choices(key, _SECTIONS[section]))
            settings[section, key] = setting
    return settings


def _background(settings: Settings, user_folder: Path | None) -> Background:
    start = settings["colors", "background"].color("background")
    end = settings.get(("colors", "background_end"))
    image = settings.get(("setting", "image"))
    opacity = settings["setting", "scrim"].number("scrim", 0, _MOST_SCRIM)
    if image is None:
        return Background(start, end.color("background_end") if end else start)
    found = assets.beside(image.path.parent, image.value) or assets.find(
        "backgrounds", image.value, user_folder
    )
    if found is None:
        raise image.wrong(f"no picture “{image.value}”", "put it into assets/backgrounds")
    return Background(start, start, image.picture(found, "background"), opacity)


def _fonts(settings: Settings, user_folder: Path | None, theme: Theme, *, alone: bool) -> Fonts:
    opened = {key: _font(settings["fonts", key], user_folder) for key in _FONTS}
    serif = (
        settings["setting", "other_scripts"].choice("other_scripts", ["serif", "sans"]) == "serif"
    )
    marks = settings["setting", "marks"].choice("marks", ["hanging", "large"])
    return Fonts(
        quote=Typeface((opened["quote"], opened["quote_fallback"]), serif, alone),
        name=Typeface((opened["name"], opened["talk"]), False, alone),
        talk=Typeface((opened["talk"], opened["name"]), False, alone),
        leading=settings["setting", "leading"].number("leading", 1.0, 2.0),
        marks="large" if marks == "large" else "hanging",
        dark=measure.luminance(theme.background.start) < measure.luminance(theme.inks["quote"]),
    )


def _font(setting: Setting, user_folder: Path | None) -> Font:
    path = find_font(setting.value, setting.path.parent, user_folder)
    if path is None:
        there = [f"{name}.ttf" for name in assets.names("fonts", ".ttf", user_folder)]
        raise setting.wrong(f"no font file “{setting.value}”", choices(setting.value, there))
    try:
        return open_font(path)
    except (OSError, ValueError) as error:
        raise setting.wrong(
            f"the font {path.name} cannot be used: {error}", "give another"
        ) from error
