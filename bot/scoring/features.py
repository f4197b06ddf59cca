"""What makes a sentence quotable: one function a feature, each with its source. Pure.

A feature is a number, about 0 to 1, of one ``View``; ``FEATURES`` is the table. To add one: write
the function, give it a row in ``FEATURES`` with words a curator understands, and a weight in
``assets/scorer/weights.json``.

Sources: Danescu-Niculescu-Mizil et al. 2012, "You had me at hello" (memorable lines); Bendersky &
Smith 2012, "A dictionary of wisdom and wit" (quotations in books); Koto et al. 2015 (TED quotes).
"""

import math
import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from bot.lexicon import (
    ABSTRACT_ENDINGS,
    COMPARISONS,
    DETERMINERS,
    HEDGES,
    IMPERATIVES,
    NEGATIONS,
    PERSONS,
    PRONOUNS,
    THIRD_PERSONS,
    UNIVERSALS,
    is_verb,
)
from bot.scoring.view import View, content


@lru_cache(maxsize=4)  # several features ask for the same
def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.partition("'")[0] for word in words)


def _count(words: tuple[str, ...], vocabulary: frozenset[str]) -> int:
    return sum(map(vocabulary.__contains__, words))


def _share(view: View, vocabulary: frozenset[str]) -> float:
    return _count(_stems(view.words), vocabulary) / len(view.words)


def length(view: View) -> float:
    """Near the length people quote: chosen clips have a median of 28 words, cards like 12."""
    return math.exp(-((math.log(len(view.words) / 17) / 0.7) ** 2))


_ENUMERATION = {"number", "step", "rule", "first", "second", "third", "one", "two", "three"}


def imperative(view: View) -> float:
    """A clause that tells what to do (Bendersky & Smith 2012 keep imperatives as quotations)."""
    openings = [clause[0] for clause in view.clauses if clause[0] not in _ENUMERATION]
    told = sum(word in IMPERATIVES for word in openings)
    return min(1.0, told / max(1, len(view.sentences)))


def parallelism(view: View) -> float:
    """Clauses or sentences built alike: anaphora, isocolon (Aristotle, Rhetoric III 9)."""
    clauses = [clause for clause in view.clauses if len(clause) > 2]
    openings = Counter(clause[:2] for clause in clauses)
    closings = Counter(clause[-2:] for clause in clauses)
    doubled = sum(count - 1 for found in (openings, closings) for count in found.values())
    alike = any(map(_alike, view.sentences, view.sentences[1:]))
    return min(1.0, doubled / 2 + alike)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sentences have one length (±1) and every second word in the same place."""
    same = sum(map(str.__eq__, one, other))
    return abs(len(one) - len(other)) <= 1 and 2 <= len(one) <= 2 * same


def repetition(view: View) -> float:
    """Content words said again inside the span (Koto et al. 2015: sound and echo carry quotes)."""
    words = content(view.words)
    return min(1.0, (len(words) - len(set(words))) / 3) if words else 0.0


_CONTRAST = re.compile(
    r"\bnot (?:just |only |because )?[\w' ]{1,40}?(?:,|;|--|–|—| but)|"
    r"\b(?:isn't|aren't|don't|doesn't|didn't|wasn't|won't|can't)\b"
    r"[^.!?]{2,60}[,;.] ?(?:it|it's|they|they're|you|we|but|that's)\b|"
    r"\b(?:instead of|rather than|more than|less than|the opposite of|not the)\b",
)


def contrast(view: View) -> float:
    """Not this but that, this rather than that (Tan et al. 2018 on what audiences remember)."""
    return min(1.0, len(_CONTRAST.findall(view.shown.lower())) / 1.0)


def negation(view: View) -> float:
    """Says what is not so (Koto et al. 2015: "X is not" marks quotes)."""
    return min(1.0, _count(view.words, NEGATIONS) / 2)


_DEFINITION = re.compile(
    r"^(?:(?:a|an|the|your|our|every) )?[\w'-]+(?: [\w'-]+){0,3} (?:is|are|means|isn't|aren't) "
    r"(?:a|an|the|not|just|never|always|about|what|when|how|like)\b",
    re.IGNORECASE,
)


def definition(view: View) -> float:
    """Opens on "X is a …", "X means …" (Koto et al. 2015: definitions mark quotes)."""
    parts = re.split(r"(?<=[.!?])\s+", view.shown)
    return 1.0 if any(_DEFINITION.match(part) for part in parts) else 0.0


def universals(view: View) -> float:
    """Always, never, everyone (Bendersky & Smith 2012: universal quantifiers, weight +62)."""
    return min(1.0, _count(view.words, UNIVERSALS) / 2)


def comparison(view: View) -> float:
    """More, less, the best, rather than (Bendersky & Smith 2012: comparatives among adjectives)."""
    return min(1.0, _count(view.words, COMPARISONS) / 2)


def condition(view: View) -> float:
    """If this then that: a rule in a sentence (generality, Danescu-Niculescu-Mizil et al. 2012)."""
    return float(view.words[0] in ("if", "when", "unless", "whenever"))


def abstractness(view: View) -> float:
    """Nouns of ideas by their endings (Bendersky & Smith 2012: abstract nouns, weight +92)."""
    hits = sum(word.rstrip("s").endswith(ABSTRACT_ENDINGS) for word in view.words if len(word) > 5)
    return min(1.0, hits / 3)


_YOU = frozenset({"you", "your"})


def address(view: View) -> float:
    """Speaks to you (Danescu-Niculescu-Mizil et al. 2012: fewer pronouns, except "you")."""
    return min(1.0, _count(_stems(view.words), _YOU) / 3)


def self_talk(view: View) -> float:
    """About the speaker rather than the world (ibid.: fewer first-person pronouns)."""
    return min(1.0, 4 * _share(view, PERSONS))


def absent_persons(view: View) -> float:
    """He, she, they, it: someone the reader has not met (ibid.: fewer third-person pronouns)."""
    return min(1.0, 4 * _share(view, THIRD_PERSONS))


def past(view: View) -> float:
    """Tells what happened (ibid.: memorable lines are in the present; Koto: fewer "and + past")."""
    hits = sum(word in ("was", "were", "had", "did") or word.endswith("ed") for word in view.words)
    return min(1.0, hits / 3)


_LOOSE = re.compile(r"\b(?:kind of|sort of|i think|i guess|a bit|i mean)\b")


def hedges(view: View) -> float:
    """Maybe, kind of, I guess (Bohn & Ling 2020: pull quotes are assertive)."""
    loose = len(_LOOSE.findall(view.shown.lower()))
    return min(1.0, (loose + _count(view.words, HEDGES)) / 3)


_ASIDE = re.compile(
    r"--|\b(?:um+|uh+|you know|et cetera|and so on|or something|and stuff|of course|"
    r"for example|for instance|i would say|roughly speaking|"
    r"(?:he|she|they|you|it)(?:'s|'re| was| were)? like)\b"
    r"|\blike,|, like\b",
)


def stumbles(view: View) -> float:
    """False starts, restarts and asides: speech that reads badly on a card."""
    return min(1.0, (len(_ASIDE.findall(view.shown.lower())) + _restarts(view.words)) / 2)


def _restarts(words: tuple[str, ...]) -> int:
    """How often one to three words are said twice in a row: "if you ever if you ever"."""
    return sum(
        words[at : at + count] == words[at + count : at + 2 * count]
        for count in (1, 2, 3)
        for at in range(len(words) - 2 * count + 1)
    )


def concreteness(view: View) -> float:
    """Carries subject words rather than function words (lexical density, Ure 1971)."""
    return len(content(view.words)) / len(view.words)


def pointing(view: View) -> float:
    """This, that, these, here: leans on what the eye cannot see."""
    pairs = zip(view.words, (*view.words[1:], ""), strict=True)
    return min(1.0, sum(_points(word, following) for word, following in pairs) / 2)


def _points(word: str, following: str) -> bool:
    """Whether a word points: "that direction" does, "something that works" does not."""
    stem = word.split("'")[0]
    if stem != "that" or stem != word:
        return stem in ("this", "that", "these", "those", "here")
    return not (is_verb(following) or following.split("'")[0] in PRONOUNS | DETERMINERS)


def numbers(view: View) -> float:
    """Holds a figure (Bohn & Ling 2020 list numerals among pull-quote features)."""
    return float(any(word[0].isdigit() for word in view.words))


def rhythm(view: View) -> float:
    """Two or three clauses of like length: isocolon (Koto et al. 2015: sound, 68 % alone)."""
    lengths = [len(clause) for clause in view.clauses if len(clause) > 1]
    if not 2 <= len(lengths) <= 4:
        return 0.0
    return max(0.0, 1 - (max(lengths) - min(lengths)) / max(lengths))


def taken_up(view: View) -> float:
    """The talk stays with it: its content words come again soon after and were new."""
    words = set(content(view.words))
    return len((words & view.after) - view.before) / max(4, len(words))


def theme(view: View) -> float:
    """Says what the talk is about (tf-idf centroid, Radev et al. 2004)."""
    words = content(view.words)
    return sum(view.theme.get(word, 0.0) for word in words) / max(4, len(words))


def late(view: View) -> float:
    """The last minutes are wind-down: 5 % of chosen clips fall in the last fifth of an episode."""
    return min(1.0, max(0.0, (view.place - 0.8) / 0.2))


def opening_minutes(view: View) -> float:
    """The first minutes introduce: nobody has said anything yet."""
    return min(1.0, max(0.0, 1 - view.place / 0.08))


def before_a_question(view: View) -> float:
    """Leads up to a question where nobody is named: the asker's words, twice as often as others.

    Of an interview's sentences with a question next, 34 % are the host's, of all 21 %.
    """
    return view.question_ahead


_NEW_START = re.compile(
    r"(?<=[.!?] )"
    r"(?:and|so|but|yeah|now|well|then|also|i think|i guess|i would say|i mean|you know)\b",
    re.IGNORECASE,
)


def new_starts(view: View) -> float:
    """Later sentences that wind up again: another thought begins, the first one was whole."""
    return min(1.0, len(_NEW_START.findall(view.shown)) / 2)


def sentence_count(view: View) -> float:
    """More than one sentence: a pair may be one thought, each more has to earn its place."""
    return min(1.0, (len(view.sentences) - 1) / 2)


# feature → what a curator reads when it speaks for a quote, and when it speaks against it
FEATURES: dict[Callable[[View], float], tuple[str, str]] = {
    length: ("a length people quote", "an awkward length"),
    imperative: ("tells people what to do", "only commands"),
    parallelism: ("parallel phrases", "repeats its phrases"),
    repetition: ("echoes its own words", "repeats itself"),
    contrast: ("sets one thing against another", "argues against something"),
    negation: ("says plainly what is not", "negative"),
    definition: ("defines something", "a bare definition"),
    universals: ("claims something general", "sweeping"),
    comparison: ("compares", "compares"),
    condition: ("gives a rule: if this, then that", "conditional"),
    abstractness: ("about an idea", "abstract"),
    address: ("speaks to you", "tells you what you do"),
    self_talk: ("personal", "about the speaker"),
    absent_persons: ("about people", "about someone not named"),
    past: ("tells a story", "tells what happened"),
    hedges: ("careful", "hedged"),
    stumbles: ("natural speech", "stumbles"),
    concreteness: ("dense with meaning", "thin"),
    pointing: ("points at something", "points at something out of sight"),
    numbers: ("has a figure", "full of figures"),
    rhythm: ("even rhythm", "even rhythm"),
    taken_up: ("the talk stays with it", "dwelt on"),
    theme: ("what the talk is about", "repeats the theme"),
    late: ("a closing line", "wind-down of the talk"),
    opening_minutes: ("an opening line", "still introductions"),
    before_a_question: ("leads up to a question", "leads up to a question: the asker's words?"),
    new_starts: ("a running story", "starts a second thought"),
    sentence_count: ("a whole thought", "several sentences"),
}
