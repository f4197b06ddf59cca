"""What the scorer sees in a quote: the table of its features. Pure.

To add one: write the function beside its like, give it a row here with words a curator understands,
and learn the weights anew (``python -m benchmarks.train``).
"""

from collections.abc import Callable

from bot.scoring import context_features as context
from bot.scoring import figure_features as figures
from bot.scoring import standing_features as standing
from bot.scoring import wording_features as wording
from bot.scoring.view import View

Feature = Callable[[View], float | None]  # None: the file does not say

# feature → what a curator reads when it speaks for a quote, and when it speaks against it: what is
# there and what is missing, or the other way about where the weight is negative
FEATURES: dict[Feature, tuple[str, str]] = {
    wording.length: ("a length people quote", "an awkward length"),
    figures.imperative: ("tells people what to do", "tells nobody what to do"),
    figures.parallelism: ("parallel phrases", "no parallel phrases"),
    figures.isocolon: ("built like an echo", "no two parts built alike"),
    figures.repetition: ("takes its own words up again", "says nothing twice"),
    figures.contrast: ("sets one thing against another", "sets nothing against anything"),
    wording.negation: ("says plainly what is not", "says only what is"),
    figures.definition: ("defines something", "defines nothing"),
    wording.universals: ("claims something general", "claims nothing general"),
    wording.comparison: ("compares", "compares nothing"),
    wording.condition: ("a rule: if this, then that", "no rule of if and then"),
    wording.abstractness: ("about an idea", "names no idea"),
    wording.address: ("speaks to you", "speaks to nobody"),
    wording.self_talk: ("about more than the speaker", "about the speaker"),
    wording.absent_persons: ("about nobody unnamed", "about someone not named"),
    wording.past: ("true now, not only then", "tells what happened"),
    wording.hedges: ("said without hedging", "hedged"),
    wording.stumbles: ("clean speech", "stumbles"),
    wording.concreteness: ("dense with meaning", "thin"),
    wording.numbers: ("has a figure", "no figure"),
    figures.rhythm: ("even rhythm", "uneven rhythm"),
    wording.long_words: ("plain words", "long words"),
    figures.sound: ("words that begin unlike", "words that begin alike"),
    wording.indefinite: ("about one thing", "about any such thing"),
    figures.metaphor: ("a picture in words", "no picture in words"),
    wording.obligation: ("advice", "no advice"),
    wording.importance: ("says what counts", "does not say what counts"),
    wording.superlatives: ("an extreme", "no extreme"),
    wording.generality: ("about people in general", "not about people in general"),
    wording.together: ("speaks of us", "not of us"),
    wording.names: ("no names to know", "names some may not know"),
    wording.clauses: ("straight", "winding"),
    wording.quoted_speech: ("holds direct speech", "no direct speech"),
    wording.reason: ("states, does not explain", "explains"),
    standing.pointing: ("points at nothing out of sight", "points at something out of sight"),
    standing.opens_joined: ("starts afresh", "starts in the middle of a thought"),
    standing.opens_pointing: ("opens on its own subject", "starts by pointing back"),
    standing.opens_absent: ("opens on nobody unnamed", "starts with someone not named"),
    standing.opens_answering: ("more than an answer", "starts as an answer"),
    standing.opens_on_me: ("does not start with me", "starts with the speaker"),
    standing.opens_on_you: ("does not start with you", "starts with the listener"),
    standing.leans: ("stands alone", "leans on what came before"),
    standing.announced: ("the speaker's own words", "perhaps another's words"),
    standing.asks: ("a question", "asks nothing"),
    standing.small_talk: ("no small talk", "small talk"),
    standing.broken: ("whole", "not whole"),
    standing.verbless: ("a whole sentence", "half a sentence"),
    standing.new_starts: ("one thought", "starts a second thought"),
    standing.sentence_count: ("one sentence", "several sentences"),
    context.taken_up: ("the talk stays with it", "the talk does not stay with it"),
    context.taken_up_at_once: ("explained at once", "not taken up at once"),
    context.comes_back: ("a thread of the talk", "does not come back"),
    context.goes_back: ("not said before", "returns to something said before"),
    context.fresh: ("brings something new", "brings nothing new"),
    context.theme: ("what the talk is about", "beside what the talk is about"),
    context.sums_up: ("sums up", "does not sum up"),
    context.longer_before: ("after a long sentence", "after a short sentence"),
    context.longer_after: ("before a longer thought", "before a short sentence"),
    context.after_a_question: ("answers a question", "no question before it"),
    context.question_before: ("answers a long question", "after a short turn"),
    context.long_turn: ("from a long answer", "from a short turn"),
    context.last_of_turn: ("goes on", "closes its turn"),
    context.late_half: ("early rather than late", "late in the talk"),
    context.sentences_before: ("early in the talk", "far into the talk"),
    context.opening_minutes: ("past the introductions", "still introductions"),
    context.late: ("before the wind-down", "wind-down of the talk"),
}

# What a file without turns does not say: the places of these features.
OF_TURNS = [
    place
    for place, one in enumerate(FEATURES)
    if one in (context.question_before, context.long_turn, context.last_of_turn)
]

# What the words of any language show.
NEUTRAL = {
    *(one.__name__ for one in FEATURES if one.__module__ == context.__name__),
    *("length", "rhythm", "clauses", "numbers", "repetition", "quoted_speech", "sentence_count"),
} - {"sums_up"}

READ_ALONE = "card"  # the table that counts above the gate alone

# table of n-grams → the same; the first four are of its own words, the others of what is beside
TABLES: dict[str, tuple[str, str]] = {
    "phrases": ("words that editors choose", "words that editors pass over"),
    "quotation": ("the words of quotations", "the words of everyday talk"),
    "syntax": ("built like a quotation", "built like everyday talk"),
    READ_ALONE: ("words that read well alone", "words that read badly alone"),
    "neighbours": ("its neighbours say something", "its neighbours say little"),
    "surroundings": ("in words that editors choose", "in words that editors pass over"),
    "passage": ("a part of the talk that editors choose", "a part that editors pass over"),
}
