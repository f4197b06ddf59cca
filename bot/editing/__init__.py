"""From what was said to what a person typed: the lawful edits between the two, or why none. Pure.

``texts`` takes both apart into words and marks, ``pairing`` finds which said word each typed
one is, ``draft`` writes the edits. The law itself is that of ``bot.wording``, asked of each edit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.editing.draft import Draft, Refused
from bot.editing.pairing import Pair, paired
from bot.editing.texts import Text, as_typed, taken_apart
from bot.model import Edit
from bot.wording import replay

__all__ = ["NotSaid", "Unsaid", "edits_to"]

MOST_WORDS = 150


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Characters ``start`` to ``stop`` of what was typed that cannot be shown so, and why."""

    start: int
    stop: int
    reason: str


class NotSaid(ValueError):  # noqa: N818 - a person's words, not a failure
    """No lawful edits lead to what was typed: where it goes wrong, in order, and why."""

    def __init__(self, spots: Sequence[Unsaid]) -> None:
        self.spots = tuple(spots)
        super().__init__("; ".join(dict.fromkeys(one.reason for one in spots)))


def edits_to(said: str, typed: str, glossary: Mapping[str, str] | None = None) -> tuple[Edit, ...]:
    """The edits whose ``replay`` makes of ``said`` what a person typed; raises NotSaid.

    Marks that are only another way to type those said (straight quotes, three dots, two spaces, a
    hyphen for a dash) stay as they were said, so nothing is edited for them.
    """
    wanted, glossary = as_typed(typed), glossary or {}
    if not wanted.words:
        raise NotSaid([Unsaid(0, len(typed), "there are no words")])
    if len(wanted.words) > MOST_WORDS:
        raise NotSaid([Unsaid(0, len(typed), f"a quote has {MOST_WORDS} words at most")])
    pairs = paired(said, wanted, glossary)
    if pairs is None:
        raise NotSaid(_unsaid(taken_apart(said), wanted))
    draft = Draft(said, pairs, glossary)
    try:
        draft.write(wanted)
    except Refused as error:
        raise NotSaid([_around(wanted, pairs, error)]) from error
    edits = tuple(draft.edits)
    assert replay(said, edits, glossary) == draft.text  # noqa: S101 - the law has the last word
    return edits


def _around(typed: Text, pairs: Sequence[Pair], error: Refused) -> Unsaid:
    """The typed words on both sides of what cannot be edited so."""
    before = pairs[max(0, error.place - 1)]
    after = pairs[min(error.place, len(pairs) - 1)]
    start, stop = typed.spans[before.typed][0], typed.spans[after.typed_stop - 1][1]
    return Unsaid(start, stop, error.reason)


def _unsaid(said: Text, typed: Text) -> list[Unsaid]:
    """The typed words that are not said, by the longest runs that are."""
    matcher = SequenceMatcher(None, said.keys, typed.keys, autojunk=False)
    return list(_spots(said, typed, matcher.get_opcodes()))


def _spots(
    said: Text, typed: Text, changes: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Unsaid]:
    for kind, first, last, start, stop in changes:
        if kind not in ("replace", "insert"):
            continue
        there = " ".join(said.words[first:last])
        reason = f"the talk says “{there}” here" if there else "the talk does not say this here"
        yield Unsaid(typed.spans[start][0], typed.spans[stop - 1][1], reason)
