"""Proves from the stored bytes alone that every quote is what was said, when it was said.

For each version of a transcript: the bytes are those that were read, and reading them again gives
the stored cues. For each quote: its words are whole sentences of one turn of that text, said at its
times and, where labels say who speaks, by its speaker; the recorded edits and nothing else lead to
what is shown. ``start_ms`` is that of the cue or word with the first shown word, ``end_ms`` that of
the last sentence.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select, type_coerce
from sqlalchemy import LargeBinary as Packed

from bot.errors import TranscriptError
from bot.library.duplicates import duplicates
from bot.library.finding import Finding
from bot.library.newer import newer
from bot.library.places import misplaced, turns_of
from bot.library.query import talk_by_id
from bot.library.rows import quote_of, quote_rows
from bot.model import Cue, Quote
from bot.store.packing import unpack
from bot.store.schema import quotes, transcripts
from bot.transcripts import read_bytes
from bot.wording import EditRefused, replay

Progress = Callable[[int, int], None]
Glossary = Mapping[str, str]


def verify(
    connection: Connection, progress: Progress | None = None, glossary: Glossary | None = None
) -> tuple[Finding, ...]:
    """Everything that is not as it should be, by transcript; nothing, when all is well.

    Then quotes like another of another talk, and those that a newer transcript has elsewhere.
    Nothing is asked of what was taken down: it is never shown again. ``progress`` is called with
    the transcripts proved so far and their number; ``glossary`` has the corrections that glossary
    edits may make.
    """
    of_transcript = quote_rows().order_by(quotes.c.transcript, quotes.c.start_ms, quotes.c.id)
    standing = of_transcript.where(quotes.c.status != "retracted")
    stored = [quote_of(row) for row in connection.execute(standing)]
    groups = [(key, list(group)) for key, group in groupby(stored, lambda each: each.transcript)]
    findings: list[Finding] = []
    for done, (version, group) in enumerate(groups, 1):
        findings += _of_transcript(connection, version, group, glossary)
        if progress:
            progress(done, len(groups))
    findings += duplicates([one for one in stored if one.status != "rejected"])
    findings += newer(connection, stored, glossary or {})
    return tuple(findings)


def _of_transcript(
    connection: Connection, version: int, group: list[Quote], glossary: Glossary | None
) -> Iterator[Finding]:
    # Unpacked here, not by the column type: damaged bytes are a finding, not an error.
    packed = (type_coerce(transcripts.c[name], Packed).label(name) for name in ("raw", "cues"))
    columns = (transcripts.c.talk, transcripts.c.source, transcripts.c.source_hash, *packed)
    row = connection.execute(select(*columns).where(transcripts.c.id == version)).one_or_none()
    talk = row.talk if row else None
    for stray in (one for one in group if one.talk != talk):
        yield Finding(stray.talk, version, stray.id, "its talk has no such transcript")
    own = [one for one in group if one.talk == talk]
    if row is None or not own:
        return
    cues, reasons = _proved(row)
    for reason in reasons:
        yield Finding(row.talk, version, None, reason)
    turns = turns_of(cues)
    glossary = {**(glossary or {}), **talk_by_id(connection, row.talk).glossary}
    for quote in own:
        for wrong in (misplaced(quote, turns), misquoted(quote, glossary)):
            if wrong:
                yield Finding(row.talk, version, quote.id, wrong)


def _proved(row: Row[Any]) -> tuple[tuple[Cue, ...], list[str]]:
    """The stored cues, and what is wrong with them or the bytes they were read from."""
    try:
        raw, cues = zlib.decompress(row.raw), unpack(zlib.decompress(row.cues))
    except (zlib.error, ValueError, TypeError) as error:
        return (), [f"the stored transcript is damaged ({error})"]
    if sha256(raw).hexdigest() != row.source_hash:
        return cues, ["the stored bytes are not those that were read"]
    try:
        same = read_bytes(raw, row.source).cues == cues
    except TranscriptError as error:
        return cues, [f"the stored bytes cannot be read again ({error.reason})"]
    return cues, [] if same else ["reading the stored bytes again gives other cues"]


def misquoted(quote: Quote, glossary: Glossary | None) -> str | None:
    """Why the edits of a quote do not lead to what it shows; None when they do."""
    try:
        shown = replay(quote.said, quote.edits, glossary)
    except EditRefused as error:
        return f"its {error}"
    same = shown == quote.shown
    return None if same else "what is shown is not what its edits make of what was said"
