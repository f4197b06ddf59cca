"""The tolerant cue reader that WebVTT and SRT share: any line with ``-->`` opens a cue.

It keeps what stricter readers lose: seconds-only times, one-digit hours, commas or dots, missing
indexes, missing blank lines, CR and CRLF in one file, text after a blank line, broken end times.
"""

import html
import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

from bot.clock import CLOCK, clock_ms
from bot.errors import TranscriptError
from bot.model import Cue, Removed, Word
from bot.remembering import remembered
from bot.transcripts.base import NO_START, NO_WORDS, Body

ARROW = "-->"
_ASIDES = ("NOTE", "STYLE", "REGION", "WEBVTT", "Style", "Region")
_TIMELIKE = re.compile(r"\S*\d:\S*|[^\w\s]*")  # a time that was broken, or left out
_ASIDE = re.compile(r"^(?:NOTE|STYLE|REGION|WEBVTT)(?:\s|$)|^(?:Style|Region):?\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^\s<>][^<>]*)>")
_WORD_TIME = re.compile(rf"<({CLOCK})>")
_MAY_HAVE_TIMES = re.compile(r"<-?\d")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.,]*>|\{\\[^{}]*\}")


@dataclass(slots=True)
class _Block:
    """A cue as it stands in the file: the times as written, the lines below them."""

    line: int
    start_ms: int | None
    end_ms: int | None
    lines: list[str] = field(default_factory=list)


_Lines = tuple[tuple[str, str], ...]  # of a block, those with words: as written, as read


def read_cues(text: str, source: str) -> Body:
    """All cues of a WebVTT or SRT text; cues present are counted by their arrows."""
    blocks, notes = _blocks(text.split("\n"))
    if not blocks:
        raise TranscriptError(source, "has no cues", remedy="export the captions again")
    timed = [block for block in blocks if block.start_ms is not None]
    removed = [
        Removed(NO_START, plain(" ".join(block.lines)), line=block.line)
        for block in blocks
        if block.start_ms is None
    ]
    lines = [
        tuple([(line, shown) for line in block.lines if line and (shown := plain(line))])
        for block in timed
    ]
    rolling = _is_rolling(lines)
    cues, empty, merged = _cues(timed, lines, rolling=rolling)
    if rolling:
        notes.append("rolling captions: lines shown twice were read once")
    removed += empty
    return Body(tuple(cues), len(blocks), merged=merged, removed=tuple(removed), notes=tuple(notes))


def _blocks(lines: list[str]) -> tuple[list[_Block], list[str]]:
    blocks: list[_Block] = []
    notes: list[str] = []
    aside = True  # before the first cue, and in NOTE and STYLE blocks
    for number, line in enumerate(lines, 1):
        if (times := _times(line)) is not None:
            if blocks:
                _drop_identifier(blocks[-1].lines)
            blocks.append(_Block(number, *times))
            aside = False
        elif (
            line.startswith(_ASIDES)
            and _ASIDE.match(line)
            and (not blocks or _after_blank(blocks[-1]))
        ):
            aside = True
        elif not aside:
            blocks[-1].lines.append(line)
        elif not line.strip() and blocks:
            aside = False
    if strays := sum(map(_stray, blocks)):
        notes.append(f"{strays} lines without a time joined to the cue before")
    return blocks, notes


def _times(line: str) -> tuple[int | None, int | None] | None:
    """Start and end of a timing line, None for a broken one; None for a line of words."""
    if ARROW not in line:
        return None
    before, _, after = line.partition(ARROW)
    if len(before.split()) > 1:
        return None
    start, end = before.strip(), "".join(after.split()[:1])
    times = clock_ms(start), clock_ms(end)
    broken = _TIMELIKE.fullmatch(start) and _TIMELIKE.fullmatch(end)
    return times if times != (None, None) or broken else None


def _after_blank(block: _Block) -> bool:
    return bool(block.lines) and not block.lines[-1].strip()


def _drop_identifier(lines: list[str]) -> None:
    """Take off the next cue's number or name: a lone line between a blank and the arrow."""
    last = lines[-1].strip() if lines else ""
    if last.isdigit() or (last and len(lines) > 1 and not lines[-2].strip()):
        lines.pop()


def _stray(block: _Block) -> bool:
    """Whether words follow a blank line that follows words."""
    if len(block.lines) < 3:
        return False
    words = [bool(line.strip()) for line in block.lines]
    if True not in words:
        return False
    rest = words[words.index(True) :]
    return False in rest and True in rest[rest.index(False) :]


def _is_rolling(lines: list[_Lines]) -> bool:
    """Whether captions scroll: most cues begin with a line the cue before had."""
    pairs = list(pairwise([[shown for _, shown in block] for block in lines]))
    again = sum([bool(now) and now[0] in before and now != before for before, now in pairs])
    return len(pairs) >= 4 and again > len(pairs) * 0.4


def _cues(
    blocks: list[_Block], written: list[_Lines], *, rolling: bool
) -> tuple[list[Cue], list[Removed], int]:
    """The cues, those without words, and how many show only lines that the cue before had."""
    cues: list[Cue] = []
    empty: list[Removed] = []
    merged = 0
    before: list[str] = []
    for place, (block, lines) in enumerate(zip(blocks, written, strict=True)):
        new = tuple([one for one in lines if one[1] not in before]) if rolling else lines
        following = blocks[place + 1].start_ms if place + 1 < len(blocks) else None
        if new:
            cues.append(_cue(block, new, following))
        elif lines:
            merged += 1
        else:
            empty.append(Removed(NO_WORDS, "", block.start_ms, block.line))
        if rolling:
            before = [shown for _, shown in lines] or before
    return cues, empty, merged


def _voice(marked: str) -> str | None:
    """The speaker named by ``<v Name>``; a cue without one, or with two, has none."""
    if "<v" not in marked:
        return None
    names = set(map(_name, _VOICE.findall(marked)))
    return names.pop() or None if len(names) == 1 else None


def _cue(block: _Block, lines: _Lines, following_ms: int | None) -> Cue:
    start_ms = block.start_ms or 0
    end_ms = block.end_ms
    if end_ms is None or end_ms < start_ms:
        end_ms = max(start_ms, following_ms or start_ms)
    marked = lines[0][0] if len(lines) == 1 else " ".join([line for line, _ in lines])
    words = _words(marked, start_ms, end_ms)
    text = lines[0][1] if len(lines) == 1 else plain(marked)  # a tag may go on in the next line
    return Cue(start_ms, end_ms, text, _voice(marked), words, block.line)


def _words(marked: str, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """Word times written inside a cue, as in ``my<00:00:00.160><c> career</c>``, or none."""
    timed = marked.replace("<c>", "").replace("</c>", "")
    if not _MAY_HAVE_TIMES.search(timed):
        return ()
    parts = _WORD_TIME.split(timed)
    starts = [start_ms, *(clock_ms(part) or 0 for part in parts[1::2])]
    if len(starts) < 2 or starts != sorted(starts) or starts[-1] > end_ms:
        return ()
    texts = [plain(part) for part in parts[::2]]
    ends = [*starts[1:], end_ms]
    return tuple(
        Word(text, start, end) for text, start, end in zip(texts, starts, ends, strict=True) if text
    )


@remembered(1024)  # few speak, and often
def _name(marked: str) -> str:
    return plain(marked)


def plain(marked: str) -> str:
    """A cue's words without tags, entities and doubled space."""
    if "<" in marked or "{" in marked:
        marked = _TAG.sub("", marked)
    if "&" in marked:
        with suppress(ValueError):  # a character number of thousands of digits
            marked = html.unescape(marked)
    return " ".join(marked.split())
