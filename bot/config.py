"""Every setting in one class: option > ``PULLQUOTE_*`` environment > nearest config.yaml > default.

Paths in config.yaml are relative to that file. An unknown or doubled key, or a value that cannot
be, is a ``ConfigError`` with its line and what was probably meant.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ConfigError

FILE = "config.yaml"
PREFIX = "PULLQUOTE_"
OTHER_VARIABLES = {"PULLQUOTE_CONFIG", "PULLQUOTE_SAMPLES"}  # not settings


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class HarvestSettings(_Settings):
    """How a transcript becomes candidates."""

    keep: int = Field(default=40, ge=1, le=500, description="candidates saved from each talk")
    max_mb: int = Field(
        default=64, ge=1, le=1000, description="larger transcript files are refused"
    )


class CardSettings(_Settings):
    """What a card looks like and where it goes."""

    out: str = Field(default="cards", description="folder for the cards, from this file")
    template: str = Field(default="square", description="layout: square (1080 × 1080)")
    theme: str = Field(
        default="midnight", description="look: midnight, paper, dusk, or one of your own"
    )
    colors: dict[str, str] = Field(
        default_factory=dict, description="your colours over the theme's, as accent: '#ffb000'"
    )
    fonts: dict[str, str] = Field(
        default_factory=dict, description="your font files over the theme's, as quote: My.ttf"
    )


class Config(_Settings):
    """All settings, frozen; the descriptions are the comments of config.yaml."""

    library: str = Field(
        default="quotes/library.db",
        description="the library: a file, or a database URL without password",
    )
    speaker: str | None = Field(default=None, description="main speaker of talks that name nobody")
    harvest: HarvestSettings = HarvestSettings()
    card: CardSettings = CardSettings()


@dataclass(frozen=True, slots=True)
class Project:
    """The folder of a config.yaml with its settings; ``path`` is None outside any project."""

    config: Config
    path: Path | None = None

    @property
    def folder(self) -> Path:
        """What relative paths of the settings start from."""
        return self.path.parent if self.path else Path.cwd()

    @property
    def assets(self) -> Path | None:
        """The user's own fonts and themes, searched before the shipped ones."""
        return self.path.parent / "assets" if self.path else None


def load(
    start: Path, environment: Mapping[str, str] | None = None, path: Path | None = None
) -> Project:
    """Settings from the nearest config.yaml at or above ``start``, or from ``path``."""
    variables = os.environ if environment is None else environment
    chosen = path or _variable_path(variables) or _nearest(start)
    found, lines = _read(chosen) if chosen else ({}, {})
    overlaid = _overlay(found, variables)
    try:
        config = Config.model_validate(overlaid)
    except ValidationError as error:
        raise _explained(error, chosen, lines) from error
    if re.match(r"\w[\w+]*://[^/@]*:[^/@]*@", config.library):
        raise ConfigError(
            chosen or FILE,
            "the library's URL holds a password",
            line=lines.get(("library",)),
            remedy="put it into ~/.pgpass or the environment",
        )
    return Project(config, chosen)


def settings(
    model: type[BaseModel] = Config, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every setting as (path of keys, pydantic's field), groups first walked into."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from settings(inner, (*above, name))
        else:
            yield (*above, name), field


def _variable_path(environment: Mapping[str, str]) -> Path | None:
    named = environment.get("PULLQUOTE_CONFIG")
    return Path(named) if named else None


def _nearest(start: Path) -> Path | None:
    folders = (start.resolve(), *start.resolve().parents)
    return next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)


Lines = dict[tuple[str, ...], int]


def _read(path: Path) -> tuple[dict[str, Any], Lines]:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        document = YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        key = re.search(r'duplicate key "([^"]+)"', str(error))
        named = f" '{key[1]}'" if key else ""
        raise ConfigError(
            path, f"the setting{named} is given twice", line=line, remedy="remove one of them"
        ) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(
            path, f"is not YAML: {error.problem}", line=line, remedy="mend that line"
        ) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(path, "is not YAML text", remedy="save it as UTF-8 text") from error
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from error
    if document is None:
        return {}, {}
    if not isinstance(document, dict):
        raise ConfigError(path, "holds no settings", line=1, remedy="write 'name: value' lines")
    return _plain(document), dict(_lines(document))


def _plain(value: Any) -> Any:
    """A loaded document without the loader's own types, which strict checks refuse."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _lines(document: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    for key, value in document.items():
        yield (*above, str(key)), document.lc.key(key)[0] + 1
        if isinstance(value, dict):
            yield from _lines(value, (*above, str(key)))


def _overlay(found: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """``PULLQUOTE_HARVEST_KEEP=20`` over ``harvest: keep:``; an unknown variable is an error."""
    keys = {PREFIX + "_".join(path).upper(): (path, field) for path, field in settings()}
    overlaid = {**found}
    for variable, text in environment.items():
        if not variable.startswith(PREFIX) or variable in OTHER_VARIABLES:
            continue
        if variable not in keys:
            raise ConfigError(
                "environment", f"no setting {variable}", remedy=_meant(variable, keys)
            )
        path, field = keys[variable]
        inner = overlaid
        for key in path[:-1]:
            group = inner.get(key)
            inner[key] = {**group} if isinstance(group, dict) else {}
            inner = inner[key]
        inner[path[-1]] = _value(variable, text, field.annotation)
    return overlaid


def _value(variable: str, text: str, kind: Any) -> Any:
    if kind is int and text.strip().lstrip("-").isdigit():
        return int(text)
    if kind is int:
        raise ConfigError("environment", f"{variable} is no whole number: {text!r}")
    if kind in (str, str | None):
        return text
    raise ConfigError("environment", f"{variable} cannot be set here", remedy=f"set it in {FILE}")


def _explained(error: ValidationError, path: Path | None, lines: Lines) -> ConfigError:
    """The first thing wrong, in words, with its line."""
    first = error.errors()[0]
    keys = tuple(str(key) for key in first["loc"])
    line = lines.get(keys) or lines.get(keys[:-1])
    name = ".".join(keys)
    if first["type"] == "extra_forbidden":
        known = {".".join(path) for path, _ in settings()} | set(Config.model_fields)
        return ConfigError(
            path or FILE, f"no setting '{name}'", line=line, remedy=_meant(name, known)
        )
    reason = first["msg"].replace("Input should be", "should be")
    return ConfigError(
        path or FILE,
        f"'{name}' {reason}, not {first['input']!r:.60}",
        line=line,
        remedy="mend it or remove the line for the default",
    )


def _meant(name: str, known: Mapping[str, Any] | set[str]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else "config.yaml as shipped names all of them"
