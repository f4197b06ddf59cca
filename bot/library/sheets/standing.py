"""Whether the quotes of a sheet are what their transcripts say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from bot.editing import NotSaid, edits_to
from bot.library.places import Turn, misplaced, turns_of
from bot.library.sheets.files import unpacked
from bot.library.sheets.sheet import Leaf, Sheet
from bot.library.verify import misquoted
from bot.model import Quote
from bot.store.packing import unpack
from bot.store.schema import transcripts
from bot.transcripts import read_bytes

_STANDING = ("candidate", "approved")
Turns = tuple[Turn, ...]


def wrong(quote: Quote, turns: Turns, glossary: Mapping[str, str]) -> str | None:
    """Why a quote is not what was said; None when it is."""
    return misplaced(quote, turns) or misquoted(quote, glossary)


@dataclass(frozen=True, slots=True)
class Prover:
    """Proves quotes of the library against its transcripts, each of which is taken apart once."""

    connection: Connection
    glossary: Mapping[str, str]
    turns: dict[int, Turns] = field(default_factory=dict)

    def wrong(self, quote: Quote) -> str | None:
        """Why a quote is not what was said; None when it is, or when people are not shown it."""
        if quote.status not in _STANDING:
            return None
        version = quote.transcript
        if version not in self.turns:
            stored = select(transcripts.c.cues).where(transcripts.c.id == version)
            self.turns[version] = turns_of(unpack(self.connection.execute(stored).scalar_one()))
        return wrong(quote, self.turns[version], self.glossary)


@dataclass(frozen=True, slots=True)
class SheetProver:
    """Proves the quotes of a sheet against the transcripts beside it: no library is needed."""

    sheet: Sheet
    glossary: Mapping[str, str]
    most_bytes: int
    turns: dict[str, Turns] = field(default_factory=dict)

    def wrong(self, leaf: Leaf) -> str | None:
        """Why a quote, as the sheet shows it, is not what was said; raises SheetError."""
        glossary = {**self.glossary, **self.sheet.talk.glossary}
        if leaf.typed != leaf.quote.shown:
            try:
                edits_to(leaf.quote.said, leaf.typed, glossary)
            except NotSaid as error:
                return str(error)
        if leaf.version not in self.turns:
            (version,) = (one for one in self.sheet.versions if one.sha256 == leaf.version)
            raw = unpacked(self.sheet, version, self.most_bytes)
            self.turns[leaf.version] = turns_of(read_bytes(raw, version.source).cues)
        # Of words that were typed the old ones are proved: new edits move the start, on import.
        return wrong(leaf.quote, self.turns[leaf.version], glossary)
