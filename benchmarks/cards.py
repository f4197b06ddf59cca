"""How fast is a card: ``python -m benchmarks.cards [TRANSCRIPT] [--rounds N] [--install]``.

Our renderer against Pillow as tutorials use it, takumi, satori with resvg and a browser's
screenshot: the same quotes, fonts and sizes, in one run, in interleaved rounds. Ours and the
tutorial find sizes and breaks themselves, the others are given ours. Start-up is not counted.
Renderers of node are installed into build/peers with ``--install``; a picture of each contender
is left there.
"""

import argparse
import json
import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from PIL import Image

from benchmarks import cards_peers
from benchmarks.cards_jobs import job
from benchmarks.cards_peers import Peer, PeerError
from benchmarks.cards_results import (
    OURS,
    SATORI,
    TAKUMI,
    TAKUMI_GRADIENT,
    Ground,
    Lap,
    Result,
    document,
    table,
)
from benchmarks.harvesting import harvested
from benchmarks.speed_cards import forget, tutorial_card
from bot import assets
from bot.cards import Look, load_look, render
from bot.model import Quote, Talk

SAMPLE = Path(__file__).parent.parent / "assets/sample/small-libraries.txt"
THEMES: dict[Ground, str] = {"flat": "midnight", "gradient": "dusk"}
TEMPLATE = "square"
WARM_UP = 5  # cards
Draw = Callable[[Quote], bytes]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A renderer of node: its script, the ground it draws, and what else its job says."""

    name: str
    ground: Ground
    script: str
    options: Mapping[str, object] = field(default_factory=dict)


FOREIGN = (
    Foreign(TAKUMI, "flat", "takumi"),
    Foreign(SATORI, "flat", "satori"),
    Foreign("Chromium", "flat", "chromium"),
    Foreign(TAKUMI_GRADIENT, "gradient", "takumi"),
    Foreign("takumi, dithered as ours", "gradient", "takumi", {"dithering": "ordered-bayer"}),
    Foreign(f"{SATORI}, gradient", "gradient", "satori"),
    Foreign("Chromium, gradient", "gradient", "chromium"),
)


@dataclass(frozen=True, slots=True)
class Contender:
    """A renderer, warm and ready for a round; without ``lap``, why it is not there."""

    name: str
    ground: Ground
    lap: Callable[[], Lap] | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What is drawn: quotes of a talk, in a look for each ground."""

    quotes: Sequence[Quote]
    talk: Talk
    looks: Mapping[Ground, Look]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    found = harvested(options.transcript, options.speaker, options.quotes).kept
    looks = {ground: load_look(TEMPLATE, theme) for ground, theme in THEMES.items()}
    if not found.quotes:
        raise SystemExit(f"no quotes in {options.transcript}")
    material = Material(found.quotes[: options.quotes], found.talk, looks)
    cards_peers.prepare(options.install)
    with ExitStack() as stack:
        versions = _versions()
        contenders = [*_own(material), *_foreign(material, stack, versions)]
        results = measured(contenders, options.rounds)
    cards = len(material.quotes)
    if options.json:
        about: dict[str, object] = {"versions": versions, "transcript": options.transcript.name}
        about |= {"cards": cards, "rounds": options.rounds}
        print(json.dumps({**about, **document(results)}, ensure_ascii=False, indent=2))
    else:
        print("\n".join([*_heading(options, cards, versions), *table(results)]))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.cards", description=__doc__)
    parser.add_argument("transcript", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--speaker", default="Marit Oyelaran", help="who speaks")
    parser.add_argument("--rounds", type=_count, default=7, help="5 or more give a fair median")
    parser.add_argument("--quotes", type=_count, default=40, help="at the most")
    parser.add_argument("--install", action="store_true", help="npm install into build/peers")
    parser.add_argument("--json", action="store_true", help="print one object")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("at least 1")
    return number


def measured(contenders: Sequence[Contender], rounds: int) -> dict[str, Result]:
    """All rounds, the renderers in turn, after one that warms up and is dropped.

    Who fails on the way drops out with the reason.
    """
    laps: dict[str, list[Lap]] = {one.name: [] for one in contenders}
    reasons = {one.name: one.reason for one in contenders if one.lap is None}
    for _ in range(rounds + 1):
        for one in contenders:
            if one.lap is None or one.name in reasons:
                continue
            try:
                laps[one.name].append(one.lap())
            except PeerError as error:
                reasons[one.name] = str(error)
    return {one.name: _result(one, laps[one.name], reasons.get(one.name, "")) for one in contenders}


def _result(one: Contender, laps: Sequence[Lap], reason: str) -> Result:
    return Result(one.name, one.ground, () if reason else tuple(laps[1:]), reason)


def _foreign(material: Material, stack: ExitStack, versions: dict[str, str]) -> Iterator[Contender]:
    """The renderers of node, each in a process of its own; their versions are added."""
    for one in FOREIGN:
        try:
            peer = _peer(one, material)
        except PeerError as error:
            yield Contender(one.name, one.ground, None, str(error))
            continue
        stack.callback(peer.close)
        versions |= {**cards_peers.versions(one.script), **peer.about}
        yield Contender(one.name, one.ground, peer.lap)


def _peer(one: Foreign, material: Material) -> Peer:
    started = cards_peers.command(one.script)
    asked = {
        **job(material.quotes, material.talk, material.looks[one.ground]),
        **one.options,
        "picture": str(_picture(one.name)),
        "warm_up": WARM_UP,
        "browser": cards_peers.browser(),
    }
    return Peer(started, asked, _picture(one.name).with_suffix(".log"))


def _picture(name: str) -> Path:
    return cards_peers.HOME / f"{name.replace(',', '').replace(' + ', ' ').replace(' ', '-')}.png"


def _own(material: Material) -> Iterator[Contender]:
    """What runs in this process, warmed up."""
    font = str(assets.find("fonts", "NewsreaderDisplay-Medium.ttf"))
    drawers: list[tuple[str, Ground, Draw]] = [
        (OURS[ground], ground, partial(_ours, material.talk, look))
        for ground, look in material.looks.items()
    ]
    tutorial: Draw = partial(tutorial_card, font_file=font)
    for name, ground, draw in [*drawers, ("Pillow as in tutorials", "flat", tutorial)]:
        Image.open(BytesIO(draw(material.quotes[0]))).save(_picture(name))
        timed(material.quotes[:WARM_UP], draw)
        yield Contender(name, ground, partial(timed, material.quotes, draw))


def _ours(talk: Talk, look: Look, quote: Quote) -> bytes:
    return b"".join(card.data for card in render(quote, talk, look))


def timed(quotes: Sequence[Quote], draw: Draw) -> Lap:
    """All quotes drawn once: CPU time of this process with its threads, and time on the wall."""
    forget()
    size, cpu, wall = 0, time.process_time(), time.perf_counter()
    for quote in quotes:
        size += len(draw(quote))
    took = time.process_time() - cpu, time.perf_counter() - wall
    return Lap(1000 * took[0] / len(quotes), 1000 * took[1] / len(quotes), size / len(quotes))


def _versions() -> dict[str, str]:
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count() or 1),
        "python": platform.python_version(),
        "pillow": version("pillow"),
    }


def _heading(options: argparse.Namespace, cards: int, versions: Mapping[str, str]) -> list[str]:
    return [
        " · ".join(f"{name} {one}" for name, one in versions.items()),
        f"{options.transcript.name}: {cards} cards, {TEMPLATE}; medians of {options.rounds} "
        "interleaved rounds, start-up not counted",
        "takumi, satori and Chromium are given sizes and breaks; cards/s by CPU time of one core",
        "one picture of each contender: build/peers/*.png",
    ]


if __name__ == "__main__":
    main()
