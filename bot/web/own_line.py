"""A line that a person picks themselves, from the transcript or by its words."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Form

from bot.errors import InputError
from bot.library import Remembered
from bot.library.people import name_id
from bot.model import Quote, Talk
from bot.web.site import Site
from bot.web.spoken import spoken


@dataclass(frozen=True, slots=True)
class Picked:
    """What a person picked: words, the whole sentences they are of, where they were selected."""

    words: str
    whole: str = ""
    at_ms: int | None = None


def picked(
    words: Annotated[str, Form(max_length=5000)],
    whole: Annotated[str, Form(max_length=10_000)] = "",
    at_ms: Annotated[int | None, Form(ge=0)] = None,
) -> Picked:
    """A form as the line that it holds, in single spaces."""
    return Picked(" ".join(words.split()), " ".join(whole.split()), at_ms)


def own_line(site: Site, talk: Talk, line: Picked, who: str, speaker: str | None = None) -> Quote:
    """The quote of words of a talk: made of them, or the one that was there.

    Words that cannot stand alone bring their whole sentences. With ``speaker``, only theirs will
    do. InputError when the talk does not say them, with what it says nearest.
    """
    try:
        return _made(site, talk, line, who, speaker)
    except InputError:
        if line.whole in ("", line.words):
            raise
        return _made(site, talk, replace(line, words=line.whole), who, speaker)


def _made(site: Site, talk: Talk, line: Picked, who: str, speaker: str | None) -> Quote:
    terms = site.project.config.glossary
    if speaker is not None:
        _refuse_others(site, talk, line, speaker)
    asked = Remembered(line.words, line.at_ms, speaker)
    added = site.library.add(talk.id, asked, who, site.now(), glossary=terms)
    return site.library.quote(added.quote.id)


def _refuse_others(site: Site, talk: Talk, line: Picked, speaker: str) -> None:
    """InputError for words that are somebody else's, or may be."""
    terms = site.project.config.glossary
    places = site.library.check(talk.id, line.words, glossary=terms).places
    heard = spoken(site, talk).reading.sentences
    near = sorted(places, key=lambda one: abs(one.start_ms - (line.at_ms or 0)))
    for place in near[:1] if line.at_ms is not None else near:
        names = {heard[one.index].speaker for one in place.sentences}
        if {name_id(name or "") for name in names} != {name_id(speaker)}:
            remedy = f"choose words that {speaker} said"
            raise InputError("these are not your words alone", place=talk.title, remedy=remedy)
