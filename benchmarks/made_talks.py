"""Talks made up for ``benchmarks.scale``: the same bytes for the same number.

Words are drawn as often as the project's own documents have them, so that they are English as the
scorer meets it, most of them small ones; sentences are as long as spoken ones. They mean nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
_GUESTS = ("Ada Quill", "Bo Lindqvist", "Carla Mendes", "Dayo Bright", "Edda Holm", "Farid Nazari")
_HOST = "Uma Vale"
_WORDS_A_MINUTE = 150
_OF_CUE = 9  # words of a caption
_TURN = (2, 9)  # sentences of an answer
_COMMA, _QUESTION = 0.08, 0.3
_NOT_PROSE = re.compile(r"`[^`]*`|^(?: {4}|\|).*$", re.MULTILINE)  # commands, tables


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a made talk: who says it, its words, when it begins and ends in ms."""

    speaker: str
    words: tuple[str, ...]
    start_ms: int
    end_ms: int


def talk(number: int, minutes: float, kind: str) -> bytes:
    """The transcript of a talk in a format of ``KINDS``."""
    return KINDS[kind](list(_said(Random(number), minutes)))


def write(folder: Path, numbers: range, minutes: float, kind: str | None = None) -> list[Path]:
    """Write talks as files, of one kind or of each in turn; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds, paths = [kind] if kind else list(KINDS), []
    for number in numbers:
        chosen = kinds[number % len(kinds)]
        path = folder / f"talk-{number:06}.{ENDINGS[chosen]}"
        path.write_bytes(talk(number, minutes, chosen))
        paths.append(path)
    return paths


@cache
def _vocabulary() -> tuple[list[str], list[int]]:
    """The words of our documents, and how often they have them, summed up."""
    texts = [path.read_text("utf-8") for path in sorted(ROOT.glob("docs/*.md"))]
    prose = (_NOT_PROSE.sub(" ", one) for one in texts)
    found = Counter(re.findall(r"(?<![\w/.-])[a-z]+(?![\w/])", " ".join(prose)))
    return list(found), list(accumulate(found.values()))


def _said(random: Random, minutes: float) -> Iterator[Said]:
    """Questions of a host, answers of a guest, until the time is over."""
    guest, left, at = random.choice(_GUESTS), round(minutes * _WORDS_A_MINUTE), 0
    while left > 0:
        for speaker, most in ((_HOST, 2), (guest, random.randint(*_TURN))):
            for _ in range(most):
                words = _sentence(random, asked=speaker == _HOST and random.random() < _QUESTION)
                lasts = len(words) * 60_000 // _WORDS_A_MINUTE
                yield Said(speaker, words, at, at + lasts)
                at, left = at + lasts, left - len(words)


def _sentence(random: Random, *, asked: bool) -> tuple[str, ...]:
    known, weights = _vocabulary()
    words = random.choices(known, cum_weights=weights, k=max(3, round(random.gauss(14, 6))))
    some = [f"{word}," if random.random() < _COMMA else word for word in words[:-1]]
    return (some[0].capitalize(), *some[1:], words[-1] + ("?" if asked else "."))


def _clock(ms: int, mark: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{rest:03}"


def _cues(said: Sequence[Said]) -> Iterator[tuple[str, str, int, int]]:
    """Captions of a few words, which end where the speaker changes, but not with sentences."""
    waiting: list[tuple[str, str, int, int]] = []
    for one in said:
        each = (one.end_ms - one.start_ms) // len(one.words)
        for place, word in enumerate(one.words):
            if waiting and (waiting[0][0] != one.speaker or len(waiting) == _OF_CUE):
                yield _joined(waiting)
                waiting = []
            start = one.start_ms + place * each
            waiting.append((one.speaker, word, start, start + each))
    if waiting:
        yield _joined(waiting)


def _joined(words: Sequence[tuple[str, str, int, int]]) -> tuple[str, str, int, int]:
    return words[0][0], " ".join(one[1] for one in words), words[0][2], words[-1][3]


def _turns(said: Sequence[Said]) -> bytes:
    """A page of text: a time and a name before each turn."""
    lines: list[str] = []
    for before, one in zip((None, *said), said, strict=False):
        if before is None or before.speaker != one.speaker:
            lines += ["", f"{one.speaker} ({_clock(one.start_ms, '.')[:8]}):"]
        lines.append(" ".join(one.words))
    return "\n".join(lines).encode()


def _vtt(said: Sequence[Said]) -> bytes:
    """Captions of the web with a voice each."""
    cues = (
        f"{_clock(start, '.')} --> {_clock(end, '.')}\n<v {speaker}>{text}"
        for speaker, text, start, end in _cues(said)
    )
    return "\n\n".join(["WEBVTT", *cues]).encode()


def _srt(said: Sequence[Said]) -> bytes:
    """Subtitles that name nobody."""
    cues = (
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{text}"
        for number, (_, text, start, end) in enumerate(_cues(said), 1)
    )
    return "\n\n".join(cues).encode()


def _json(said: Sequence[Said]) -> bytes:
    """A recogniser's segments with the time of every word."""
    segments = []
    for number, one in enumerate(said):
        each = (one.end_ms - one.start_ms) / len(one.words) / 1000
        starts = [round(one.start_ms / 1000 + place * each, 2) for place in range(len(one.words))]
        words = [
            {"word": f" {word}", "start": start, "end": round(start + each, 2), "probability": 0.98}
            for word, start in zip(one.words, starts, strict=True)
        ]
        times = {"start": one.start_ms / 1000, "end": one.end_ms / 1000}
        text = " " + " ".join(one.words)
        segments.append({"id": number, **times, "text": text, "words": words})
    whole = "".join(str(one["text"]) for one in segments)
    return json.dumps({"text": whole, "segments": segments, "language": "en"}).encode()


KINDS: dict[str, Callable[[Sequence[Said]], bytes]] = {
    "turns": _turns,
    "vtt": _vtt,
    "srt": _srt,
    "words": _json,
}
ENDINGS = {"turns": "txt", "vtt": "vtt", "srt": "srt", "words": "json"}
