"""Who says the sentences of a stored transcript, and whether a stretch of them is one voice."""

from collections.abc import Sequence

from bot import learned
from bot.library.said import Spoken
from bot.model import Sentence, Talk
from bot.speakers import attribute, speakers_of


def heard(text: Spoken, talk: Talk) -> tuple[Sentence, ...]:
    """The sentences of a talk with who says them, as a harvest knows it."""
    try:
        speakers = speakers_of(text.sentences, talk.speakers, talk.speakers)
    except LookupError:
        speakers = ()
    return attribute(text.sentences, speakers, learned.voice_weights())


def another_voice(run: Sequence[Sentence], of: Sequence[Sentence]) -> str | None:
    """Who says a part of a run, if not those who say ``of``: a name, or "another voice"."""
    mine = {one.speaker for one in of}
    strange = [one.speaker for one in run if one.speaker not in mine]
    return (strange[0] or "another voice") if strange else None
