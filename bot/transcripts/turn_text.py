"""Turn text: who speaks and since when on a line, what is said below it.

``Ada Quill  0:34`` (Otter), ``Ada Quill (00:34):`` (Rev), ``**Ada Quill:** 00:00:34``, and with the
time first, ``00:00:34 Ada Quill``.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bot.clock import clock_ms
from bot.model import Cue, Removed
from bot.transcripts.base import NO_WORDS, Body, Format
from bot.transcripts.front_matter import details_of
from bot.transcripts.timed_rows import MS_PER_WORD

FOOTER = "a note of the program that wrote it"
A_HEADING = "a heading between turns"
_TIME = r"(?P<time>(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?)"
_NAME = r"(?P<name>[^\W\d_][^\n:\[\]()|]{0,50}?(?: \([^()\d]{1,40}\))?)"
_ALONE = re.compile(rf"^{_NAME}:?\s+[\[(]?{_TIME}[\])]?\s*:?$")
_TIME_FIRST = re.compile(
    rf"^[\[(]?{_TIME}[\])]?\s+(?:[-–—]\s+)?(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){{0,3}}):?$"
)
_WITH_WORDS = re.compile(rf"^{_NAME}\s+[\[(]{_TIME}[\])]\s*:?\s+(?P<words>\S.*)$")
_SPEAKS_ON = re.compile(rf"^[\[(]{_TIME}[\])]\s*:?\s*(?P<words>.*)$")  # a time, the same voice
_OTHER = re.compile(r"^(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}):\s+(?=\S)")
_CLOCK = re.compile(r"\d:\d\d")
_NEITHER = re.compile(r"[^\w\s.,:'’()\[\]#>*–—-]")  # stands in no time, no name and no Markdown
_SIGN = re.compile(r"[#>*_]")
_MARKDOWN = re.compile(  # not the stars of a word that may not be said: four, or apart
    r"^[#>\s]+(?=\S)|^[*_]\s+|(?<=[^\s*_])[*_]{2,3}(?![*_])|(?<![*_])[*_]{2,3}(?=[^\s*_])"
    r"|(?<=[^\s*_#])[*_#]{1,3}$"
)
_FOOTER = re.compile(
    r"(?i)^(?:transcribed by\b|(?:transcription|meeting|recording) (?:ended|stopped)\b"
    r"|this (?:editable )?transcript was\b|unknown speaker$)"
)
_HEADING = re.compile(r"^#{1,6} \S")
_TIMED = re.compile(rf"^{_TIME}\s")
_MOST_WORDS = 6  # in a name
_LEAST_BELOW = 4  # words, for a line to head a turn though its name does not come back
_MOSTLY = 0.8  # of the lines that begin with a time


@dataclass(slots=True)
class _Turn:
    line: int
    start_ms: int
    name: str | None  # none before the first name
    texts: list[str] = field(default_factory=list)


def _plain(line: str) -> str:
    """A line without Markdown's signs."""
    return (_MARKDOWN.sub("", line) if _SIGN.search(line) else line).strip()


def _speaks_on(line: str) -> re.Match[str] | None:
    return _SPEAKS_ON.match(_plain(line)) if "[" in line or "(" in line else None


def _header(line: str) -> re.Match[str] | None:
    if ":" not in line or line[:1].isdigit() or not _CLOCK.search(line):
        return None
    plain = _plain(line)
    if plain[:1].isdigit() or len(plain) > 4000 or _FOOTER.match(plain):
        return None
    match = _ALONE.match(plain) or _WITH_WORDS.match(plain)
    return match if match and len(match["name"].split()) <= _MOST_WORDS else None


def _time_first(line: str) -> re.Match[str] | None:
    if ":" not in line or _NEITHER.search(line):
        return None
    match = _TIME_FIRST.match(_plain(line))
    capitals = match and all(part[0].isupper() for part in match["name"].split())
    return match if capitals else None


def _headers(lines: list[str]) -> dict[int, re.Match[str]]:
    """The lines that say who speaks, by number; times first only where that is how the file is."""
    found = {at: match for at, line in enumerate(lines) if (match := _header(line))}
    first = {at: match for at, line in enumerate(lines) if (match := _time_first(line))}
    if _come_back(first) and len(first) > len(found):
        timed = sum(bool(_SPEAKS_ON.match(line) or _TIMED.match(line)) for line in lines)
        if len(first) >= _MOSTLY * timed:
            return first
    verses = _citations(found)
    return {at: match for at, match in found.items() if at not in verses}


def _come_back(headers: Mapping[int, re.Match[str]]) -> bool:
    """Whether there are turns and a name comes back."""
    names = Counter(match["name"] for match in headers.values())
    return len(headers) >= 2 and any(count > 1 for count in names.values())


def _citations(headers: Mapping[int, re.Match[str]]) -> set[int]:
    """Lines whose name, met once, has no time but a verse: ``John 3:16`` between 12:01 and 12:40.

    ``headers`` are in the order of their lines.
    """
    names = Counter(match["name"] for match in headers.values())
    times = [clock_ms(match["time"]) or 0 for match in headers.values()]
    found: set[int] = set()
    for nth, (at, match) in enumerate(headers.items()):
        if names[match["name"]] > 1 or match[0].rstrip(" :")[-1] in "])":
            continue
        before, after = times[max(0, nth - 1)], times[min(nth + 1, len(times) - 1)]
        if times[nth] < before or times[nth] > after:
            found.add(at)
    return found


def _are_turns(headers: Mapping[int, re.Match[str]], lines: list[str]) -> bool:
    """Whether names met once each head turns: capitals, rising times, words below each."""
    places = [*sorted(headers), len(lines)]
    times = [clock_ms(headers[at]["time"]) or 0 for at in places[:-1]]
    names = [headers[at]["name"].strip(" *_").split() for at in places[:-1]]
    below = [" ".join(lines[at + 1 : stop]).split() for at, stop in pairwise(places)]
    return (
        len(times) >= 2
        and times == sorted(set(times))
        and all(part[0].isupper() for name in names for part in name)
        and all(len(words) >= _LEAST_BELOW for words in below)
    )


def _sniff(head: str) -> bool:
    lines = head.split("\n")
    headers = _headers(lines)
    return "-->" not in head and (_come_back(headers) or _are_turns(headers, lines))


def _read(text: str, _source: str) -> Body:
    head: list[str] = []
    turns: list[_Turn] = []
    removed: list[Removed] = []
    lines = text.lstrip("\ufeff").split("\n")
    headers = _headers(lines)
    for number, line in enumerate(lines, 1):
        if match := headers.get(number - 1):
            words = match.groupdict().get("words")
            said_by = match["name"].strip(" *_,-–")
            turns.append(_Turn(number, clock_ms(match["time"]) or 0, said_by, [words or ""]))
        elif turns and _FOOTER.match(line.strip()):
            last = turns[-1]
            removed.append(Removed(FOOTER, line.strip(), last.start_ms, number, whole=False))
        elif on := _speaks_on(line):
            name = turns[-1].name if turns else None
            turns.append(_Turn(number, clock_ms(on["time"]) or 0, name, [on["words"]]))
        elif turns and _HEADING.match(line):
            start_ms = turns[-1].start_ms
            removed.append(Removed(A_HEADING, line.strip(), start_ms, number, whole=False))
        elif turns:
            turns[-1].texts.append(_MARKDOWN.sub("", line) if _SIGN.search(line) else line.lstrip())
        else:
            head.append(line)
    names = {turn.name for turn in turns if turn.name}
    for turn in turns:
        turn.texts = [_parted(line, names) for line in turn.texts]
    cues = _cues(turns)
    empty = [Removed(NO_WORDS, "", cue.start_ms, cue.line) for cue in cues if not cue.text]
    worded = tuple(cue for cue in cues if cue.text)
    return Body(worded, len(cues), details_of(head), removed=(*removed, *empty))


def _parted(line: str, names: set[str]) -> str:
    """A line of a turn; one that another name opens is marked as another voice's."""
    other = _OTHER.match(line)
    if other and (other["name"] in names or len(other["name"].split()) > 1):
        return f">> {line[other.end() :]}"
    return line


def _cues(turns: list[_Turn]) -> list[Cue]:
    """A cue a turn, lasting until the next, or as long as slow speech takes."""
    cues: list[Cue] = []
    for at, turn in enumerate(turns):
        text = " ".join(" ".join(turn.texts).split())
        slow_ms = turn.start_ms + 2 * MS_PER_WORD * (len(text.split()) + 1)
        next_ms = turns[at + 1].start_ms if at + 1 < len(turns) else slow_ms
        end_ms = max(turn.start_ms, min(slow_ms, next_ms))
        cues.append(Cue(turn.start_ms, end_ms, text, turn.name, line=turn.line))
    return cues


TURN_TEXT = Format(
    "turn_text",
    "turn text (a name and a time above the words)",
    _sniff,
    _read,
    programs="Otter, Rev, Google Meet, Descript, podcast and Substack pages",
    speakers="yes",
    word_times="no",
    lost="times inside a turn: they are about",
)
