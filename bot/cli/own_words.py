"""Words a person typed for a card: found in the talk that says them, or said to be unverified."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.options import wanted_ms_of
from bot.cli.show import say
from bot.clock import clock
from bot.errors import InputError, UsageError

if TYPE_CHECKING:
    from bot.config import Project
    from bot.locate import Place
    from bot.model import Attribution, Candidate, Talk

_NEAR_MS = 60_000  # how far --at may be from where the words are said


def own_words(
    project: "Project",
    text: str,
    speaker: str | None,
    talk: str | None,
    at: str | None,
    *,
    unverified: bool,
) -> "tuple[Candidate, Talk]":
    """Words a person typed: as the talk says them, or without a time and said to be unverified."""
    from bot.model import Attribution, Candidate, Talk

    if unverified and (talk or at):
        raise UsageError("--unverified goes without --talk and --at", remedy="leave one out")
    if not unverified and not talk:
        raise UsageError(
            "a card needs a talk that has the words",
            remedy="name its transcript with --talk FILE, or say --unverified",
        )
    known = Attribution("given", 1.0) if speaker else None
    if unverified or talk is None:
        say("note: nothing was checked: whether these words were said is your word alone")
        own = Candidate(
            said=text, shown=text, edits=(), start_ms=0, end_ms=0, score=0.0, reasons=(),
            speaker=speaker, attribution=known, flags=("unverified",),
        )  # fmt: skip
        return own, Talk("own-words", "")
    return _verified(project, text, speaker, Path(talk), at)


def _verified(
    project: "Project", text: str, speaker: str | None, path: Path, at: str | None
) -> "tuple[Candidate, Talk]":
    from bot.language import language_of
    from bot.locate import nearest, places
    from bot.losses import lost
    from bot.model import Candidate, Talk
    from bot.sentences import stream
    from bot.transcripts import read
    from bot.wording import trimmed

    transcript = read(path, max_mb=project.config.harvest.max_mb)
    turns = stream(transcript.cues)
    wanted_ms = wanted_ms_of(at)
    found = list(places(turns, text))
    if wanted_ms is not None:
        found = [one for one in found if abs(one.start_ms - wanted_ms) <= _NEAR_MS]
    if not found:
        close = nearest(turns, text)
        offer = f"nearest, at {clock(close.start_ms)}: “{close.said}”" if close else ""
        where = f" near {at}" if at else ""
        raise InputError(f"the talk does not say these words{where}", place=str(path), remedy=offer)
    place = min(found, key=lambda one: abs(one.start_ms - (wanted_ms or 0)))
    reason = lost(place.before) or lost(place.after)
    if reason:
        whole = f"{place.before}{place.said}{place.after}"
        raise InputError(
            f"taken out of its sentence it {reason}", place=str(path), remedy=f"draw “{whole}”"
        )
    if place.hole:
        raise InputError(
            f"something inaudible is left out of what is said at {clock(place.start_ms)}",
            place=str(path),
            remedy="listen, and write into the transcript what it is",
        )
    language = language_of((cue.text for cue in transcript.cues), transcript.details.language)
    shown, edits = trimmed(place.said, english=language == "en")
    name, known = _who_says(place, speaker, path)
    quote = Candidate(
        said=place.said, shown=shown, edits=edits, start_ms=place.start_ms, end_ms=place.end_ms,
        score=0.0, reasons=(), speaker=name, attribution=known,
    )  # fmt: skip
    last_ms = max(cue.end_ms for cue in transcript.cues)
    return quote, Talk(path.stem, transcript.details.title or path.stem, duration_ms=last_ms)


def _who_says(
    place: "Place", speaker: str | None, path: Path
) -> "tuple[str | None, Attribution | None]":
    """The speaker and how that is known; a name that the file's label contradicts is refused."""
    from bot.speakers import heard_as

    try:
        return heard_as(place.speaker, speaker)
    except LookupError as error:
        label = error.args[0]
        raise InputError(
            f"the file says that {label} says this, not {speaker}",
            place=str(path),
            remedy=f"draw it with --speaker '{label}'",
        ) from error
