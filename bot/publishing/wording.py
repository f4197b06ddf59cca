"""The pattern of a post's words: fields, what stands between them, and what goes with a field.

“{quote}” – {speaker}, {talk} {time}

A field takes its quotation marks and brackets with it when it is empty, and of what stood on both
sides of it one remains: the stronger one, so that no comma or dash is left over. Pure.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

FIELDS = ("quote", "speaker", "talk", "event", "time", "url")
BARE = "“{quote}” – {speaker}"
_FIELD = re.compile(r"\{([^{}]*)\}")
_OPENS, _CLOSES = ("Ps", "Pi"), ("Pe", "Pf")
_EITHER = "\"'„‚*_"  # stand on both sides, or are quotation marks of another sort
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Chunk:
    """A field with the marks that belong to it."""

    field: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern taken apart: one more text than chunks, those between, before and after them."""

    chunks: tuple[Chunk, ...]
    between: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled pattern and where its fields stand: ``[start, end)`` without their marks."""

    text: str
    places: Mapping[str, tuple[int, int]]


def check_wording(pattern: str) -> None:
    """``ValueError`` says what is wrong with a pattern."""
    read_wording(pattern)


def read_wording(pattern: str) -> Wording:
    """Take a pattern apart; ``ValueError`` for an unknown field, or none at all, or too long."""
    pattern = re.sub(r"\r\n?", "\n", pattern).strip()
    if not pattern:
        raise ValueError("the wording is empty; write one with {quote}, or leave it out")
    if len(pattern) > _LONGEST:
        raise ValueError(f"the wording is longer than {_LONGEST} letters")
    names = _FIELD.findall(pattern)
    for name in names:
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            known = f"did you mean {{{near[0]}}}?" if near else "known are " + ", ".join(
                f"{{{one}}}" for one in FIELDS
            )  # fmt: skip
            raise ValueError(f"the wording has an unknown field {{{name}}}; {known}")
        if names.count(name) > 1:
            raise ValueError(f"the wording has {{{name}}} twice; once is enough")
    if re.search(r"[{}]", _FIELD.sub("", pattern)):
        raise ValueError("the wording has a { or } that is no field's; leave it out")
    return _taken_apart(pattern)


def _taken_apart(pattern: str) -> Wording:
    parts = _FIELD.split(pattern)  # text, name, text, name, … text
    texts, names = parts[::2], parts[1::2]
    chunks: list[Chunk] = []
    for at, name in enumerate(names):
        texts[at], before = _wrapped_before(texts[at])
        after, texts[at + 1] = _wrapped_after(texts[at + 1])
        chunks.append(Chunk(name, before, after))
    return Wording(tuple(chunks), tuple(texts))


def _wrapped_before(text: str) -> tuple[str, str]:
    at = len(text)
    while at and (unicodedata.category(text[at - 1]) in _OPENS or text[at - 1] in _EITHER):
        at -= 1
    return text[:at], text[at:]


def _wrapped_after(text: str) -> tuple[str, str]:
    at = 0
    while at < len(text) and (
        unicodedata.category(text[at]) in (*_CLOSES, "Pi") or text[at] in _EITHER
    ):
        at += 1
    return text[:at], text[at:]


def render(wording: Wording, values: Mapping[str, str]) -> Rendered:
    """Fill a pattern; what is empty goes, with what would dangle."""
    kept = [at for at, chunk in enumerate(wording.chunks) if values.get(chunk.field)]
    text, places = "", {}
    for nth, at in enumerate(kept):
        chunk = wording.chunks[at]
        last = kept[nth - 1] if nth else -1
        if nth == 0:
            text += _lead(wording.between[: at + 1])
        else:
            text += max(wording.between[last + 1 : at + 1], key=_strength)
        start = len(text) + len(chunk.before)
        text += chunk.before + values[chunk.field] + chunk.after
        places[chunk.field] = (start, start + len(values[chunk.field]))
    after = wording.between[(kept[-1] + 1) if kept else 0 :]
    if kept or not wording.chunks:
        text += _tail(after)
    return Rendered(text, places)


def _strength(text: str) -> tuple[bool, int, int]:
    """What of two texts between fields remains: no words, then a line, a dash, a comma."""
    wordless = not any(map(str.isalnum, text))
    order = ("\n", "–—―-|·•:", ";,،、/")
    rank = next((3 - at for at, marks in enumerate(order) if set(marks) & set(text)), 0)
    return wordless, rank, -len(text)


def _lead(texts: tuple[str, ...]) -> str:
    """What stands before the first field that is kept; words bound to one that went go too."""
    first = texts[0]
    bound = len(texts) > 1 and not re.search(r"([^\w\s]|\n)\s*$", first)
    return "" if bound else first


def _tail(texts: tuple[str, ...]) -> str:
    """What stands after the last one that is kept."""
    last = texts[-1]
    bound = len(texts) > 1 and not re.match(r"\s*[^\w\s]|\n", last)
    return "" if bound else last
