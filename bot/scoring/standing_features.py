"""Whether a quote can stand alone: one function a feature, each with its source. Pure.

A feature is a number of 0 to 1 of one ``View``. Spotify 2025 judges previews by whether they are
understood out of context; what people complain of is a quote that needs what came before it.
"""

from bot.lexicon import CONJUNCTIONS, THIRD_PERSONS
from bot.scoring.view import View


def _opening(view: View) -> str:
    return view.words[0].partition("'")[0]


def pointing(view: View) -> float:
    """This, that, these, here: leans on what the eye cannot see."""
    found = view.phrasings.pointing
    return min(1.0, found / 2) if found else 0.0


_JOINED = CONJUNCTIONS | {"then", "also", "plus", "which"}


def opens_joined(view: View) -> float:
    """And, but, because, or, so at the start: joined to what came before (Koto et al. 2015)."""
    return float(_opening(view) in _JOINED)


def opens_pointing(view: View) -> float:
    """It, this, that, these, there at the start: what is meant stands before."""
    return float(_opening(view) in ("it", "this", "that", "these", "those", "there"))


def opens_absent(view: View) -> float:
    """He, she, they among the first words: somebody named before (Danescu et al. 2012)."""
    return float(not THIRD_PERSONS.isdisjoint(view.words[:4]))


_ANSWERING = frozenset(
    ("yeah", "yes", "no", "yep", "nope", "right", "exactly", "well", "oh", "okay", "ok", "sure")
)


def opens_answering(view: View) -> float:
    """Yeah, no, right, well at the start: an answer whose question is missing."""
    return float(_opening(view) in _ANSWERING)


def opens_on_me(view: View) -> float:
    """I at the start: about the speaker."""
    return float(_opening(view) == "i")


def opens_on_you(view: View) -> float:
    """You, your at the start: about the listener."""
    return float(_opening(view) in ("you", "your"))


def leans(view: View) -> float:
    """Opens as the filters refuse: on what came before ("of course", "that said", "number two")."""
    return float(view.leaning)


def announced(view: View) -> float:
    """The sentence before announces these words: perhaps another's."""
    return float(view.announced)


def asks(view: View) -> float:
    """A question, or asking: a quote answers."""
    return float(view.refusal == "question")


def small_talk(view: View) -> float:
    """Greetings, thanks, house-keeping, sponsors: not what the talk is for."""
    return float(view.refusal in ("greeting", "thanks", "house-keeping", "sponsor"))


def broken(view: View) -> float:
    """Unfinished, or with words missing in it."""
    return float(view.refusal in ("unfinished", "hole"))


def verbless(view: View) -> float:
    """No word of it can be a finite verb: half a sentence (Spotify 2025: clear out of context)."""
    return float(not view.kinds.verbs)


def new_starts(view: View) -> float:
    """Later sentences that wind up again: another thought begins, the first one was whole."""
    found = view.phrasings.new_starts
    return min(1.0, found / 2) if found else 0.0


def sentence_count(view: View) -> float:
    """More than one sentence: a pair may be one thought, each more has to earn its place."""
    return min(1.0, (len(view.sentences) - 1) / 2)
