"""How well the words alone tell who speaks: ``python -m benchmarks.speakers DATA --host NAME``.

DATA as for benchmarks.train_speakers; only the episodes marked dev, which training never saw, are
judged. ``--reference TRANSCRIPT`` judges a talk by the roles in benchmarks/speakers_reference.json,
which has sentence numbers and no words. ``--labelled FOLDER`` judges talks of other kinds: each
whose file names its speakers, most of it one's, with names and turns withheld. Intervals are of a
bootstrap over episodes.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.train_speakers import Episode, episodes
from bot import learned, speakers
from bot.errors import BotError
from bot.model import Cue, Details, Sentence, Transcript
from bot.pipeline import Cast, Terms, rank, read_talk, understood
from bot.speakers.inference import OTHER_LOGIT, Voice, voices_of

_ROLES = Path(__file__).parent / "speakers_reference.json"
_ROUNDS = 1000
_MS = 6000  # from one sentence to the next, where a file has no times
_LEAST_WORDS = 1500  # of a talk that is judged
_LEAST_NAMED, _LEAST_MAIN = 0.8, 0.5  # shares of its words: under a name, and the main speaker's

Judged = list[tuple[Voice, bool]]  # what the method says of a sentence, and if it is main's


def judge(held_out: Sequence[Episode], *, named: bool) -> list[Judged]:
    """What the method says of each sentence of episodes."""
    weights = learned.voice_weights()
    judged: list[Judged] = []
    for one in held_out:
        talk = [Sentence(at, text, 0, 0, ()) for at, text in enumerate(one.texts)]
        heard = voices_of(talk, one.guests if named else None, weights)
        judged.append(list(zip(heard, (guest > 0 for guest in one.guest), strict=True)))
    return judged


def hosts_quotes(held_out: Sequence[Episode]) -> float:
    """The share of the ten best quotes of episodes with words of the host's; nobody is named."""
    are_hosts: list[bool] = []
    for one in held_out:
        cues = tuple(Cue(at * _MS, at * _MS + _MS // 2, text) for at, text in enumerate(one.texts))
        reading = understood(Transcript("an episode", "txt", b"", cues, len(cues)), Cast())
        for quote in rank(reading, Details(), Terms(10)).candidates:
            said = one.guest[quote.start_ms // _MS : quote.end_ms // _MS + 1]
            are_hosts.append(not said.all())
    return sum(are_hosts) / max(1, len(are_hosts))


def figures(judged: list[Judged]) -> dict[str, float]:
    """Accuracy, that of always saying main, and precision and coverage of what is sure."""
    pairs = [pair for one in judged for pair in one]
    sure = [is_main for voice, is_main in pairs if voice.sure]
    mains = sum(is_main for _, is_main in pairs)
    return {
        "accuracy": sum((voice.role == "main") == is_main for voice, is_main in pairs) / len(pairs),
        "always_main": mains / len(pairs),
        "sure_precision": sum(sure) / max(1, len(sure)),
        "sure_coverage": sum(sure) / mains,
    }


def intervals(judged: list[Judged]) -> dict[str, list[float]]:
    """95 % intervals of the figures, by drawing episodes."""
    chance = random.Random(1)
    drawn = [figures(chance.choices(judged, k=len(judged))) for _ in range(_ROUNDS)]
    return {
        name: [round(float(sorted(one[name] for one in drawn)[at]), 4) for at in (25, _ROUNDS - 26)]
        for name in drawn[0]
    }


def reference(path: Path) -> dict[str, float]:
    """The same figures for one talk whose roles were written down by hand."""
    known = json.loads(_ROLES.read_text(encoding="utf-8"))
    found = read_talk(path, Cast((known["speaker"],)), 64).sentences
    if len(found) != known["sentences"]:
        raise typer.BadParameter(f"{path} is another talk than the roles are of")
    others = {at for first, last in known["others"] for at in range(first, last + 1)}
    weights = learned.voice_weights()
    heard = voices_of(found, known["speaker"], weights)
    return figures([[(voice, at not in others) for at, voice in enumerate(heard)]])


def labelled(folder: Path) -> Iterator[tuple[str, Judged]]:
    """Talks of a folder whose files name who speaks, each judged with names and turns withheld."""
    weights = learned.voice_weights()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        try:
            found = read_talk(path, Cast(()), 64).sentences
        except BotError:
            continue
        words: Counter[str] = Counter()
        for one in found:
            words[one.speaker or ""] += len(one.text.split())
        named = Counter({name: words[name] for name in words if not _is_nobody(name)})
        most = _LEAST_MAIN * words.total()
        if words.total() < _LEAST_WORDS or len(named) < 2 or max(named.values()) < most:
            continue
        if named.total() < _LEAST_NAMED * words.total():
            continue
        main = named.most_common(1)[0][0]
        plain = [Sentence(at, one.text, 0, 0, ()) for at, one in enumerate(found)]
        heard = voices_of(plain, main, weights)
        own = (one.speaker == main for one in found)
        yield path.name, list(zip(heard, own, strict=True))


def _counts(judged: Judged) -> dict[str, float]:
    """How many sentences were sure, and the share of those that sound plainly like another's."""
    weights = learned.voice_weights()
    others = sum(voice.main < weights.confidence(OTHER_LOGIT) for voice, _ in judged)
    return {"sure": sum(voice.sure for voice, _ in judged), "others": others / len(judged)}


def _is_nobody(name: str) -> bool:
    return not name or speakers.is_placeholder(name)


def main(
    data: Path,
    host: Annotated[str, typer.Option(help="How the host's name begins.")],
    talk: Annotated[Path | None, typer.Option("--reference", help="The talk with roles.")] = None,
    others: Annotated[Path | None, typer.Option("--labelled", help="Talks of other kinds.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Judge the inference of speakers on talks it has not seen."""
    held_out = [one for one in episodes(data, host) if one.split != "train"]
    judged = judge(held_out, named=True)
    rows: dict[str, Any] = {
        "held_out": figures(judged) | {"intervals": intervals(judged), "episodes": len(judged)},
        "held_out_without_names": figures(judge(held_out, named=False)),
    }
    rows["held_out_without_names"]["hosts_quotes"] = hosts_quotes(held_out)
    if talk:
        rows["reference"] = reference(talk)
    for name, one in labelled(others) if others else ():
        rows[name] = figures([one]) | _counts(one)
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    for name, row in rows.items():
        print(name)
        for key, value in row.items():
            print(f"  {key:<16} {value if isinstance(value, int | dict) else format(value, '.4f')}")


if __name__ == "__main__":
    typer.run(main)
