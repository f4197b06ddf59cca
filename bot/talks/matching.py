"""Which transcript is of which talk, where a table names no files. Pure over names of files.

By the session's code in the name, else by the words of its title; a file that two titles want goes
to the longer one. Nothing is guessed: what is not clear is said.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bot.errors import InputError
from bot.talks.cells import Entry

_LEAST_CODE = 3  # letters; shorter ones stand in any name
_LEAST_TITLE = 6  # letters in all; shorter titles stand in any name
_LISTED = 3


def matched(
    entries: Sequence[Entry], files: Sequence[str], place: Path
) -> tuple[list[Entry], list[InputError]]:
    """Entries with a transcript each, and an error for each that has none or more than one."""
    open_ones = {at: one for at, one in enumerate(entries) if one.file is None}
    by_code = {at: _with_code(one, files) for at, one in open_ones.items()}
    taken = {path for paths in by_code.values() for path in paths}
    rest = [path for path in files if path not in taken]
    wanted = {
        at: _of_language(one, by_code[at] or _with_title(one, rest))
        for at, one in open_ones.items()
    }
    longest: dict[str, int] = {}
    for at, fitting in wanted.items():
        for path in fitting:
            longest[path] = max(longest.get(path, 0), len(_words(entries[at].details.title or "")))
    found: list[Entry] = []
    errors: list[InputError] = []
    for at, one in enumerate(entries):
        if one.file:
            found.append(one)
            continue
        size = len(_words(one.details.title or ""))
        fitting = [path for path in wanted[at] if longest[path] == size]
        if len(fitting) == 1:
            found.append(replace(one, file=fitting[0]))
        else:
            errors.append(_unclear(one, fitting, place))
    return found, errors


def _unclear(one: Entry, fitting: Sequence[str], place: Path) -> InputError:
    where = f"{place}, {one.where}"
    title = f"“{one.details.title or one.code}”"
    if not fitting:
        name = one.code if one.code and _is_code(one.code) else "its title"
        remedy = f"put {name} into the file's name, or name it in a column file"
        return InputError(f"{title} has no transcript", place=where, remedy=remedy)
    names = ", ".join(_name(path) for path in fitting[:_LISTED])
    more = " …" if len(fitting) > _LISTED else ""
    remedy = "name the one in a column file"
    reason = f"{title} has {len(fitting)} transcripts: {names}{more}"
    return InputError(reason, place=where, remedy=remedy)


def _with_code(one: Entry, files: Sequence[str]) -> list[str]:
    """The files named after a session's code."""
    code = (one.code or "").casefold()
    return [path for path in files if _is_code(code) and code in _words(_name(path))]


def _with_title(one: Entry, files: Sequence[str]) -> list[str]:
    """The files named after a session's title."""
    title = _words(one.details.title or "")
    if len("".join(title)) < _LEAST_TITLE:
        return []
    return [path for path in files if _holds(_words(_name(path)), title)]


def _of_language(one: Entry, files: list[str]) -> list[str]:
    """Of several files, those in the session's language, if any says so."""
    language = (one.details.language or "")[:2].casefold()
    spoken = [path for path in files if language and language in _words(_name(path))[-3:]]
    return spoken if len(files) > 1 and spoken else files


def _is_code(code: str) -> bool:
    return len(code) >= _LEAST_CODE and code.isalnum()


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _holds(words: Sequence[str], title: Sequence[str]) -> bool:
    size = len(title)
    return any(list(words[at : at + size]) == title for at in range(len(words) - size + 1))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name.casefold()).replace("'", "").replace("’", "")
    return re.findall(r"[^\W_]+", plain)
