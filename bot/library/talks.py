"""Which talk a transcript is of, and which version of its text. A talk's id is given once.

By the url, then the same bytes, then the likeness of the words; a title alone proves nothing, as
recorders name every file alike.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, insert, select, type_coerce, update

from bot.errors import UsageError
from bot.library.changes import Author
from bot.library.details import change_talk
from bot.library.fingerprint import fingerprint, similarity
from bot.library.names import slug, words
from bot.model import Details, Transcript
from bot.store.keys import likely
from bot.store.packing import pack
from bot.store.schema import MENDED, talks, transcripts

_BY = "harvest"  # who changes what is known of a talk when it is told again
_ALIKE = 0.5  # of two transcripts of one recording
_ALIKE_BY_TITLE = 0.2  # of two that also have the same title
_SAID = [field.name for field in fields(Details)]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A transcript that arrives, with what identifies it."""

    details: Details
    transcript: Transcript
    title: str
    source_hash: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class _Known:
    """A stored talk that the arrival is compared to, by its most similar version."""

    id: str
    title: str
    likeness: float


def arrival(details: Details, transcript: Transcript) -> Arrival:
    """Name and measure a transcript: title as given, else as the file or its name says."""
    return Arrival(
        details,
        transcript,
        details.title or transcript.details.title or Path(transcript.source).stem,
        sha256(transcript.raw).hexdigest(),
        fingerprint(" ".join(cue.text for cue in transcript.cues)),
    )


def keep_talk(connection: Connection, new: Arrival, now: datetime) -> tuple[str, tuple[str, ...]]:
    """Find or make the talk; its id and what the person should know of the choice.

    Raises UsageError when the url is one talk's and the file another's: the bot must not choose,
    as a wrong choice would put words in the wrong mouth.
    """
    by_url, by_hash = _by_url(connection, new), talk_of_bytes(connection, new.source_hash)
    if by_url and by_hash and by_url != by_hash:
        raise UsageError(
            f"this file is the talk '{by_hash}', but its url is that of '{by_url}'",
            place=new.transcript.source,
            remedy="leave the url out, or give the one of this talk",
        )
    if by_hash:
        return by_hash, _tell_more(connection, by_hash, new, now)
    known = _compared(connection, new, by_url)
    talk = by_url or _by_words(known, new.title)
    if talk is None:
        return _add(connection, new, now), _namesakes(known, new.title)
    same = next(each for each in known if each.id == talk)
    notice = _other_words(same) if by_url else (_new_version(same),)
    return talk, (*notice, *_tell_more(connection, talk, new, now))


def glossary_of(
    connection: Connection, details: Details, transcript: Transcript
) -> Mapping[str, str]:
    """What was misheard and meant in the talk a transcript is of, so far as it is known."""
    is_mended = MENDED[connection.dialect.name]
    if connection.scalar(select(talks.c.id).where(is_mended).limit(1)) is None:
        return {}
    new = arrival(details, transcript)
    found = talk_of_bytes(connection, new.source_hash) or _by_url(connection, new)
    talk = found or _by_words(_compared(connection, new), new.title)
    columns = select(talks.c.glossary).where(talks.c.id == talk)
    return connection.scalar(columns) or {}


def _namesakes(known: Sequence[_Known], title: str) -> tuple[str, ...]:
    same = [talk for talk in known if words(talk.title) == words(title)]
    if not same:
        return ()
    others = "another talk has" if len(same) == 1 else f"{len(same)} other talks have"
    named = f"{others} the title “{same[0].title}” ({same[0].id})"
    return (f"{named}, but other words: this one is kept as a talk of its own",)


def _new_version(talk: _Known) -> str:
    return f"most of its words are those of “{talk.title}” ({talk.id}): kept as a version of it"


def _other_words(talk: _Known) -> tuple[str, ...]:
    if talk.likeness >= _ALIKE_BY_TITLE:
        return ()
    return (
        f"“{talk.title}” ({talk.id}) has the same url, but other words:"
        " give it its own url if it is another talk",
    )


def keep_version(
    connection: Connection, talk: str, new: Arrival, now: datetime, recipe: str | None
) -> int:
    """Find the version with the same bytes, or add one; its number.

    The cues of a stored version are replaced when its bytes are read differently than before.
    """
    has_version = (transcripts.c.talk == talk) & (transcripts.c.source_hash == new.source_hash)
    cues = pack(new.transcript.cues)
    columns = (transcripts.c.id, transcripts.c.cues, transcripts.c.recipe)
    stored = connection.execute(select(*columns).where(has_version)).one_or_none()
    if stored is None:
        values = {"talk": talk, "source_hash": new.source_hash, "raw": new.transcript.raw}
        values |= {"recipe": recipe, "read_at": now} | _reading(new, cues)
        added = insert(transcripts).values(values).returning(transcripts.c.id)
        return int(connection.execute(added).scalar_one())
    changed: dict[str, Any] = {} if stored.recipe == recipe else {"recipe": recipe}
    if stored.cues != cues:
        changed |= {"read_at": now} | _reading(new, cues)
    if changed:
        connection.execute(update(transcripts).where(has_version).values(changed))
    return int(stored.id)


def _reading(new: Arrival, cues: bytes) -> dict[str, Any]:
    return {
        "source": Path(new.transcript.source).name,
        "format": new.transcript.format,
        "cues": cues,
        "cues_present": new.transcript.cues_present,
        "notes": new.transcript.notes,
        "fingerprint": new.fingerprint,
    }


def _by_url(connection: Connection, new: Arrival) -> str | None:
    if new.details.url is None:
        return None
    oldest = select(talks.c.id).where(talks.c.url == new.details.url).order_by(talks.c.created_at)
    return connection.scalar(oldest.limit(1))


def talk_of_bytes(connection: Connection, source_hash: str) -> str | None:
    """The id of the talk that has a transcript with this SHA-256; None if none has."""
    same = select(transcripts.c.talk).where(transcripts.c.source_hash == source_hash)
    return connection.scalar(same.order_by(transcripts.c.id).limit(1))


def _compared(
    connection: Connection, new: Arrival, by_url: str | None = None
) -> tuple[_Known, ...]:
    """The talk of the same url, and those worth a comparison, the most similar first."""
    names = likely(connection, new.fingerprint, new.title) | ({by_url} - {None})
    sketch = type_coerce(transcripts.c.fingerprint, LargeBinary)  # none without a transcript
    columns = select(talks.c.id, talks.c.title, sketch.label("fingerprint"))
    best: dict[str, _Known] = {}
    for row in connection.execute(columns.outerjoin(transcripts).where(talks.c.id.in_(names))):
        likeness = similarity(row.fingerprint or b"", new.fingerprint)
        if row.id not in best or likeness > best[row.id].likeness:
            best[row.id] = _Known(row.id, row.title, likeness)
    return tuple(sorted(best.values(), key=lambda known: (-known.likeness, known.id)))


def _by_words(known: Sequence[_Known], title: str) -> str | None:
    """The most similar talk, if similar enough."""
    for talk in known:
        least = _ALIKE_BY_TITLE if words(talk.title) == words(title) else _ALIKE
        if talk.likeness >= least:
            return talk.id
    return None


def _add(connection: Connection, new: Arrival, now: datetime) -> str:
    talk = _free_id(connection, new.title)
    said = {name: getattr(new.details, name) for name in _SAID}
    said |= {"title": new.title, "language": said["language"] or new.transcript.details.language}
    made = {"id": talk, "duration_ms": _duration_ms(new.transcript), "created_at": now}
    connection.execute(insert(talks).values(**said, **made))
    return talk


def _free_id(connection: Connection, title: str) -> str:
    """An id for this title that no talk has, found by halving: namesakes may be many."""

    def is_free(number: int) -> bool:
        has_it = talks.c.id == slug(title, number)
        return connection.scalar(select(talks.c.id).where(has_it)) is None

    last = 1
    while not is_free(last):
        last *= 2
    numbers = range(last // 2 + 1, last + 1)
    first = bisect_left(numbers, True, hi=len(numbers) - 1, key=is_free)
    return slug(title, numbers[first])


def _duration_ms(transcript: Transcript) -> int:
    return max((cue.end_ms for cue in transcript.cues), default=0)


def _tell_more(connection: Connection, talk: str, new: Arrival, now: datetime) -> tuple[str, ...]:
    """Write what the person says of a known talk, what they leave out stays; notes a moved url."""
    said = {name: value for name in _SAID if (value := getattr(new.details, name))}
    old_url = connection.scalar(select(talks.c.url).where(talks.c.id == talk))
    if said:
        change_talk(connection, talk, said, Author(_BY, now))
    if old_url and said.get("url", old_url) != old_url:
        return (f"the url of '{talk}' was {old_url} and is {said['url']} now",)
    return ()
