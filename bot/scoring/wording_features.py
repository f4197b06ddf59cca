"""What the words of a quote say for it: one function a feature, each with its source. Pure.

A feature is a number of 0 to 1 of one ``View``.

Sources: Danescu-Niculescu-Mizil et al. 2012, "You had me at hello" (memorable lines); Bendersky &
Smith 2012, "A dictionary of wisdom and wit" (quotations in books); Koto et al. 2015 (TED quotes);
Bohn & Ling 2020 (pull quotes).
"""

import math

from bot.scoring.view import View


def length(view: View) -> float:
    """Near the length people quote: chosen clips have a median of 28 words, cards like 20."""
    return math.exp(-((math.log(len(view.words) / 20) / 0.8) ** 2))


def negation(view: View) -> float:
    """Says what is not so (Koto et al. 2015: "X is not" marks quotes)."""
    found = view.kinds.negations
    return min(1.0, found / 2) if found else 0.0


def universals(view: View) -> float:
    """Always, never, everyone (Bendersky & Smith 2012: universal quantifiers, weight +62)."""
    found = view.kinds.universals
    return min(1.0, found / 2) if found else 0.0


def comparison(view: View) -> float:
    """More, less, the best, rather than (Bendersky & Smith 2012: comparatives among adjectives)."""
    found = view.kinds.comparisons
    return min(1.0, found / 2) if found else 0.0


def condition(view: View) -> float:
    """If this then that: a rule in a sentence (generality, Danescu-Niculescu-Mizil et al. 2012)."""
    return float(view.words[0] in ("if", "when", "unless", "whenever"))


def abstractness(view: View) -> float:
    """Nouns of ideas by their endings (Bendersky & Smith 2012: abstract nouns, weight +92)."""
    found = view.kinds.abstract
    return min(1.0, found / 3) if found else 0.0


def address(view: View) -> float:
    """Speaks to you (Danescu-Niculescu-Mizil et al. 2012: fewer pronouns, except "you")."""
    found = view.kinds.you
    return min(1.0, found / 3) if found else 0.0


def self_talk(view: View) -> float:
    """About the speaker rather than the world (ibid.: fewer first-person pronouns)."""
    return min(1.0, 4 * (view.kinds.persons / len(view.words)))


def absent_persons(view: View) -> float:
    """He, she, they, it: someone the reader has not met (ibid.: fewer third-person pronouns)."""
    return min(1.0, 4 * (view.kinds.third_persons / len(view.words)))


def past(view: View) -> float:
    """Tells what happened (ibid.: memorable lines are in the present; Koto: fewer "and + past")."""
    found = view.kinds.past
    return min(1.0, found / 3) if found else 0.0


def hedges(view: View) -> float:
    """Maybe, kind of, I guess (Bohn & Ling 2020: pull quotes are assertive)."""
    return min(1.0, (view.phrasings.loose + view.kinds.hedges) / 3)


def stumbles(view: View) -> float:
    """False starts, restarts and asides: speech that reads badly on a card."""
    lower = view.lower
    found = view.phrasings.restarts
    if "- " in lower:  # "you- you"
        found += lower.count("- ") - lower.count("-- ") - lower.count(" - ")
    if view.kinds.stumbling or "--" in lower:
        found += view.phrasings.asides
    return min(1.0, found / 2) if found else 0.0


def concreteness(view: View) -> float:
    """Carries subject words rather than function words (lexical density, Ure 1971)."""
    return len(view.content) / len(view.words)


def numbers(view: View) -> float:
    """Holds a figure (Bohn & Ling 2020 list numerals among pull-quote features)."""
    return float(view.kinds.figures > 0)


def long_words(view: View) -> float:
    """Longer words (Bohn & Ling 2020: difficult words, AUC .61 on pull quotes)."""
    return min(1.0, view.kinds.letters / len(view.words) / 8)


def indefinite(view: View) -> float:
    """A, an: of any such thing, not of this one (ibid.: memorable lines have more of them)."""
    found = view.kinds.indefinite
    return min(1.0, found / 3) if found else 0.0


def obligation(view: View) -> float:
    """Must, should, have to, need to: advice (Bendersky & Smith 2012 on maxims)."""
    found = view.kinds.obligations
    return min(1.0, found / 2) if found else 0.0


def importance(view: View) -> float:
    """The point, the key, the only way: says that this is what counts (Rhapsody 2025)."""
    found = view.phrasings.weighty
    return min(1.0, found / 2) if found else 0.0


def superlatives(view: View) -> float:
    """The best, the worst, the most: claims an end of the scale (ibid.)."""
    found = view.kinds.superlatives
    return min(1.0, found / 2) if found else 0.0


def generality(view: View) -> float:
    """About people in general (generality, Danescu-Niculescu-Mizil et al. 2012)."""
    found = view.kinds.people
    return min(1.0, found / 2) if found else 0.0


def together(view: View) -> float:
    """We, us, our: takes the listener in (Koto et al. 2015)."""
    found = view.kinds.we
    return min(1.0, found / 3) if found else 0.0


def names(view: View) -> float:
    """Names of persons, firms, things: says less to who does not know them (Bohn & Ling 2020)."""
    return min(1.0, 3 * view.phrasings.names / len(view.words))


def clauses(view: View) -> float:
    """Commas and dashes for its length: winding speech (syntactic ordinariness, Danescu 2012)."""
    return min(1.0, 4 * (len(view.clauses) - len(view.sentences)) / len(view.words))


def quoted_speech(view: View) -> float:
    """Holds direct speech (Bohn & Ling 2020: quotation marks, AUC .68 on pull quotes)."""
    return float(view.phrasings.quoted > 0)


def reason(view: View) -> float:
    """Because, so that: gives the reason for what it says (Tan et al. 2018)."""
    return float(view.phrasings.reasons > 0)
