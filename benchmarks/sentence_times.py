"""How well starts of sentences are timed: ``python -m benchmarks.sentence_times FILE…``.

For files with word times. The words' times are hidden, the words put into captions (at most 84
letters and 6 seconds, ended by a pause, as captioners do), and the start found for each sentence is
compared to that of its first word. In the same run: the caption's own start, and the place among
the caption's words or letters. Files whose word times are evenly spaced, so made up, are left out.
"""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median, pstdev
from typing import Annotated

import typer

from bot.errors import BotError
from bot.model import Cue, Sentence, Word
from bot.sentences import Stream, sentences, stream
from bot.transcripts import read

_LETTERS, _CAPTION_MS, _PAUSE_MS = 84, 6000, 700
_ROUNDS = 500
Errors = dict[str, list[float]]  # seconds, by method


def captions(words: Sequence[tuple[Word, str | None]]) -> list[Cue]:
    """Captions of timed words, their times hidden but for start and end."""
    cues: list[Cue] = []
    run: list[Word] = []
    voice: str | None = None
    for word, speaker in words:
        letters = sum(len(each.text) + 1 for each in run) + len(word.text)
        if run and (
            speaker != voice
            or letters > _LETTERS
            or word.end_ms - run[0].start_ms > _CAPTION_MS
            or word.start_ms - run[-1].end_ms > _PAUSE_MS
        ):
            cues.append(_caption(run, voice))
            run = []
        run.append(word)
        voice = speaker
    return [*cues, _caption(run, voice)] if run else cues


def _caption(run: Sequence[Word], voice: str | None) -> Cue:
    return Cue(run[0].start_ms, run[-1].end_ms, " ".join(word.text for word in run), voice)


def timed_words(path: Path) -> list[tuple[Word, str | None]]:
    """The words of a file with their own times, or none where they are missing or made up."""
    cues = read(path).cues
    words = [(word, cue.speaker) for cue in cues for word in cue.words]
    spoken = sum(len(cue.text.split()) for cue in cues)
    lengths = [word.end_ms - word.start_ms for word, _ in words]
    if len(words) < 50 or len(words) < 0.9 * spoken or pstdev(lengths) < 10:
        return []
    return words


def errors_of(words: Sequence[tuple[Word, str | None]]) -> Errors:
    """The error of each start, by method, for sentences whose first word is not a caption's."""
    found = sentences(stream([_whole(word, voice) for word, voice in words]))
    true = {(one.turn, one.offset): one.start_ms for one in found if not one.approximate}
    turns = stream(captions(words))
    errors: Errors = defaultdict(list)
    for one in sentences(turns):
        start_ms = true.get((one.turn, one.offset))
        if start_ms is None:
            continue
        guesses = {"pullquote": one.start_ms, **_others(turns[one.turn], one)}
        for method, guess in guesses.items():
            errors[method].append(abs(guess - start_ms) / 1000)
    return errors


def _whole(word: Word, voice: str | None) -> Cue:
    return Cue(word.start_ms, word.end_ms, word.text, voice)


def _others(turn: Stream, one: Sentence) -> dict[str, int]:
    """What simpler methods say of a start."""
    piece = next(piece for piece in reversed(turn.pieces) if piece.offset <= one.offset)
    lasts_ms = piece.end_ms - piece.start_ms
    text, before = turn.text[piece.offset : piece.stop], turn.text[piece.offset : one.offset]
    by_words = len(before.split()) / len(text.split())
    return {
        "caption's start": piece.start_ms,
        "by words": piece.start_ms + round(lasts_ms * by_words),
        "by letters": piece.start_ms + round(lasts_ms * len(before) / len(text)),
    }


def pooled(files: Sequence[Errors]) -> dict[str, dict[str, float]]:
    """Median and 95th percentile in seconds over all files, by method."""
    result = {}
    for method in files[0]:
        errors = sorted(error for one in files for error in one[method])
        result[method] = {
            "median": round(median(errors), 3),
            "p95": round(errors[int(0.95 * (len(errors) - 1))], 3),
        }
    return result


def main(
    files: list[Path],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare starts of sentences with the times of their words."""
    by_file: dict[str, Errors] = {}
    for path in files:
        try:
            words = timed_words(path)
        except BotError:
            continue
        if words and (errors := errors_of(words)):
            by_file[str(path)] = errors
    if not by_file:
        raise typer.BadParameter("no file has word times of its own")
    every = list(by_file.values())
    chance = random.Random(1)
    drawn = [pooled(chance.choices(every, k=len(every)))["pullquote"] for _ in range(_ROUNDS)]
    ends = (int(0.025 * _ROUNDS), int(0.975 * _ROUNDS) - 1)
    row = {
        "files": len(every),
        "sentences": sum(len(one["pullquote"]) for one in every),
        "pooled": pooled(every),
        "intervals": {
            key: [sorted(one[key] for one in drawn)[at] for at in ends] for key in ("median", "p95")
        },
        "by_file": {name: pooled([one])["pullquote"] for name, one in by_file.items()},
    }
    if as_json:
        print(json.dumps(row, indent=2))
        return
    print(
        f"{row['files']} files, {row['sentences']} sentences; seconds, median and 95th percentile"
    )
    for method, each in pooled(every).items():
        print(f"  {method:<16} {each['median']:.2f}  {each['p95']:.2f}")
    print(f"  95 % intervals of pullquote, by file: {row['intervals']}")


if __name__ == "__main__":
    typer.run(main)
