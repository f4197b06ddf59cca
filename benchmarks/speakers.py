"""How well the words alone tell who speaks: ``python -m benchmarks.speakers DATA --host NAME``.

DATA as for benchmarks.train_speakers; only the episodes marked dev, which training never saw, are
judged. ``--reference TRANSCRIPT`` judges a talk by the roles in benchmarks/speakers_reference.json,
which has sentence numbers and no words. Intervals are of a bootstrap over episodes.
"""

import json
import random
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.train_speakers import episodes
from bot import assets, speakers
from bot.model import Sentence
from bot.pipeline import Cast, read_talk
from bot.speakers.inference import Voice, voices_of

_ROLES = Path(__file__).parent / "speakers_reference.json"
_ROUNDS = 1000

Judged = list[tuple[Voice, bool]]  # what the method says of a sentence, and if it is main's


def judge(data: Path, host: str, *, named: bool) -> list[Judged]:
    """What the method says of each sentence of the episodes held out."""
    weights = speakers.load(assets.SHIPPED / "speakers/weights.json")
    judged: list[Judged] = []
    for one in episodes(data, host):
        if one.split == "train":
            continue
        talk = [Sentence(at, text, 0, 0, ()) for at, text in enumerate(one.texts)]
        heard = voices_of(talk, one.guests if named else None, weights)
        judged.append(list(zip(heard, (guest > 0 for guest in one.guest), strict=True)))
    return judged


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
    weights = speakers.load(assets.SHIPPED / "speakers/weights.json")
    heard = voices_of(found, known["speaker"], weights)
    return figures([[(voice, at not in others) for at, voice in enumerate(heard)]])


def main(
    data: Path,
    host: Annotated[str, typer.Option(help="How the host's name begins.")],
    talk: Annotated[Path | None, typer.Option("--reference", help="The talk with roles.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Judge the inference of speakers on talks it has not seen."""
    judged = judge(data, host, named=True)
    rows: dict[str, Any] = {
        "held_out": figures(judged) | {"intervals": intervals(judged), "episodes": len(judged)},
        "held_out_without_names": figures(judge(data, host, named=False)),
    }
    if talk:
        rows["reference"] = reference(talk)
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    for name, row in rows.items():
        print(name)
        for key, value in row.items():
            print(f"  {key:<16} {value if isinstance(value, int | dict) else format(value, '.4f')}")


if __name__ == "__main__":
    typer.run(main)
