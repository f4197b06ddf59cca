"""What the words of a quote say for it: one function a feature, each with its source. Pure.

A feature is a number of 0 to 1 of one ``View``.

Sources: Danescu-Niculescu-Mizil et al. 2012, "You had me at hello" (memorable lines); Bendersky &
Smith 2012, "A dictionary of wisdom and wit" (quotations in books); Koto et al. 2015 (TED quotes);
Bohn & Ling 2020 (pull quotes).
"""

import math
import re

from bot.lexicon import steps_said_twice
from bot.scoring.view import View


def length(view: View) -> float:
    """Near the length people quote: chosen clips have a median of 28 words, cards like 20."""
    return math.exp(-((math.log(len(view.words) / 20) / 0.8) ** 2))


def negation(view: View) -> float:
    """Says what is not so (Koto et al. 2015: "X is not" marks quotes)."""
    return min(1.0, view.kinds.negations / 2)


def universals(view: View) -> float:
    """Always, never, everyone (Bendersky & Smith 2012: universal quantifiers, weight +62)."""
    return min(1.0, view.kinds.universals / 2)


def comparison(view: View) -> float:
    """More, less, the best, rather than (Bendersky & Smith 2012: comparatives among adjectives)."""
    return min(1.0, view.kinds.comparisons / 2)


def condition(view: View) -> float:
    """If this then that: a rule in a sentence (generality, Danescu-Niculescu-Mizil et al. 2012)."""
    return float(view.words[0] in ("if", "when", "unless", "whenever"))


def abstractness(view: View) -> float:
    """Nouns of ideas by their endings (Bendersky & Smith 2012: abstract nouns, weight +92)."""
    return min(1.0, view.kinds.abstract / 3)


def address(view: View) -> float:
    """Speaks to you (Danescu-Niculescu-Mizil et al. 2012: fewer pronouns, except "you")."""
    return min(1.0, view.kinds.you / 3)


def self_talk(view: View) -> float:
    """About the speaker rather than the world (ibid.: fewer first-person pronouns)."""
    return min(1.0, 4 * (view.kinds.persons / len(view.words)))


def absent_persons(view: View) -> float:
    """He, she, they, it: someone the reader has not met (ibid.: fewer third-person pronouns)."""
    return min(1.0, 4 * (view.kinds.third_persons / len(view.words)))


def past(view: View) -> float:
    """Tells what happened (ibid.: memorable lines are in the present; Koto: fewer "and + past")."""
    return min(1.0, view.kinds.past / 3)


_LOOSE = re.compile(
    r"kind(?<!\w....) of\b|sort(?<!\w....) of\b|i(?<!\w.) (?:think|guess|mean)\b|a(?<!\w.) bit\b"
)


_LOOSELY = ("kind of", "sort of", "i think", "i guess", "a bit", "i mean")


def hedges(view: View) -> float:
    """Maybe, kind of, I guess (Bohn & Ling 2020: pull quotes are assertive)."""
    loose = len(_LOOSE.findall(view.lower)) if view.has_any(_LOOSELY) else 0
    return min(1.0, (loose + view.kinds.hedges) / 3)


_LIKE = "(?:'s|'re| was| were)? like"
_ASIDE = re.compile(  # each opens on its letter, so that a search leaps from one such to the next
    r"--|u(?<!\w.)(?:m+|h+)\b|et(?<!\w..) cetera\b|and(?<!\w...) (?:so on|stuff)\b"
    r"|or(?<!\w..) something\b|of(?<!\w..) course\b|for(?<!\w...) (?:example|instance)\b"
    r"|i(?<!\w.) would say\b|roughly(?<!\w.{7}) speaking\b|like,(?<!\w.{5})|, like\b"
    rf"|you(?<!\w...)(?: know|{_LIKE})\b|she(?<!\w...){_LIKE}\b|he(?<!\w..){_LIKE}\b"
    rf"|they(?<!\w....){_LIKE}\b|it(?<!\w..){_LIKE}\b"
)


_ASIDES = (  # one of these stands in whatever ``_ASIDE`` finds
    *("--", "um", "uh", "you know", "cetera", "so on", "something", "stuff", "of course"),
    *("for example", "for instance", "would say", "speaking", "like,", ", like", "he like"),
    *("they like", "you like", "it like", "'s like", "'re like", "was like", "were like"),
)


def stumbles(view: View) -> float:
    """False starts, restarts and asides: speech that reads badly on a card."""
    lower = view.lower
    broken = lower.count("- ") and lower.count("- ") - lower.count("-- ") - lower.count(
        " - "
    )  # "you- you"
    unsure = (view.kinds.stumbling or "--" in lower) and view.has_any(_ASIDES)
    asides = len(_ASIDE.findall(lower)) if unsure else 0
    return min(1.0, (asides + broken + _restarts(view.words)) / 2)


def _restarts(words: tuple[str, ...]) -> int:
    """How often one to three words are said twice in a row: "if you ever if you ever"."""
    return sum(
        words[at : at + step] == words[at + step : at + 2 * step]
        for step in steps_said_twice(words)
        for at in range(len(words) - 2 * step + 1)
    )


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
    return min(1.0, view.kinds.indefinite / 3)


def obligation(view: View) -> float:
    """Must, should, have to, need to: advice (Bendersky & Smith 2012 on maxims)."""
    return min(1.0, view.kinds.obligations / 2)


_WEIGHTY = re.compile(
    r"\b(?:the (?:real |whole |only |single |very |most )*(?:thing|key|secret|point|truth|reason|"
    r"problem|question|idea|lesson|difference|goal|trick|answer|rule|job|way|mistake)|"
    r"(?:the )?most important(?:ly)?|at the end of the day|bottom line|"
    r"what (?:matters|counts)|fundamental\w*|matters most)\b"
)


def importance(view: View) -> float:
    """The point, the key, the only way: says that this is what counts (Rhapsody 2025)."""
    if not view.kinds.weighty:
        return 0.0
    return min(1.0, len(_WEIGHTY.findall(view.lower)) / 2)


def superlatives(view: View) -> float:
    """The best, the worst, the most: claims an end of the scale (ibid.)."""
    return min(1.0, view.kinds.superlatives / 2)


def generality(view: View) -> float:
    """About people in general (generality, Danescu-Niculescu-Mizil et al. 2012)."""
    return min(1.0, view.kinds.people / 2)


def together(view: View) -> float:
    """We, us, our: takes the listener in (Koto et al. 2015)."""
    return min(1.0, view.kinds.we / 3)


def names(view: View) -> float:
    """Names of persons, firms, things: says less to who does not know them (Bohn & Ling 2020)."""
    shown = view.shown
    found = [one for one in _CAPITAL.finditer(shown) if _names(shown, one)]
    return min(1.0, 3 * len(found) / len(view.words))


_CAPITAL = re.compile(r"[A-Z](?<!\w.)\w+")  # the look back second: the search starts at capitals
_GOES_ON = re.compile(r"[\w,;:] ")


def _names(shown: str, found: re.Match[str]) -> bool:
    """Whether a capital stands for a name: inside a sentence, or two of them anywhere."""
    at = found.start()
    return found[0][1].isupper() or (at > 1 and _GOES_ON.match(shown, at - 2) is not None)


def clauses(view: View) -> float:
    """Commas and dashes for its length: winding speech (syntactic ordinariness, Danescu 2012)."""
    return min(1.0, 4 * (len(view.clauses) - len(view.sentences)) / len(view.words))


_QUOTE_MARKS = ('"', *"“”«»„")


def quoted_speech(view: View) -> float:
    """Holds direct speech (Bohn & Ling 2020: quotation marks, AUC .68 on pull quotes)."""
    return float(any(map(view.shown.__contains__, _QUOTE_MARKS)))


def reason(view: View) -> float:
    """Because, so that: gives the reason for what it says (Tan et al. 2018)."""
    return float("because" in view.words or "so that" in view.lower)
