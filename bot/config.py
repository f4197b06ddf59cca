"""From config.yaml to settings: option > ``PULLQUOTE_*`` environment > nearest file > default.

Paths in config.yaml are relative to that file. An unknown or doubled key, or a value that cannot
be, is a ``ConfigError`` with its line and what was probably meant.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec import Struct

from bot.errors import ConfigError
from bot.settings import AccountSettings, Config

FILE = "config.yaml"
PREFIX = "PULLQUOTE_"
_BRACKETS = re.compile(r"(?:(?:[\[{]|\?\s)(?:\s|-\s)*){8}")  # each more takes thrice the time
_LONGEST = 300_000  # letters of a config.yaml, which is slow to read
SECRETS = PREFIX + "SECRET_"  # of accounts, which no setting holds
OTHER_VARIABLES = {
    PREFIX + name for name in ("CONFIG", "DEBUG", "QUOTABILITY", "SAMPLES", "X_SPEC")
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its keys from the top, its type, default and line of documentation."""

    keys: tuple[str, ...]
    kind: Any
    default: Any
    description: str


@dataclass(frozen=True, slots=True)
class Project:
    """A config.yaml with its settings and their lines; ``path`` is None outside any project."""

    config: Config
    path: Path | None = None
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

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
    lines: Lines = {}
    try:
        found, lines = _read(chosen) if chosen else ({}, {})
        config = msgspec.convert(_overlay(found, variables), Config)
    except msgspec.ValidationError as error:
        raise _explained(error, chosen, lines, variables) from error
    except UnicodeEncodeError as error:
        raise ConfigError(chosen or FILE, "has half a letter", remedy="write it whole") from error
    if has_password(config.library):
        if PREFIX + "LIBRARY" in variables:
            raise password_error("environment")
        raise password_error(chosen or FILE, lines.get(("library",)))
    return Project(config, chosen, lines)


def has_password(library: str) -> bool:
    """Whether the address of a library holds a password, which others could read there."""
    return bool(re.match(r"\w[\w+]*://(?:[^:/@]*:[^@]+@|.*[?&]password=)", library))


def password_error(place: Path | str, line: int | None = None) -> ConfigError:
    """What is wrong with such an address, which is not shown."""
    reason = "the library's URL holds a password"
    return ConfigError(place, reason, line=line, remedy="put it into ~/.pgpass or PGPASSWORD")


def settings(group: type[Struct] = Config, above: tuple[str, ...] = ()) -> Iterator[Setting]:
    """Every setting, groups walked into."""
    hints = get_type_hints(group, include_extras=True)
    for one in msgspec.structs.fields(group):
        keys, hint = (*above, one.name), hints[one.name]
        if isinstance(hint, type) and issubclass(hint, Struct):
            yield from settings(hint, keys)
        else:
            made = one.default_factory is not msgspec.NODEFAULT
            default = one.default_factory() if made else one.default
            kind, meta = get_args(hint)
            yield Setting(keys, kind, default, meta.description)


def _variable_path(environment: Mapping[str, str]) -> Path | None:
    named = environment.get("PULLQUOTE_CONFIG")
    return Path(named) if named else None


def _nearest(start: Path) -> Path | None:
    folders = (start.resolve(), *start.resolve().parents)
    return next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)


Lines = dict[tuple[str, ...], int]
_WANTED = {int: "whole number", float: "number", bool: "yes or no"}


def _read(path: Path) -> tuple[dict[str, Any], Lines]:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        text = path.read_text(encoding="utf-8")
        if len(text) > _LONGEST:
            remedy = f"leave out what is no setting, below {_LONGEST // 1000} kB"
            raise ConfigError(path, f"is too long: {len(text) // 1000} kB", remedy=remedy)
        if _BRACKETS.search(text):
            raise RecursionError
        document = YAML(typ="rt", pure=True).load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        key = re.search(r'duplicate key "([^"]+)"', str(error))
        named = f" '{key[1]}'" if key else ""
        raise ConfigError(
            path, f"the setting{named} is given twice", line=line, remedy="remove one of them"
        ) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        reason, remedy = f"is not YAML: {error.problem}", "mend that line"
        raise ConfigError(path, reason, line=line, remedy=remedy) from error
    except RecursionError as error:
        remedy = "take those out that open nothing"
        raise ConfigError(path, "has too many brackets", remedy=remedy) from error
    except (YAMLError, ValueError, TypeError) as error:  # the last for a list as a name
        remedy = "save it as UTF-8 text, with 'name: value' lines"
        raise ConfigError(path, "is not YAML text", remedy=remedy) from error
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from error
    if document is None:
        return {}, {}
    if not isinstance(document, dict):
        raise ConfigError(path, "holds no settings", line=1, remedy="write 'name: value' lines")
    _check_colors(path, text)
    return _plain(document, {}), dict(_lines(document, (), set()))


def _check_colors(path: Path, text: str) -> None:
    """Refuse colours without quotes, which YAML takes for remarks."""
    for line, written in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*(\w+):\s+(#[0-9a-fA-F]{6})\b", written):
            raise ConfigError(
                path,
                f"'{found[1]}' has no value, as # begins a remark",
                line=line,
                remedy=f"write quotes around the colour: '{found[2]}'",
            )


def _plain(value: Any, made: dict[int, Any]) -> Any:
    """A loaded document without the loader's own types, which strict checks refuse.

    ``made`` is what was met already: aliases may lead to one thing often, or in a circle.
    ``UnicodeEncodeError`` for half a letter, which YAML can write and nothing can show.
    """
    if id(value) in made:
        return made[id(value)]
    if isinstance(value, dict):
        group = made[id(value)] = {}
        each = value.items()
        group.update({str(_plain(key, made)): _plain(inner, made) for key, inner in each})
        return group
    if isinstance(value, list):
        several = made[id(value)] = []
        several.extend(_plain(inner, made) for inner in value)
        return several
    if isinstance(value, str):
        return value.encode().decode()
    plain = (kind(value) for kind in (bool, int, float) if isinstance(value, kind))
    return next(plain, None if value is None else str(value))


def _lines(
    document: Any, above: tuple[str, ...], met: set[int]
) -> Iterator[tuple[tuple[str, ...], int]]:
    met.add(id(document))
    own = document.lc.data or {}  # names that are merged, with <<, stand elsewhere
    for key, value in document.items():
        yield (*above, str(key)), own.get(key, [document.lc.line])[0] + 1
        if isinstance(value, dict) and id(value) not in met:
            yield from _lines(value, (*above, str(key)), met)


def _overlay(found: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """``PULLQUOTE_HARVEST_KEEP=20`` over ``harvest: keep:``; an unknown variable is an error."""
    known = {PREFIX + "_".join(one.keys).upper(): one for one in settings()}
    overlaid = {**found}
    for variable, text in environment.items():
        ours = variable.startswith(PREFIX) and not variable.startswith(SECRETS)
        if not ours or variable in OTHER_VARIABLES:
            continue
        if variable not in known:
            raise ConfigError(
                "environment", f"no setting {variable}", remedy=_meant(variable, known)
            )
        setting = known[variable]
        inner = overlaid
        for key in setting.keys[:-1]:
            group = inner.get(key)
            inner[key] = {**group} if isinstance(group, dict) else {}
            inner = inner[key]
        inner[setting.keys[-1]] = _value(variable, text, setting.kind)
    return overlaid


def _value(variable: str, text: str, kind: Any) -> Any:
    plain = text.strip().lower()
    if kind is int and re.fullmatch(r"-?[0-9]{1,15}", plain):
        return int(plain)
    if kind is float and re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", plain):
        return float(plain)
    if kind is bool and plain in ("yes", "no", "true", "false"):
        return plain in ("yes", "true")
    if kind in _WANTED:
        raise ConfigError("environment", f"{variable} is no {_WANTED[kind]}: {text!r}")
    if kind in (str, str | None):
        return text
    raise ConfigError("environment", f"{variable} cannot be set here", remedy=f"set it in {FILE}")


def _explained(
    error: msgspec.ValidationError, path: Path | None, lines: Lines, variables: Mapping[str, str]
) -> ConfigError:
    """The first thing wrong, in words, with its line; the checker ends its message on the place."""
    reason, _, place = str(error).partition(" - at ")
    keys = tuple(re.findall(r"\w+", place))
    if unknown := re.search(r"unknown field `(.*)`", reason):
        keys = _of_account((*keys, unknown[1]), lines)
        name = ".".join(keys)
        known = {".".join(one.keys[:depth]) for one in settings() for depth in (1, 2)}
        known |= {".".join((*keys[:-1], one)) for one in _accounts(keys)}
        return ConfigError(
            path or FILE, f"no setting '{name}'", line=lines.get(keys), remedy=_meant(name, known)
        )
    keys = _of_account(keys, lines)
    words = _plainly(reason.replace("`", "").replace("Expected", "must be"))
    words = words.replace("Invalid enum value", "cannot be")
    variable = PREFIX + "_".join(keys).upper()
    if variable in variables:
        return ConfigError("environment", f"{variable} {words}", remedy="mend it, or unset it")
    return ConfigError(
        path or FILE,
        f"'{'.'.join(keys)}' {words}",
        line=lines.get(keys) or lines.get(keys[:-1]),
        remedy="mend it, or remove the line for the default",
    )


def _of_account(keys: tuple[str, ...], lines: Lines) -> tuple[str, ...]:
    """Keys with the account's name between, which the checker does not say."""
    if len(keys) != 2 or keys[0] != "accounts":
        return keys
    named = (one for one in lines if len(one) == 3 and (one[0], one[2]) == keys)
    return next(named, keys)


def _accounts(keys: tuple[str, ...]) -> tuple[str, ...]:
    return AccountSettings.__struct_fields__ if keys[0] == "accounts" else ()


def _plainly(words: str) -> str:
    """The checker's words in those of a person who writes YAML."""
    named = {
        "str": "text",
        "int": "a whole number",
        "object": "a group",
        "null": "empty",
        "array": "a list",
        "float": "a number with a fraction",
        "bool": "yes or no",
    }
    plain = re.sub(rf"\b({'|'.join(named)})\b", lambda match: named[match[1]], words)
    return plain.replace(" | ", " or ").replace(", got", ", not")


def _meant(name: str, known: Mapping[str, Any] | set[str]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else "config.yaml as shipped names all of them"
