"""Said to shown by recorded edits, and their replay: the proof that a quote is verbatim. Pure.

``shown`` is ``said`` after the edits, in order. Eight kinds are lawful and nothing else; none may
take a negation, a condition or an attribution with it. ``replay`` checks every edit anew, so a
quote from anywhere – the scorer, a person, a restored backup – is held to the same law.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from bot.lexicon import CONDITIONS, NEGATIONS, tokens
from bot.model import Edit
from bot.windups import windup_length

FILLERS = frozenset(
    {"um", "umm", "uh", "uhm", "er", "erm", "ah", "hmm", "mm", "you know", "i mean"}
)
_SAYING = {
    *("said", "says", "told", "tells", "wrote", "writes", "thought", "thinks", "believed"),
    *("believes", "claimed", "claims", "argued", "argues", "insisted", "insists", "asked"),
    *("asks", "called", "calls", "quoted", "according", "admitted", "warned"),
}
_OWN_WORDS = re.compile(r"^i (?:wrote|have|had|posted|tweeted|published)\b")
_PUNCTUATION = re.compile(r"[\s.,;:!…\"“”„‘’'()\[\]–—-]*")
_WORD_INSIDE = re.compile(r"\w")


class EditRefused(ValueError):  # noqa: N818 - the field's word for it
    """An edit that is not lawful: which one (from 0) and why."""

    def __init__(self, index: int, reason: str) -> None:
        self.index, self.reason = index, reason
        super().__init__(f"edit {index + 1} {reason}")


def trimmed(said: str) -> tuple[str, tuple[Edit, ...]]:
    """``shown`` and the edits to it: a wind-up goes from the start, a capital takes its place."""
    edits: list[Edit] = []
    length = windup_length(said)
    if length and lost(said[:length]) is None:
        edits.append(Edit("trim-start", 0, said[:length], ""))
    first = said[sum(len(edit.old) for edit in edits) :]
    word = re.match(r"\w+", first)
    if word and word[0][0].islower() and not any(map(str.isupper, word[0])):
        edits.append(Edit("case", 0, first[0], first[0].upper()))
    return replay(said, edits), tuple(edits)


def replay(said: str, edits: Sequence[Edit], glossary: Mapping[str, str] | None = None) -> str:
    """``shown`` from ``said``; raises ``EditRefused`` at the first edit that is not lawful.

    ``glossary`` maps what was misheard to what was meant; glossary edits must be in it.
    """
    text = said
    for index, edit in enumerate(edits):
        stop = edit.at + len(edit.old)
        if edit.at < 0 or text[edit.at : stop] != edit.old:
            raise EditRefused(index, f"does not fit: no {edit.old!r} at {edit.at}")
        if edit.kind == "glossary":
            reason = (
                None if (glossary or {}).get(edit.old) == edit.new else "is not in the glossary"
            )
        elif edit.kind in _LAWS:
            reason = _LAWS[edit.kind](text, edit)
        else:
            reason = f"is of no lawful kind: {edit.kind!r}"
        if reason:
            raise EditRefused(index, reason)
        text = text[: edit.at] + edit.new + text[stop:]
    return text


def shown_offset(said: str, edits: Sequence[Edit]) -> int:
    """Where in ``said`` the first shown character stands."""
    gone = 0
    for edit in edits:
        if edit.at == 0 and len(edit.new) < len(edit.old):
            gone += len(edit.old) - len(edit.new)
    while gone < len(said) - 1 and said[gone].isspace():
        gone += 1
    return gone


def lost(removed: str) -> str | None:
    """What taking these words away would lose: a negation, a condition, an attribution, or None."""
    words = tokens(removed)
    for word in words:
        if word in NEGATIONS or word.endswith("n't"):
            return f"loses the negation {word!r}"
        if word in CONDITIONS:
            return f"loses the condition {word!r}"
        if word in _SAYING and not _OWN_WORDS.match(" ".join(words)):
            return f"loses the attribution {word!r}"
    return None


def _trim_start(text: str, edit: Edit) -> str | None:
    rest = text[len(edit.old) :]
    if edit.at != 0 or edit.new or not rest.strip():
        return "is no trim at the start"
    if not edit.old[-1:].isspace() and _joins(text, len(edit.old)):
        return "cuts a word in two"
    return lost(edit.old)


def _trim_end(text: str, edit: Edit) -> str | None:
    if edit.at + len(edit.old) != len(text) or edit.new.strip(".!…") or edit.at == 0:
        return "is no trim at the end"
    return "cuts a word in two" if _joins(text, edit.at) else lost(edit.old)


def _filler(text: str, edit: Edit) -> str | None:
    if " ".join(tokens(edit.old)) not in FILLERS or edit.new.strip(" ,"):
        return "takes away more than a filler"
    return _inside(text, edit)


def _repeat(text: str, edit: Edit) -> str | None:
    words = tokens(edit.old)
    following = tokens(text[edit.at + len(edit.old) :])
    if edit.new or not words or following[: len(words)] != words:
        return "takes away words that are not said again at once"
    return _inside(text, edit)


def _cut(text: str, edit: Edit) -> str | None:
    if edit.new.strip() != "…":
        return "cuts without showing …"
    return _inside(text, edit) or lost(edit.old)


def _case(text: str, edit: Edit) -> str | None:
    return None if edit.old.casefold() == edit.new.casefold() else "changes more than capitals"


def _punctuation(text: str, edit: Edit) -> str | None:
    if not _PUNCTUATION.fullmatch(edit.old) or not _PUNCTUATION.fullmatch(edit.new):
        return "changes more than punctuation"
    before, after = text[edit.at - 1 : edit.at], text[edit.at + len(edit.old) :][:1]
    if after.isdigit() or (_joins(text, edit.at, len(edit.old)) and not edit.new.strip("'’-")):
        return "changes a number or joins two words"
    return "parts a word" if not edit.old and before.isalnum() and after.isalnum() else None


def _inside(text: str, edit: Edit) -> str | None:
    """An edit in the middle starts and stops between words."""
    stop = edit.at + len(edit.old)
    return "cuts a word in two" if _joins(text, edit.at) or _joins(text, stop) else None


def _joins(text: str, at: int, width: int = 0) -> bool:
    """Whether letters or digits stand on both sides of a place."""
    before, after = text[at - 1 : at] if at else "", text[at + width : at + width + 1]
    return before.isalnum() and after.isalnum()


_LAWS: dict[str, Callable[[str, Edit], str | None]] = {
    "trim-start": _trim_start,
    "trim-end": _trim_end,
    "filler": _filler,
    "repeat": _repeat,
    "cut": _cut,
    "case": _case,
    "punctuation": _punctuation,
}
