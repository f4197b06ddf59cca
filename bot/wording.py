"""Said to shown by recorded edits, and their replay: the proof that a quote is verbatim. Pure.

``shown`` is ``said`` after the edits, in order. Eight kinds are lawful and nothing else; none may
take a negation, a condition or an attribution with it. ``replay`` checks every edit anew, so a
quote from anywhere – the scorer, a person, a restored backup – is held to the same law.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial, reduce

from bot import cleanup
from bot.lexicon import first_words, tokens
from bot.losses import lost
from bot.model import Edit
from bot.remembering import remembered
from bot.windups import settled_cuts, windup_cuts

FILLERS = frozenset(
    {"um", "umm", "uh", "uhm", "er", "erm", "ah", "hmm", "mm", "you know", "i mean"}
)
_LEAST = 4  # words that stay after a wind-up
_PUNCTUATION = re.compile(r"[\s.,;:!…\"“”„‘’'()\[\]–—-]*")
# A word with what belongs to it: "can't", "re-sign", "1.5", "3,000", "-5", "$10", "50%", "C++".
UNIT = re.compile(
    r"(?:(?<![^\W_])[-−–+±]?[$€£¥]?[.,]?(?=\d))?\w(?:\w|['’.-](?=\w)|(?<=\d)[,:/–](?=\d))*"
    r"(?:%|°|\+\+|#)?"
)
_OPENING = 40  # characters, beyond which the end of a sentence is looked for
_SENTENCE_END = re.compile(r"[.!?](?<=[^\W\d_].)(?!\S)")
_FIRST_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?…;:—–]")
_END = re.compile(r"[.!;:]")
_TAIL = re.compile(  # what trails off after a sentence that was whole
    r"[\s,–—-]*(?:right|you know|you see|i think|i guess|i mean|and so on|et cetera|or whatever"
    r"|or something(?: like that)?|so yeah|yeah|okay)[.!?…\s]*",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*\s*$")


_Law = Callable[[str, Edit], str | None]  # why an edit of a text is not lawful, if it is not


class EditRefused(ValueError):  # noqa: N818 - the field's word for it
    """An edit that is not lawful: which one (from 0) and why."""

    def __init__(self, index: int, reason: str) -> None:
        self.index, self.reason = index, reason
        super().__init__(f"edit {index + 1} {reason}")


def trimmed(
    said: str,
    glossary: Mapping[str, str] | None = None,
    *,
    light: bool = False,
    english: bool = True,
) -> tuple[str, tuple[Edit, ...]]:
    """``shown`` and the edits to it: a wind-up goes from the start, a capital takes its place.

    ``glossary`` maps what was misheard to what is shown. ``light`` also takes out fillers, stutters
    and what trails off. Where a talk is not ``english`` no word goes: "um" means something there.
    """
    closing = cleanup.closed(said, english=english)
    said = reduce(_edited, closing, said)
    opening = _SENTENCE_END.search(said, _OPENING) if english else None
    start = _settled(said[: opening.end()]) if opening else None
    if start is None:
        start = _opened(said, windup_cuts(said) if english else ())
    shown = reduce(_edited, start, said)
    cleaning = list(_cleaning(shown)) if light and english else []
    shown = reduce(_edited, cleaning, shown)
    corrections = _corrections(shown, glossary or {})
    return reduce(_edited, corrections, shown), (*closing, *start, *cleaning, *corrections)


@remembered(4096)  # several spans open on one sentence
def _settled(opening: str) -> tuple[Edit, ...] | None:
    """The edits at the start of any text that opens so; None where the rest has a say in them."""
    cuts = settled_cuts(opening)
    return None if cuts is None else _opened(opening, cuts)


def _opened(said: str, cuts: Sequence[int]) -> tuple[Edit, ...]:
    """The edits at the start of a text: a wind-up goes, a capital takes its place."""
    enough = (at for at in reversed(cuts) if len(first_words(said[at:], _LEAST)) == _LEAST)
    cut = next(enough, 0)
    windup = Edit("trim-start", 0, said[:cut], "")
    edits = (windup,) if cut and (_whole_words(said, windup) or lost(windup.old)) is None else ()
    first = said[cut:] if edits else said
    word = _FIRST_WORD.match(first)
    if word and word[0][0].islower() and not any(map(str.isupper, word[0])):
        capital = Edit("case", 0, first[0], first[0].upper())
        return (*edits, capital) if _case(first, capital) is None else edits
    return edits


def _cleaning(text: str) -> Iterator[Edit]:
    """The lawful edits of a light cleaning, each for the text the ones before it leave.

    No edit goes over a plain end of a sentence: each sentence is swept by itself, the last first.
    """
    while (tail := cleanup.tail(text)) and _trim_end(text, tail) is None:
        yield tail
        text = _edited(text, tail)
    sentences = cleanup.sentences(text)
    if all(map(cleanup.is_clean, map(str.lstrip, sentences))):
        return
    parts = list(map(_swept, sentences))
    if not cleanup.are_apart(text, [shown for _, shown, _ in parts]):
        parts = [_swept(text)]
    start = len(text)
    for said, _, edits in reversed(parts):
        start -= len(said)
        yield from [Edit(one.kind, start + one.at, one.old, one.new) for one in edits]


@remembered(4096)  # spans share sentences
def _swept(said: str) -> tuple[str, str, tuple[Edit, ...]]:
    """A text, the same without fillers and stutters, and the lawful edits to it."""
    text, found = said, list[Edit]()
    while lawful := [one for one in cleanup.edits(text) if _LAWS[one.kind](text, one) is None]:
        found.append(lawful[0])
        text = _edited(text, lawful[0])
        if capital := cleanup.capital(text, lawful[0].at):
            found.append(capital)
            text = _edited(text, capital)
    return said, text, tuple(found)


def _edited(text: str, edit: Edit) -> str:
    return text[: edit.at] + edit.new + text[edit.at + len(edit.old) :]


def _corrections(shown: str, glossary: Mapping[str, str]) -> list[Edit]:
    """Glossary edits of a text, the last first, so that none moves another."""
    if not glossary:
        return []
    longest = sorted(glossary, key=len, reverse=True)
    misheard = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    edits = [
        Edit("glossary", found.start(), found[0], glossary[found[0]])
        for found in misheard.finditer(shown)
    ]
    return [edit for edit in reversed(edits) if _glossary(shown, edit, glossary) is None]


def replay(said: str, edits: Sequence[Edit], glossary: Mapping[str, str] | None = None) -> str:
    """``shown`` from ``said``; raises ``EditRefused`` at the first edit that is not lawful.

    ``glossary`` maps what was misheard to what was meant; glossary edits must be in it.
    """
    text = said
    laws: dict[str, _Law] = {**_LAWS, "glossary": partial(_glossary, glossary=glossary or {})}
    for index, edit in enumerate(edits):
        stop = edit.at + len(edit.old)
        if not 0 <= edit.at <= len(text) or text[edit.at : stop] != edit.old:
            raise EditRefused(index, f"does not fit: no {edit.old!r} at {edit.at}")
        law = laws.get(edit.kind)
        if reason := law(text, edit) if law else f"is of no lawful kind: {edit.kind!r}":
            raise EditRefused(index, reason)
        text = _edited(text, edit)
    return text


def _trim_start(text: str, edit: Edit) -> str | None:
    if edit.at != 0 or edit.new or not tokens(text[len(edit.old) :]):
        return "is no trim at the start"
    if reason := _whole_words(text, edit) or lost(edit.old):
        return reason
    return None if len(edit.old) in windup_cuts(text) else "takes away more than a wind-up"


def _trim_end(text: str, edit: Edit) -> str | None:
    rest = text[: edit.at]
    if edit.at + len(edit.old) != len(text) or edit.new.strip(".!…") or not tokens(rest):
        return "is no trim at the end"
    if reason := _whole_words(text, edit) or lost(edit.old):
        return reason
    if _ENDED.search(rest):
        return None
    if "?" in edit.old:
        return "turns a question into a statement"
    return None if _TAIL.fullmatch(edit.old) else "cuts a sentence short"


def _filler(text: str, edit: Edit) -> str | None:
    spoken = tokens(edit.old)
    if " ".join(spoken) not in FILLERS or _more_than_words(edit) or edit.new.strip(" ,"):
        return "takes away more than a filler"
    if len(spoken) > 1 and not _set_off(text, edit):
        return "takes away words that belong to the sentence"
    return _whole_words(text, edit) or _run_on(text, edit, edit.old)


def _repeat(text: str, edit: Edit) -> str | None:
    words = _units(edit.old)
    following = _units(text[edit.at + len(edit.old) :])
    again = following[: len(words)] == words
    begun = not again and cleanup.is_begun(edit.old, following)
    if edit.new or not words or _more_than_words(edit) or not (again or begun):
        return "takes away words that are not said again at once"
    if (begun or words == ["not"]) and (reason := lost(edit.old)):
        return reason
    trailing = edit.old.replace("...", " ")  # as a stutter does, within its sentence
    return _whole_words(text, edit) or _run_on(text, edit, trailing)


def _cut(text: str, edit: Edit) -> str | None:
    if edit.new.strip() != "…":
        return "cuts without showing …"
    if reason := _whole_words(text, edit) or lost(edit.old):
        return reason
    sentences = _ENDED.search(text[: edit.at]) and _ENDED.search(edit.old)
    return None if sentences or _set_off(text, edit) else "cuts a sentence short"


def _glossary(text: str, edit: Edit, glossary: Mapping[str, str]) -> str | None:
    if glossary.get(edit.old) != edit.new:
        return "is not in the glossary"
    kept = tokens(edit.new)
    gone = " ".join(word for word in tokens(edit.old) if word not in kept)
    return _whole_words(text, edit) or lost(gone)


def _case(text: str, edit: Edit) -> str | None:
    same = len(edit.old) == len(edit.new) and edit.old.casefold() == edit.new.casefold()
    return None if same else "changes more than capitals"


def _punctuation(text: str, edit: Edit) -> str | None:
    if not _PUNCTUATION.fullmatch(edit.old) or not _PUNCTUATION.fullmatch(edit.new):
        return "changes more than punctuation"
    if edit.old.count("…") > edit.new.count("…"):
        return "hides a cut"
    if reason := _whole_words(text, edit):
        return reason
    if _STOP.search(edit.old) and not _STOP.search(edit.new) and tokens(text[edit.at :]):
        return "runs two sentences into one"
    return None


def _run_on(text: str, edit: Edit, old: str) -> str | None:
    """Why words may not go with the stop beside them: no other is left between two sentences."""
    if not _END.search(UNIT.sub("", old)):
        return None
    before, after = text[: edit.at], text[edit.at + len(edit.old) :]
    marks = UNIT.split(before)[-1] + UNIT.split(after, maxsplit=1)[0]
    apart = _STOP.search(marks) or not tokens(before) or not tokens(after)
    return None if apart else "runs two sentences into one"


def _more_than_words(edit: Edit) -> bool:
    """Whether something stands between the words that is no plain punctuation, or shows a cut."""
    between = UNIT.sub("", edit.old)
    return "…" in between or not _PUNCTUATION.fullmatch(between)


def _set_off(text: str, edit: Edit) -> bool:
    """Whether marks, or an end of the text, stand on both sides of what is taken away."""
    left = edit.old[: len(edit.old) - len(edit.old.lstrip(" ,.;:–—-"))]
    right = edit.old[len(edit.old.rstrip(" ,.;:–—-")) :]
    before = (text[: edit.at] + left).rstrip()
    after = (right + text[edit.at + len(edit.old) :]).lstrip()
    return not before[-1:].isalnum() and not after[:1].isalnum()


def _whole_words(text: str, edit: Edit) -> str | None:
    """An edit starts and stops between words, and leaves the words beside it as they are."""
    stop = edit.at + len(edit.old)  # no word goes beyond the spaces on either side
    first = max(text.rfind(" ", 0, max(edit.at - 1, 0)), 0)
    last = text.find(" ", stop + 1) + 1 or len(text)
    return joined(text[first : edit.at], edit.old, edit.new, text[stop:last])


@remembered(4096)
def joined(before: str, old: str, new: str, after: str) -> str | None:
    """What an edit does to the words on either side of it."""
    left, right = _units(before), _units(after)
    if left + _units(old) + right != _units(before + old + after):
        return "cuts a word in two"
    if left + _units(new) + right != _units(before + new + after):
        return "changes a word or joins two"
    return None


def _units(text: str) -> list[str]:
    return UNIT.findall(text.casefold().replace("’", "'"))


_LAWS: dict[str, _Law] = {
    "trim-start": _trim_start,
    "trim-end": _trim_end,
    "filler": _filler,
    "repeat": _repeat,
    "cut": _cut,
    "case": _case,
    "punctuation": _punctuation,
}
