"""A word that was misheard throughout a talk: what was meant, shown in all its quotes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, update

from bot.editing import NotSaid, edits_to
from bot.errors import InputError
from bot.library.changes import Author, Changed, change
from bot.library.details import change_talk
from bot.library.query import stored_quotes
from bot.library.reword import latest, quote_as, reworded
from bot.model import Quote, Talk
from bot.store.schema import transcripts

_LONGEST = 80  # characters of a word or a name


@dataclass(frozen=True, slots=True)
class Mended:
    """The talk with its glossary, and its quotes with the word mended; approvals are void then.

    ``untouched`` are quotes that have the word and cannot show the other, each with the reason.
    """

    talk: Talk
    quotes: Changed
    untouched: tuple[tuple[Quote, str], ...] = ()


def mend(
    connection: Connection,
    talk: Talk,
    misheard: str,
    meant: str,
    author: Author,
    glossary: Mapping[str, str],
) -> Mended:
    """Show what was meant for what was misheard, in all quotes of a talk, these and later ones.

    Raises InputError for what the talk does not say, and where a negation or the like would go.
    """
    misheard, meant = " ".join(misheard.split()), " ".join(meant.split())
    _refuse(connection, talk, misheard, meant)
    words = {misheard: meant} | _at_the_start(misheard, meant)
    known = {**glossary, **talk.glossary}
    shows = dict(words)
    shows |= {known[before]: after for before, after in words.items() if before in known}
    changed = change_talk(connection, talk.id, {"glossary": {**talk.glossary, **words}}, author)
    # What was harvested before is not what would be harvested now.
    versions = update(transcripts).where(transcripts.c.talk == talk.id)
    connection.execute(versions.values(recipe=None))
    pairs, untouched = [], []
    for stored in stored_quotes(connection, talk.id):
        quote = stored.quote
        shown = _mended(quote.shown, shows)
        if quote.status == "retracted" or shown == quote.shown:
            continue
        found = quote_as(connection, quote, shown, glossary)
        if found.places:
            pairs.append((quote, reworded(quote, found.places[0])))
        else:
            untouched.append((quote, found.reason))
    return Mended(changed, change(connection, pairs, "mend", author), tuple(untouched))


def _at_the_start(misheard: str, meant: str) -> dict[str, str]:
    """The same where the word opens a sentence, or what is shown of one."""
    if not misheard[0].islower():
        return {}
    return {misheard[0].upper() + misheard[1:]: meant[0].upper() + meant[1:]}


def _refuse(connection: Connection, talk: Talk, misheard: str, meant: str) -> None:
    place = f"talk {talk.id}"
    for word in (misheard, meant):
        if not word or len(word) > _LONGEST or not word.isprintable():
            remedy = f"give a word or a name, {_LONGEST} characters at most"
            raise InputError(f"‘{word[:_LONGEST]}’ is no word", place=place, remedy=remedy)
    if misheard == meant:
        raise InputError(f"‘{meant}’ is what the talk says", place=place)
    try:
        edits_to(misheard, meant, {misheard: meant})
    except NotSaid as error:
        raise InputError(f"‘{misheard}’ → ‘{meant}’ is not lawful: {error}", place=place) from error
    _, text = latest(connection, talk)
    if not any(_whole(misheard).search(one.text) for one in text.sentences):
        near = {
            found[0]
            for one in text.sentences
            for found in re.finditer(_whole(misheard).pattern, one.text, re.IGNORECASE)
        }
        remedy = f"it says ‘{min(near)}’" if near else "give the word as the transcript has it"
        raise InputError(f"the talk does not say ‘{misheard}’", place=place, remedy=remedy)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def _mended(shown: str, words: Mapping[str, str]) -> str:
    """What is shown with what was meant, also where something else was once thought meant."""
    longest = sorted(words, key=len, reverse=True)
    either = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    return either.sub(lambda found: words[found[0]], shown)
