"""From what was said to what was typed, by one lawful edit after another. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from bot.editing.pairing import Pair, runs
from bot.editing.texts import Text, meant, spelt, taken_apart
from bot.model import Edit, EditKind
from bot.windups import windup_cuts
from bot.wording import FILLERS, EditRefused, replay

_SHOWN = 60  # characters of what is left out, in a reason
_TAIL = 40  # characters of what trails off without a mark before it
_CUT_WORDS = 3  # on either side of a cut, where another edit may have to take some first


class Refused(ValueError):  # noqa: N818 - as EditRefused, which it is made of
    """What stands before pair ``place`` of a draft (of the last: after it) cannot become so."""

    def __init__(self, place: int, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(reason)


class Draft:
    """The text so far, where in it the words of each pair stand, and the edits that led here."""

    def __init__(self, said: str, pairs: Sequence[Pair], glossary: Mapping[str, str]) -> None:
        self.text, self.edits = said, list[Edit]()
        spans = taken_apart(said).spans
        self._spans = [(spans[one.first][0], spans[one.stop - 1][1]) for one in pairs]
        self._pairs, self._glossary = pairs, glossary

    def write(self, typed: Text) -> None:
        """Make all the edits; raises Refused."""
        self._trim_start(typed.between[0])
        for place in reversed(range(1, len(self._pairs))):
            self._drop(place, typed.between[self._pairs[place].typed])
        self._trim_end(typed.between[-1])
        for place in reversed(range(len(self._pairs))):
            self._spell(place, typed)
        for place in reversed(range(len(self._pairs) + 1)):
            at = self._pairs[place].typed if place < len(self._pairs) else -1
            self._punctuate(place, typed.between[at])

    def _gap(self, place: int) -> tuple[int, int]:
        """Where what stands before a pair begins and ends."""
        start = self._spans[place - 1][1] if place else 0
        stop = self._spans[place][0] if place < len(self._spans) else len(self.text)
        return start, stop

    def _words(self, place: int) -> list[tuple[int, int]]:
        """The words that stand before a pair and must go, as places of the text."""
        start, stop = self._gap(place)
        return [(start + a, start + b) for a, b in taken_apart(self.text[start:stop]).spans]

    def _refusal(self, edit: Edit) -> str | None:
        try:
            replay(self.text, [edit], self._glossary)
        except EditRefused as error:
            return error.reason
        return None

    def _make(self, edit: Edit) -> None:
        stop, longer = edit.at + len(edit.old), len(edit.new) - len(edit.old)
        self.text = self.text[: edit.at] + edit.new + self.text[stop:]
        self._spans = [
            (a + longer, b + longer)
            if a >= stop
            else (a, b + longer)
            if a <= edit.at < b
            else (a, b)
            for a, b in self._spans
        ]
        self.edits.append(edit)

    def _edit(self, kind: EditKind, start: int, stop: int, new: str) -> Edit:
        return Edit(kind, start, self.text[start:stop], new)

    def _take_out(self, ways: Iterator[Edit]) -> bool:
        """Make the first of these edits that is lawful; False where none is."""
        lawful = next((edit for edit in ways if self._refusal(edit) is None), None)
        if lawful:
            self._make(lawful)
        return lawful is not None

    def _drop(self, place: int, wanted: str) -> None:
        """Take out the words before a pair."""
        while words := self._words(place):
            if not self._take_out(self._ways(place, words, wanted)):
                raise Refused(place, self._why(place, "cut", " … "))

    def _ways(self, place: int, words: list[tuple[int, int]], wanted: str) -> Iterator[Edit]:
        start, stop = self._gap(place)
        before, after = self.text[start : words[0][0]], self.text[words[-1][1] : stop]
        stands = {meant(before, wanted), meant(after, wanted)} & {before, after}
        if "…" in wanted and not stands:
            yield from self._cuts(place, words, wanted)
        wanted = meant(before, wanted)
        keys = taken_apart(self.text[words[0][0] :]).keys
        for first, last in runs(len(words)):
            again = keys[first:last] == keys[last : 2 * last - first]
            if not again and " ".join(keys[first:last]) not in FILLERS:
                continue
            left = words[first - 1][1] if first else start
            right = words[last][0] if last < len(words) else stop
            edges = (left, words[first][0], words[last - 1][1], right)
            yield from self._droppings(edges, wanted if last - first == len(words) else None)

    def _droppings(self, edges: tuple[int, int, int, int], wanted: str | None) -> Iterator[Edit]:
        """Ways to take out one run of words: first those that leave the marks as they were typed.

        ``wanted`` is None where more words are to go: marks that set them off stay first.

        ``edges`` are where what is before it begins and ends, and so what is after it.
        """
        left, first, last, right = edges
        before, after = self.text[left:first], self.text[last:right]
        ways = [(first, right, "", before), (left, last, "", after)]
        filled = dict.fromkeys([wanted or " ", " ", ", "])
        ways += [(left, right, new, new) for new in filled if not new.strip(" ,")]
        ways.sort(key=lambda way: way[3] != wanted if wanted is not None else "," not in way[3])
        for kind in ("filler", "repeat"):
            for start, stop, new, _ in ways:
                yield self._edit(kind, start, stop, new)

    def _cuts(self, place: int, words: list[tuple[int, int]], wanted: str) -> Iterator[Edit]:
        """Ways to cut all words before a pair, or all but a few at either side of them."""
        start, stop = self._gap(place)
        some = min(_CUT_WORDS, len(words) - 1)
        for skip, leave in sorted(product(range(some + 1), repeat=2), key=sum):
            if skip + leave < len(words):
                left = words[skip - 1][1] if skip else start
                right = words[-leave][0] if leave else stop
                last = words[len(words) - 1 - leave][1]
                yield from self._shown_cuts((left, words[skip][0], last, right), wanted)

    def _shown_cuts(self, edges: tuple[int, int, int, int], wanted: str) -> Iterator[Edit]:
        """Ways to cut a run of words: first those that leave the marks as they were typed."""
        left, first, last, right = edges
        ways: list[tuple[bool, Edit]] = []
        for start, stop in product((first, left), (right, last)):
            before, after = self.text[left:start], self.text[stop:right]
            for new in dict.fromkeys([wanted.strip(" ,;:–—"), "… ", " … ", " …", "…"]):
                if new.strip() == "…" and _apart(self.text, stop, new):
                    as_typed = before + new + after == wanted
                    ways.append((not as_typed, self._edit("cut", start, stop, new)))
        yield from (edit for _, edit in sorted(ways, key=lambda way: way[0]))

    def _trim_start(self, wanted: str) -> None:
        while words := self._words(0):
            if not self._take_out(self._openings(words, wanted)):
                raise Refused(0, self._why(0, "trim-start"))
        marks = self.text[: self._gap(0)[1]]
        if meant(marks, wanted) != marks:  # what is left of a sentence before: "... "
            self._take_out(self._edit("trim-start", 0, cut, "") for cut in windup_cuts(self.text)
                           if cut <= len(marks))  # fmt: skip

    def _openings(self, words: list[tuple[int, int]], wanted: str) -> Iterator[Edit]:
        _, stop = self._gap(0)
        for cut in sorted(windup_cuts(self.text), reverse=True):
            if cut <= stop:
                yield self._edit("trim-start", 0, cut, "")
        yield from self._ways(0, words, wanted)

    def _trim_end(self, wanted: str) -> None:
        place = len(self._spans)
        while words := self._words(place):
            if not self._take_out(self._endings(place, words, wanted)):
                raise Refused(place, self._why(place, "trim-end", "."))

    def _endings(self, place: int, words: list[tuple[int, int]], wanted: str) -> Iterator[Edit]:
        start, _ = self._gap(place)
        for before, (first, _) in zip((start, *(b for _, b in words)), words, strict=False):
            marks = self.text[before:first]
            if not marks.strip() and len(self.text) - first > _TAIL:
                continue
            for at in dict.fromkeys([before + len(marks.rstrip()), before, first]):
                for new in dict.fromkeys(["", wanted, ".", "…"]):
                    if not new.strip(".!…"):
                        yield self._edit("trim-end", at, len(self.text), new)
        yield from self._ways(place, words, wanted)

    def _spell(self, place: int, typed: Text) -> None:
        """Give the words of a pair the letters that were typed."""
        pair = self._pairs[place]
        start, stop = self._spans[place]
        if pair.corrected is not None:
            start = self._correct(place, pair, start)
            stop = self._spans[place][1]
        here = taken_apart(self.text[start:stop])
        wanted = spelt(here.words, typed.words[pair.typed : pair.typed_stop])
        for (a, _), word, new in reversed(list(zip(here.spans, here.words, wanted, strict=True))):
            if word == new:
                continue
            only_first = word[1:] == new[1:]
            old, better = (word[0], new[0]) if only_first else (word, new)
            self._lawful(place, Edit("case", start + a, old, better))

    def _correct(self, place: int, pair: Pair, start: int) -> int:
        new = pair.corrected or ""
        for old, right in self._glossary.items():
            at = start - (taken_apart(old).spans or ((0, 0),))[0][0]
            if right == new and self.text.startswith(old, max(0, at)):
                self._lawful(place, Edit("glossary", max(0, at), old, new))
                first, last = taken_apart(new).spans[0][0], taken_apart(new).spans[-1][1]
                self._spans[place] = (at + first, at + last)
                return at + first
        raise Refused(place, "is not in the glossary")

    def _punctuate(self, place: int, typed: str) -> None:
        start, stop = self._gap(place)
        said = self.text[start:stop]
        wanted = meant(said, typed)
        if wanted == said:
            return
        small = _smallest(start, said, wanted)
        self._lawful(
            place,
            small if self._refusal(small) is None else Edit("punctuation", start, said, wanted),
        )

    def _lawful(self, place: int, edit: Edit) -> None:
        reason = self._refusal(edit)
        if reason:
            raise Refused(place, reason)
        self._make(edit)

    def _why(self, place: int, kind: EditKind, new: str = "") -> str:
        """Why what stands before a pair must stay, as the law says it of all of it."""
        start, stop = self._gap(place)
        gone = " ".join(self.text[start:stop].split()).strip(" ,;:–—")
        reason = self._refusal(self._edit(kind, start, stop, new))
        return f"“{_short(gone)}” is left out: {reason or 'show that with …'}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _apart(text: str, stop: int, new: str) -> bool:
    """Whether a cut leaves the mark that shows it apart from the word after it."""
    return new.endswith(" ") or not text[stop : stop + 1].isalnum()


def _smallest(start: int, old: str, new: str) -> Edit:
    """The change of marks without what both have at the start and the end."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    back = 0
    while back < min(len(old), len(new)) - same and old[-1 - back] == new[-1 - back]:
        back += 1
    return Edit(
        "punctuation", start + same, old[same : len(old) - back], new[same : len(new) - back]
    )
