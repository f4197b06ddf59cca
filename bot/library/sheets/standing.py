"""Whether the quotes of a sheet are what their transcripts say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from bot.library.places import Turn, misplaced, turns_of
from bot.library.reword import reworded
from bot.library.said import Spoken, spoken
from bot.library.sheets.files import unpacked
from bot.library.sheets.sheet import Leaf, Sheet
from bot.library.verify import misquoted
from bot.library.where import rejudged
from bot.model import Quote
from bot.store.packing import pack, unpack
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
    read: dict[str, Spoken] = field(default_factory=dict)

    def judged(self, leaf: Leaf) -> tuple[Quote, str | None]:
        """A quote as the sheet shows it, and why it is not what was said if it is not.

        Raises SheetError where there is no transcript to ask.
        """
        glossary, text = {**self.glossary, **self.sheet.talk.glossary}, self._spoken(leaf)
        quote = leaf.quote
        if reason := wrong(quote, text.turns, glossary):
            return replace(quote, shown=leaf.typed), reason
        run = text.run_of(quote.said, quote.end_ms)
        if leaf.typed == quote.shown or run is None:
            return quote, None
        found = rejudged(text, run, leaf.typed, glossary)
        if not found.places:
            return replace(quote, shown=leaf.typed), found.reason
        return replace(reworded(quote, found.places[0]), status=quote.status), None

    def _spoken(self, leaf: Leaf) -> Spoken:
        if leaf.version not in self.read:
            (version,) = (one for one in self.sheet.versions if one.sha256 == leaf.version)
            raw = unpacked(self.sheet, version, self.most_bytes)
            self.read[leaf.version] = spoken(pack(read_bytes(raw, version.source).cues))
        return self.read[leaf.version]
