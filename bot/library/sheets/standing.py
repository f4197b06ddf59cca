"""Whether the quotes of a sheet are what their transcripts say, before the library takes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from bot.library.places import Turn, misplaced, turns_of
from bot.library.verify import misquoted
from bot.model import Quote
from bot.store.packing import unpack
from bot.store.schema import transcripts

_STANDING = ("candidate", "approved")


@dataclass(frozen=True, slots=True)
class Prover:
    """Proves quotes against stored transcripts, each of which is taken apart once."""

    connection: Connection
    glossary: Mapping[str, str]
    turns: dict[int, tuple[Turn, ...]] = field(default_factory=dict)

    def wrong(self, quote: Quote) -> str | None:
        """Why a quote is not what was said; None when it is, or when people are not shown it."""
        if quote.status not in _STANDING:
            return None
        version = quote.transcript
        if version not in self.turns:
            stored = select(transcripts.c.cues).where(transcripts.c.id == version)
            self.turns[version] = turns_of(unpack(self.connection.execute(stored).scalar_one()))
        return misplaced(quote, self.turns[version]) or misquoted(quote, self.glossary)
