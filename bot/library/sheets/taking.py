"""From sheets to the library: what they bring is added, what a person wrote there is decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, delete, insert, select, update

from bot.errors import InputError, NeedsPerson, SheetError
from bot.library.changes import Author
from bot.library.people import name_id
from bot.library.planned import cancel_void
from bot.library.query import kept_quotes, talk_by_id
from bot.library.rows import quote_values
from bot.library.sheets.details import of_person, of_talk
from bot.library.sheets.giving import sheet_from
from bot.library.sheets.merge import Verdict, as_shown, merged, unheeded
from bot.library.sheets.receipts import lacking, take_posts, wait
from bot.library.sheets.sheet import Barred, Event, Leaf, Sheet, Speaker
from bot.library.sheets.standing import Prover
from bot.library.sheets.talk import Home, Raw, take_talk
from bot.library.sheets.wishes import Answers, grant
from bot.library.takedown import is_barred, retract, retract_speaker
from bot.model import Post, Quote
from bot.store.schema import decisions, quotes, talks

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What a sheet changed.

    ``added`` quotes are new, ``moved`` took over what was decided elsewhere, ``decided`` were
    decided by the one who imports; ``receipts`` is how many posts were restored. Of what is named
    in ``conflicts`` nothing was changed; ``unheeded`` says what was written over the program's.
    ``waiting`` are the accounts that publish once their timelines are matched.
    """

    talk: str
    added: tuple[Quote, ...] = ()
    moved: tuple[Quote, ...] = ()
    decided: tuple[Quote, ...] = ()
    receipts: int = 0
    conflicts: tuple[str, ...] = ()
    unheeded: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Who imports, what they answered, the glossary of the settings, where transcripts are."""

    author: Author
    answers: Answers
    glossary: Mapping[str, str]
    raw: Raw


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of one quote of a sheet."""

    quote: str
    added: bool = False
    moved: bool = False
    decided: bool = False
    receipts: tuple[Post, ...] = ()
    conflict: str | None = None
    unheeded: str | None = None


def take(connection: Connection, sheet: Sheet, terms: Terms) -> Taken:
    """Bring one sheet to the library; raises SheetError and NeedsPerson, each with the line."""
    known = connection.scalar(select(talks.c.id).where(talks.c.id == sheet.talk.id))
    theirs = sheet_from(connection, known) if known else None
    home = take_talk(connection, sheet, theirs, terms.author, terms.raw)
    stored = {leaf.quote.id: leaf for leaf in theirs.leaves} if theirs else {}
    _refuse_of_others(connection, sheet, stored)
    glossary = {**terms.glossary, **talk_by_id(connection, sheet.talk.id).glossary}
    work = _Work(connection, sheet, home, Prover(connection, glossary), terms)
    fates = [work.take(leaf, stored.get(leaf.quote.id)) for leaf in sheet.leaves]
    changed = [one.quote for one in fates if one.added or one.moved or one.decided]
    restored = [post for one in fates for post in one.receipts]
    after = {quote.id: quote for quote in kept_quotes(connection, changed)}
    return Taken(
        sheet.talk.id,
        tuple(after[one.quote] for one in fates if one.added),
        tuple(after[one.quote] for one in fates if one.moved),
        tuple(after[one.quote] for one in fates if one.decided),
        len(restored),
        (*home.conflicts, *(one.conflict for one in fates if one.conflict)),
        tuple(one.unheeded for one in fates if one.unheeded),
        wait(connection, restored),
    )


def take_barred(connection: Connection, barred: Sequence[Barred]) -> tuple[str, ...]:
    """Take down for good the speakers of a sheet; the names of those who were not."""
    new = [one for one in barred if not is_barred(connection, one.name)]
    for one in new:
        retract_speaker(connection, one.name, Author(one.who, one.at))
    return tuple(one.name for one in new)


def pending_barred(mine: Sequence[Barred], theirs: Sequence[Barred]) -> Iterator[str]:
    """The speakers whom a sheet takes down and the library does not, as words."""
    known = {name_id(one.name) for one in theirs}
    yield from (f"'{one.name}'" for one in mine if name_id(one.name) not in known)


def _not_heeded(place: str, keys: Sequence[str]) -> str:
    how = "; to say who speaks, write known: given under the name" if "speaker" in keys else ""
    return f"{place}: its {', '.join(keys)} stay as the library has them{how}"


def _refuse_of_others(connection: Connection, sheet: Sheet, stored: Mapping[str, Leaf]) -> None:
    """Refuse ids that belong to quotes of other talks."""
    new = {leaf.quote.id: leaf.line for leaf in sheet.leaves if leaf.quote.id not in stored}
    names = list(new)
    for first in range(0, len(names), _AT_ONCE):
        wanted = quotes.c.id.in_(names[first : first + _AT_ONCE])
        for row in connection.execute(select(quotes.c.id, quotes.c.talk).where(wanted)):
            reason = f"quote {row.id} is of the talk '{row.talk}'"
            remedy = "take the block to the sheet of that talk"
            raise SheetError(sheet.path, reason, line=new[row.id], remedy=remedy)


@dataclass(frozen=True, slots=True)
class _Work:
    """A sheet whose quotes are taken one after another."""

    connection: Connection
    sheet: Sheet
    home: Home
    prover: Prover
    terms: Terms

    def take(self, leaf: Leaf, theirs: Leaf | None) -> _Fate:
        """Take one quote; ``theirs`` is how the library has it."""
        said = (theirs or leaf).quote.said
        verdict = merged(as_shown(leaf, said, self.prover.glossary), theirs)
        place = f"{self.sheet.path} line {leaf.line}, quote {leaf.quote.id}"
        if verdict.conflict:
            return _Fate(leaf.quote.id, conflict=f"{place}: {verdict.conflict}")
        moved = theirs is not None and verdict.events != theirs.events
        if theirs is None:
            self._add(leaf, verdict)
        elif moved:
            self._move(leaf, theirs, verdict)
        if theirs is None or moved:
            self._prove(leaf)
        decided = bool(verdict.wish) and self._grant(leaf, verdict)
        if decided:
            self._prove(leaf)
        receipts = take_posts(self.connection, leaf.posts)
        keys = [*unheeded(leaf, theirs)] if theirs else []
        told = _not_heeded(place, keys) if keys else None
        return _Fate(leaf.quote.id, theirs is None, moved, decided, receipts, unheeded=told)

    def _add(self, leaf: Leaf, verdict: Verdict) -> None:
        quote = replace(verdict.quote, transcript=self.home.versions[leaf.version])
        values = {**quote_values(quote), "created_at": leaf.found_at}
        self.connection.execute(insert(quotes).values(values))
        self._write_history(quote.id, verdict.events)
        if quote.status != "retracted" and is_barred(self.connection, quote.speaker):
            retract(self.connection, [quote], self.terms.author)

    def _move(self, leaf: Leaf, theirs: Leaf, verdict: Verdict) -> None:
        elsewhere = any("transcript" in one.became for one in verdict.events)
        version = self.home.versions[leaf.version] if elsewhere else theirs.quote.transcript
        values = quote_values(replace(verdict.quote, transcript=version))
        of_quote = quotes.c.id == leaf.quote.id
        self.connection.execute(update(quotes).where(of_quote).values(values))
        cancel_void(self.connection, leaf.quote.id)
        of_history = decisions.c.quote == leaf.quote.id
        self.connection.execute(delete(decisions).where(of_history))
        self._write_history(leaf.quote.id, verdict.events)

    def _write_history(self, quote: str, events: Sequence[Event]) -> None:
        """Write the history of a quote, in its order."""
        for event in events:
            values = {**asdict(event), "quote": quote}
            values |= {name: self._numbered(values[name]) for name in ("was", "became")}
            self.connection.execute(insert(decisions).values(values))

    def _numbered(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values with the transcript by its number in this library."""
        if "transcript" not in values:
            return dict(values)
        return {**values, "transcript": self.home.versions.get(str(values["transcript"]))}

    def _grant(self, leaf: Leaf, verdict: Verdict) -> bool:
        """Do what a person wrote; what cannot be names the line."""
        name, terms, line = leaf.quote.id, self.terms, leaf.line
        try:
            asked = (verdict.wish, terms.author, terms.answers, terms.glossary)
            return grant(self.connection, name, *asked)
        except NeedsPerson as error:
            place = f"{self.sheet.path} line {line}, quote {name}"
            raise NeedsPerson(error.reason, place=place, remedy=error.remedy) from error
        except InputError as error:
            reason = f"quote {name}: {error.reason}"
            raise SheetError(self.sheet.path, reason, line=line, remedy=error.remedy) from error

    def _prove(self, leaf: Leaf) -> None:
        (quote,) = kept_quotes(self.connection, [leaf.quote.id])
        if reason := self.prover.wrong(quote):
            said = f"quote {quote.id} is not what its transcript says: {reason}"
            remedy = "take the quote as it was exported, or harvest the talk again"
            raise SheetError(self.sheet.path, said, line=leaf.line, remedy=remedy)


def pending(
    mine: Sheet, theirs: Sheet, people: Sequence[Speaker], glossary: Mapping[str, str]
) -> Iterator[str]:
    """What a sheet says that the library does not know yet, as words: it is not imported.

    ``people`` are those of the sheet as the library knows them.
    """
    corrected = {**glossary, **theirs.talk.glossary}
    known = {leaf.quote.id: leaf for leaf in theirs.leaves}
    for leaf in mine.leaves:
        there = known.get(leaf.quote.id)
        verdict = merged(as_shown(leaf, (there or leaf).quote.said, corrected), there)
        if there is None or verdict.wish or verdict.conflict or verdict.events != there.events:
            yield f"quote {leaf.quote.id} on line {leaf.line}"
        elif lacking(leaf.posts, there.posts):
            yield f"a post of quote {leaf.quote.id} on line {leaf.line}"
    yield from of_talk(mine, theirs).named
    met = {name_id(one.person.name): one for one in people}
    for one in mine.speakers:
        here = met.get(name_id(one.person.name))
        if here is None or of_person(one, here).named:
            yield f"what it says of '{one.person.name}' on line {one.line}"
