"""Transcript files: read through to spans, every tenth through to a library and its proofs."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from zlib import crc32

from benchmarks.doors.prepared import NOW, TESTS
from benchmarks.fuzz_door import Door, Sample
from bot.library import Library
from bot.model import Details, Transcript
from bot.pipeline import Cast, Terms, harvest, understood
from bot.scoring.spans import spans
from bot.scoring.survey import Survey
from bot.sentences import sentences, stream
from bot.store import open_store
from bot.transcripts import read_bytes
from bot.wording import trimmed

_KEPT_EACH = 10
_MOST = 2000  # sentences that spans are made of


def samples() -> Sequence[Sample]:
    """One of each format, and the files of the folder PULLQUOTE_SAMPLES names."""
    own = [_sample(path) for path in sorted((TESTS / "transcripts/samples").iterdir())]
    named = os.environ.get("PULLQUOTE_SAMPLES")
    found = sorted(Path(named).rglob("*")) if named else []
    return [*own, *(_sample(path, own=False) for path in found if path.is_file())]


def _sample(path: Path, *, own: bool = True) -> Sample:
    kinds = {".json": ("json",), ".ttml": ("xml",), ".xml": ("xml",), ".tsv": ("table",)}
    return Sample(path.name, path.read_bytes(), ("bytes", "text", *kinds.get(path.suffix, ())), own)


def run(name: str, raw: bytes) -> str:
    """Read it; its times must not run backwards, and what is kept must be proved."""
    transcript = read_bytes(raw, name)
    try:
        found = sentences(stream(transcript.cues))
    except TimeoutError:
        return ""  # nltk gives up on runs of marks; the pipeline says so in one line
    for _ in spans(Survey(found[:_MOST]), partial(trimmed, light=True)):
        pass
    starts: dict[str | None, int] = {}
    for one in found:
        if one.start_ms < starts.get(one.speaker, one.start_ms):
            raise AssertionError(f"time runs backwards at {one.start_ms}")
        starts[one.speaker] = one.start_ms
    if crc32(raw) % _KEPT_EACH == 0:
        _kept(transcript)
    return str(transcript.format)


def _kept(transcript: Transcript) -> None:
    """Harvest into a library in memory, and prove what it keeps."""
    with open_store("sqlite://") as store:
        library = Library(store)
        harvest(understood(transcript, Cast()), Details(), library, Terms(40), NOW)
        if found := library.verify():
            raise AssertionError(f"not proved: {found[0].reason}")


DOOR = Door("transcripts", samples, run, share=64)
