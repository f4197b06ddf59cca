"""Small YAML files of themes and artwork, read strictly.

Every value keeps the file and line it stands in, so that whatever is wrong with it later can be
said with its place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from bot.cards.background import RGB
from bot.cards.pictures import Picture, open_picture
from bot.errors import ConfigError, InputError

_LARGEST = 20_000  # bytes: no such file is longer, and YAML is slow to read
_MOST_BRACKETS = 200  # in each other they take YAML seconds to refuse


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it stands."""

    value: str
    path: Path
    line: int | None

    def wrong(self, reason: str, remedy: str = "") -> ConfigError:
        """The error that this value is, with its place."""
        return ConfigError(self.path, reason, line=self.line, remedy=remedy)

    def picture(self, path: Path, what: str) -> Picture:
        """The picture the value names; one that cannot be used is said with the value's place."""
        try:
            return open_picture(path, what)
        except InputError as error:
            raise self.wrong(error.reason, error.remedy) from error

    def color(self, key: str) -> RGB:
        """The value as a colour."""
        if not re.fullmatch("#[0-9a-fA-F]{6}", self.value):
            raise self.wrong(f"“{self.value}” is no colour for “{key}”", "write it as #1b1c38")
        red, green, blue = bytes.fromhex(self.value[1:])
        return red, green, blue

    def number(self, key: str, least: float, most: float) -> float:
        """The value as a number within limits."""
        fits = re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", self.value)
        if not fits or not least <= float(self.value) <= most:
            raise self.wrong(f"“{key}” is not a number from {least:g} to {most:g}: {self.value}")
        return float(self.value)

    def choice(self, key: str, there: list[str]) -> str:
        """The value as one of those there are."""
        if self.value not in there:
            raise self.wrong(f"“{key}” has no “{self.value}”", choices(self.value, there))
        return self.value


Settings = dict[tuple[str, str], Setting]


def read_sections(path: Path, known: Mapping[str, list[str]], what: str) -> Settings:
    """A file of sections with ``key: value`` lines, each key known and there once."""
    settings: Settings = {}
    for section, _, node in pairs(_root(path), path, what, list(known)):
        for key, line, value in pairs(node, path, section, known[section]):
            settings[section, key] = scalar(value, path, key, line)
    return settings


def read_top(path: Path, known: list[str], what: str) -> Iterator[tuple[str, int, Node]]:
    """The keys at the top of a file, their lines and what stands below them."""
    return pairs(_root(path), path, what, known)


def pairs(
    node: Node | None, path: Path, what: str, known: list[str]
) -> Iterator[tuple[str, int, Node]]:
    """Keys, their lines and values of a mapping, each key known and there once."""
    if not isinstance(node, MappingNode):
        line = node.start_mark.line + 1 if node else None
        raise ConfigError(
            path,
            f"{what} is not a list of “key: value”",
            line=line,
            remedy=f"there are: {', '.join(known)}",
        )
    seen: set[str] = set()
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else "[…]"
        if key not in known:
            raise ConfigError(path, f"no setting “{key}”", line=line, remedy=choices(key, known))
        if key in seen:
            raise ConfigError(
                path, f"“{key}” is there twice", line=line, remedy="remove one of them"
            )
        seen.add(key)
        yield key, line, value


def scalar(node: Node, path: Path, key: str, line: int) -> Setting:
    """One value as it is written."""
    if not isinstance(node, ScalarNode):
        remedy = f"write one value after “{key}:”"
        raise ConfigError(path, f"“{key}” has no value but several", line=line, remedy=remedy)
    if not node.value:
        remedy = "a colour needs quotes around it: '#1b1c38'"
        raise ConfigError(path, f"“{key}” has no value", line=line, remedy=remedy)
    return Setting(str(node.value), path, line)


def choices(name: str, there: list[str]) -> str:
    """What to write instead of a name that is unknown."""
    close = get_close_matches(name, there, n=1)
    meant = f"did you mean “{close[0]}”? " if close else ""
    return f"{meant}there are: {', '.join(there)}"


def _root(path: Path) -> Node | None:
    try:
        if path.stat().st_size > _LARGEST:
            raise ConfigError(
                path,
                f"is longer than {_LARGEST // 1000} kB",
                remedy="a theme or a template is a page of settings",
            )
        if sum(map(path.read_bytes().count, (b"[", b"{"))) > _MOST_BRACKETS:
            raise RecursionError
        root: Node | None = YAML(typ="safe", pure=True).compose(path)
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(
            path, f"is not YAML: {error.problem}", line=line, remedy="mend that line"
        ) from error
    except RecursionError as error:
        remedy = "a theme or a template is a page of settings"
        raise ConfigError(path, "has too many brackets", remedy=remedy) from error
    except (YAMLError, ValueError) as error:
        raise ConfigError(path, "is not YAML text", remedy="save it as UTF-8 text") from error
    return root
