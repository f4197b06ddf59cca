"""Doors with a fault each, to see that it is counted; ``DOORS`` as the real ones have it."""

import os
import time

from benchmarks.fuzz_door import Door, Sample
from bot.errors import BotError, InputError

_RAW = b"Small libraries win.\n" * 20


def _samples() -> list[Sample]:
    return [Sample("talk", _RAW)]


def _refuses(name: str, raw: bytes) -> str:
    raise InputError("is no talk", place=name)


def _raises(name: str, raw: bytes) -> str:
    return {}[name]


def _two_lines(name: str, raw: bytes) -> str:
    error = BotError("one")
    error.args = ("one\ntwo",)
    raise error


def _hangs(name: str, raw: bytes) -> str:
    while True:
        pass


def _sleeps(name: str, raw: bytes) -> str:
    time.sleep(60)
    return "slept"


def _eats(name: str, raw: bytes) -> str:
    return f"ate {len(bytes([65]) * 90_000_000)}"


def _dies(name: str, raw: bytes) -> str:
    os._exit(3)


DOORS = {
    name: Door(name, _samples, run, share=1, seconds=0.3, seconds_per_mb=0, mb=40, times=1)
    for name, run in {
        "accepts": lambda name, raw: "talk",
        "refuses": _refuses,
        "raises": _raises,
        "two-lines": _two_lines,
        "hangs": _hangs,
        "sleeps": _sleeps,
        "eats": _eats,
        "dies": _dies,
    }.items()
}
