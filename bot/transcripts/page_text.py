"""Page text with start times: title lines, then ``00:00:03.120 | text``, a line a cue.

Also read: ``[00:03] text``, ``0:03 text`` and a time on a line of its own above its text.
"""

import re

from bot.clock import clock_ms
from bot.errors import TranscriptError
from bot.model import Cue, Removed
from bot.transcripts.base import NO_WORDS, Body, Format
from bot.transcripts.front_matter import details_of
from bot.transcripts.lrc import sniff as is_lrc
from bot.transcripts.timed_rows import MS_PER_WORD

_TIME = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?"
_LINE = re.compile(
    rf"^[ \t]*(?:[\[(]({_TIME})[\])]:?|({_TIME}):?(?=[ \t|]|$))"  # [00:03] or 00:03
    r"[ \t]*(?:[|–—-](?=[ \t]|$))?[ \t]*(.*)$"
)


def _sniff(head: str) -> bool:
    if "-->" in head or is_lrc(head):
        return False
    lines = [line for line in head.split("\n") if line.strip()]
    timed = [place for place, line in enumerate(lines) if _LINE.match(line)]
    return len(timed) >= min(2, len(lines)) > 0 and len(timed) * 3 >= len(lines) - timed[0]


def _read(text: str, source: str) -> Body:
    head: list[str] = []
    starts: list[tuple[int, int]] = []  # start_ms, line number
    texts: list[list[str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        start_ms = clock_ms(match[1] or match[2]) if match else None
        if match and start_ms is not None:
            _check_order(starts, start_ms, source, number)
            starts.append((start_ms, number))
            texts.append([match[3]])
        elif texts:
            texts[-1].append(line)
        else:
            head.append(line)
    cues = _cues(starts, [" ".join(" ".join(lines).split()) for lines in texts])
    removed = tuple(Removed(NO_WORDS, "", cue.start_ms, cue.line) for cue in cues if not cue.text)
    worded = tuple(cue for cue in cues if cue.text)
    return Body(worded, len(starts), details_of(head), removed=removed)


def _check_order(starts: list[tuple[int, int]], start_ms: int, source: str, line: int) -> None:
    if starts and start_ms < starts[-1][0]:
        raise TranscriptError(
            source,
            f"the time runs backwards, behind that of line {starts[-1][1]}",
            line=line,
            remedy="put the lines in order or split the file where a new recording begins",
        )


def _cues(starts: list[tuple[int, int]], texts: list[str]) -> list[Cue]:
    last_ms = starts[-1][0] + MS_PER_WORD * (len(texts[-1].split()) + 1)
    ends = [*(start_ms for start_ms, _ in starts[1:]), last_ms]
    return [
        Cue(start_ms, end_ms, text, line=line)
        for (start_ms, line), end_ms, text in zip(starts, ends, texts, strict=True)
    ]


PAGE_TEXT = Format(
    "page_text",
    "page text with start times",
    _sniff,
    _read,
    programs="transcript pages saved as text, Talk Python and other show notes",
    speakers="as labels",
    word_times="no",
    lost="ends of cues: each is taken to last until the next",
)
