"""Themes: small YAML files with colours and fonts, read strictly.

Every value keeps the file and line it stands in, so that whatever is wrong with it later can be
said with its place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from bot import assets
from bot.cards.background import RGB, Background
from bot.cards.base import Fonts, Ink, Theme
from bot.cards.contrast import contrast
from bot.cards.fonts import Font, find_font, open_font
from bot.errors import ConfigError, UsageError

_INKS: dict[Ink, float] = {"quote": 7.0, "accent": 3.0, "name": 4.5, "talk": 4.5, "track": 1.0}
_COLORS = ["background", "background_end", *_INKS]
_FONTS = ["quote", "quote_fallback", "name", "talk"]
_SECTIONS = {"colors": _COLORS, "fonts": _FONTS}
_OPTIONAL = {("colors", "background_end")}


@dataclass(frozen=True, slots=True)
class _Setting:
    """A value and where it stands."""

    value: str
    path: Path
    line: int | None

    def wrong(self, reason: str, remedy: str = "") -> ConfigError:
        return ConfigError(self.path, reason, line=self.line, remedy=remedy)


_Settings = dict[tuple[str, str], _Setting]


@dataclass(frozen=True, slots=True)
class Overrides:
    """A person's own colours and fonts over any theme's, and the file and lines they stand in."""

    colors: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    path: Path = Path("config.yaml")
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)


def load_theme(
    name: str,
    overrides: Overrides,
    user_folder: Path | None = None,
) -> tuple[Theme, Fonts]:
    """A theme and its fonts, with what config.yaml changes of it."""
    path = assets.find("themes", f"{name}.yaml", user_folder)
    if path is None:
        there = assets.names("themes", ".yaml", user_folder)
        raise UsageError(f"no theme “{name}”", remedy=choices(name, there))
    settings = _read(path) | _overridden(overrides)
    for section, key in ((section, key) for section, keys in _SECTIONS.items() for key in keys):
        if (section, key) not in settings and (section, key) not in _OPTIONAL:
            raise ConfigError(path, f"{section} lacks “{key}”")
    theme = Theme(name, _background(settings), {ink: _color(settings, ink) for ink in _INKS})
    _check_contrast(theme, settings, overrides)
    fonts = (_font(settings["fonts", key], user_folder) for key in _FONTS)
    return theme, Fonts(*fonts)


def choices(name: str, there: list[str]) -> str:
    """What to write instead of a name that is unknown."""
    close = get_close_matches(name, there, n=1)
    meant = f"did you mean “{close[0]}”? " if close else ""
    return f"{meant}there are: {', '.join(there)}"


def _read(path: Path) -> _Settings:
    try:
        root = YAML(typ="safe", pure=True).compose(path)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(path, f"is not YAML: {error.problem}", line=line) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(path, f"is not YAML: {error}") from error
    settings: _Settings = {}
    for section, _, node in _pairs(root, path, "the theme", list(_SECTIONS)):
        for key, line, value in _pairs(node, path, section, _SECTIONS[section]):
            settings[section, key] = _scalar(value, path, key, line)
    return settings


def _pairs(
    node: Node | None, path: Path, what: str, known: list[str]
) -> Iterator[tuple[str, int, Node]]:
    """Keys, their lines and values of a mapping, each key known and there once."""
    if not isinstance(node, MappingNode):
        line = node.start_mark.line + 1 if node else None
        raise ConfigError(path, f"{what} is not a list of “key: value”", line=line)
    seen: set[str] = set()
    for key_node, value in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key not in known:
            raise ConfigError(path, f"no setting “{key}”", line=line, remedy=choices(key, known))
        if key in seen:
            raise ConfigError(path, f"“{key}” is there twice", line=line)
        seen.add(key)
        yield key, line, value


def _scalar(node: Node, path: Path, key: str, line: int) -> _Setting:
    if not isinstance(node, ScalarNode) or not node.value:
        remedy = "a colour needs quotes around it: '#1b1c38'"
        raise ConfigError(path, f"“{key}” has no value", line=line, remedy=remedy)
    return _Setting(str(node.value), path, line)


def _overridden(overrides: Overrides) -> _Settings:
    settings: _Settings = {}
    for section, values in (("colors", overrides.colors), ("fonts", overrides.fonts)):
        for key, value in values.items():
            setting = _Setting(value, overrides.path, overrides.lines.get((section, key)))
            if key not in _SECTIONS[section]:
                raise setting.wrong(f"{section} has no “{key}”", choices(key, _SECTIONS[section]))
            settings[section, key] = setting
    return settings


def _color(settings: _Settings, key: str) -> RGB:
    setting = settings["colors", key]
    if not re.fullmatch("#[0-9a-fA-F]{6}", setting.value):
        raise setting.wrong(f"“{setting.value}” is no colour for “{key}”", "write it as #1b1c38")
    red, green, blue = bytes.fromhex(setting.value[1:])
    return red, green, blue


def _background(settings: _Settings) -> Background:
    start = _color(settings, "background")
    both = ("colors", "background_end") in settings
    return Background(start, _color(settings, "background_end") if both else start)


def _check_contrast(theme: Theme, settings: _Settings, overrides: Overrides) -> None:
    for ink, least in _INKS.items():
        ratio = min(contrast(theme.inks[ink], ground) for ground in theme.background.samples())
        if ratio < least:
            ours = [settings["colors", ink], settings["colors", "background"]]
            setting = next((one for one in ours if one.path == overrides.path), ours[0])
            raise setting.wrong(
                f"“{ink}” has a contrast of {ratio:.1f}:1 with the background, less than {least}:1",
                "choose colours that are further apart",
            )


def _font(setting: _Setting, user_folder: Path | None) -> Font:
    path = find_font(setting.value, setting.path.parent, user_folder)
    if path is None:
        there = assets.names("fonts", ".ttf", user_folder)
        raise setting.wrong(f"no font file “{setting.value}”", choices(setting.value, there))
    try:
        return open_font(path)
    except (OSError, ValueError) as error:
        raise setting.wrong(f"the font {path.name} cannot be used: {error}") from error
