"""A talk made up for the tests: its lines, its transcript as a page, candidates chosen from it."""

import re
from datetime import UTC, datetime

from bot.edits import shown_offset
from bot.model import Attribution, Candidate, Edit, Reason
from bot.sentences import sentences, stream
from bot.transcripts import read_bytes
from bot.wording import trimmed
from tests.libraries import everything

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
LATER = datetime(2024, 6, 1, 12, tzinfo=UTC)

# Sentences end inside lines, as they do in captions: neighbours share a cue.
LINES = """
A lighthouse is a promise made to people you will never meet. My grandmother kept
one for thirty years. She used to say that the lamp does not argue with the storm.
What does it cost to be findable? Every map leaves out almost everything, and that
is the kindest thing about it. We measured the harbour twice and it had moved. And so
the sea does not read our reports. If you cannot draw it on a napkin, you cannot build
it in a gale. Nobody thanks the buoy. The tide taught me to keep two calendars. Rope
remembers every knot you were too hurried to untie. A good anchor is boring by design.
Our first compass pointed at the kitchen stove. I was wrong about fog for ten years.
Fog is only weather that has stopped pretending. You learn a coast by being lost on it.
Half of navigation is admitting where you are not. The other half is breakfast. When
the radio failed we sang, badly, in four languages. Ships are slow arguments with water.
The best harbour master I knew never raised her voice. She raised the flag instead.
A chart without a date is a rumour. Somebody painted the rocks white and saved a village.
So leave a light on, and write down who asked for it. That is the whole of my trade.
""".strip().splitlines()

OTHERS = """
Bread is a clock that you can eat. The oven forgives what the recipe does not. My father
weighed flour by ear, he said. Nothing rises in a hurry. Salt is the quiet partner in
every loaf. We sold out on the morning of the flood. A starter is older than its owner.
You cannot knead by letter. The crust is where the bread decides what it is.
""".strip().splitlines()


def page(lines=LINES, *, shift_ms=0, mended=None):
    """The lines as a page of text, four seconds each; ``mended`` maps words to better ones."""
    rows = []
    for number, line in enumerate(lines):
        for wrong, right in (mended or {}).items():
            line = re.sub(rf"\b{wrong}\b", right, line)
        rows.append(f"{_clock(number * 4000 + shift_ms)} | {line}")
    return "\n".join(rows).encode()


def _clock(time_ms):
    seconds, ms = divmod(time_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def transcript(lines=LINES, *, source="lights.txt", **how):
    return read_bytes(page(lines, **how), source)


def candidates(of, *, every=1, speaker="Ada Quill", how="given", length=1):
    """Every n-th run of sentences, the first with the best score."""
    found = sentences(stream(of.cues))
    starts = range(0, len(found) - length + 1, every)
    return [candidate(found[at : at + length], 1 - at / 100, speaker, how) for at in starts]


def candidate(run, score=0.5, speaker="Ada Quill", how="given"):
    said = " ".join(sentence.text for sentence in run)
    shown, edits = trimmed(said)
    at = shown_offset(said, edits)
    start_ms = [mark.start_ms for mark in run[0].marks if mark.offset <= at][-1]
    return Candidate(
        said=said,
        shown=shown,
        edits=edits,
        start_ms=start_ms,
        end_ms=run[-1].end_ms,
        score=score,
        reasons=(Reason("contrast", score),),
        speaker=speaker,
        attribution=Attribution(how, 0.7 if how == "inferred" else 1.0),
        flags=("unknown word: napkin",),
    )


def dump(library):
    """All that the database holds."""
    return everything(library.store)


EDIT = Edit("trim-start", 0, "And so ", "")
