"""Sentences of a talk made up for the tests, four seconds each."""

from bot.assets import SHIPPED
from bot.model import Cue
from bot.scoring import score
from bot.scoring.spans import Span, spans
from bot.scoring.survey import Survey
from bot.scoring.weights import load
from bot.sentences import sentences, stream
from bot.wording import trimmed

WEIGHTS = load(SHIPPED / "scorer/weights.json")


def talk(*lines, speakers=None):
    said = speakers or [None] * len(lines)
    cues = [
        Cue(at * 4000, at * 4000 + 4000, line, who)
        for at, (line, who) in enumerate(zip(lines, said, strict=True))
    ]
    return sentences(stream(cues))


def view(shown, before="", after=""):
    """A text of one sentence or more as the features see it, in the middle of a talk."""
    around = ["Filler stands here."] * 10
    lines = [*around, *filter(None, [before]), shown, *filter(None, [after]), *around]
    found = talk(*lines, speakers=["Ann" if line == shown else None for line in lines])
    run = tuple(one for one in found if one.speaker)
    span = Span(run, shown, shown, (), run[0].start_ms, run[-1].end_ms)
    return Survey(found).view(span)


def ranked(found):
    survey = Survey(found)
    return score(list(spans(survey, trimmed)), survey, WEIGHTS)
