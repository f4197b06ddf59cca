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

# feature → what a curator reads when it speaks for a quote, and when it speaks against it
FEATURES: dict[Feature, tuple[str, str]] = {
    wording.length: ("a length people quote", "an awkward length"),
    figures.imperative: ("tells people what to do", "only commands"),
    figures.parallelism: ("parallel phrases", "repeats its phrases"),
    figures.isocolon: ("built like an echo", "built like an echo"),
    figures.repetition: ("echoes its own words", "repeats itself"),
    figures.contrast: ("sets one thing against another", "argues against something"),
    wording.negation: ("says plainly what is not", "negative"),
    figures.definition: ("defines something", "a bare definition"),
    wording.universals: ("claims something general", "sweeping"),
    wording.comparison: ("compares", "compares"),
    wording.condition: ("gives a rule: if this, then that", "conditional"),
    wording.abstractness: ("about an idea", "abstract"),
    wording.address: ("speaks to you", "tells you what you do"),
    wording.self_talk: ("personal", "about the speaker"),
    wording.absent_persons: ("about people", "about someone not named"),
    wording.past: ("tells a story", "tells what happened"),
    wording.hedges: ("careful", "hedged"),
    wording.stumbles: ("natural speech", "stumbles"),
    wording.concreteness: ("dense with meaning", "thin"),
    wording.numbers: ("has a figure", "full of figures"),
    figures.rhythm: ("even rhythm", "even rhythm"),
    wording.long_words: ("rich words", "long words"),
    figures.sound: ("words that begin alike", "words that begin alike"),
    wording.indefinite: ("true of any such thing", "about any such thing"),
    figures.metaphor: ("a picture in words", "a likeness"),
    wording.obligation: ("advice", "tells what must be"),
    wording.importance: ("says what counts", "says that it counts"),
    wording.superlatives: ("an extreme", "an extreme"),
    wording.generality: ("about people in general", "about people in general"),
    wording.together: ("speaks of us", "speaks of a we"),
    wording.names: ("names someone or something", "full of names"),
    wording.clauses: ("builds up", "winding"),
    wording.quoted_speech: ("holds direct speech", "quotes someone else"),
    wording.reason: ("gives the reason", "explains"),
    standing.pointing: ("points at something", "points at something out of sight"),
    standing.opens_joined: ("carries on a thought", "starts in the middle of a thought"),
    standing.opens_pointing: ("points at something", "starts by pointing back"),
    standing.opens_absent: ("about people", "starts with someone not named"),
    standing.opens_answering: ("an answer", "starts as an answer"),
    standing.opens_on_me: ("personal", "starts with the speaker"),
    standing.opens_on_you: ("speaks to you", "starts with the listener"),
    standing.leans: ("follows on", "leans on what came before"),
    standing.announced: ("was announced", "perhaps another's words"),
    standing.asks: ("asks", "a question"),
    standing.small_talk: ("friendly", "small talk"),
    standing.broken: ("a fragment", "not whole"),
    standing.verbless: ("a phrase", "half a sentence"),
    standing.new_starts: ("a running story", "starts a second thought"),
    standing.sentence_count: ("a whole thought", "several sentences"),
    context.taken_up: ("the talk stays with it", "dwelt on"),
    context.taken_up_at_once: ("explained at once", "explained at once"),
    context.comes_back: ("a thread of the talk", "comes back later"),
    context.goes_back: ("returns to a thought", "returns to something"),
    context.fresh: ("brings something new", "all new words"),
    context.theme: ("what the talk is about", "repeats the theme"),
    context.sums_up: ("sums up", "sums up what it does not say"),
    context.longer_before: ("comes after a long sentence", "comes after a long sentence"),
    context.longer_after: ("opens a longer thought", "opens a longer thought"),
    context.after_a_question: ("answers a question", "answers a question"),
    context.question_before: ("answers a long question", "answers a long question"),
    context.long_turn: ("from a long answer", "from a long answer"),
    context.last_of_turn: ("closes an answer", "closes an answer"),
    context.late_half: ("its place in the talk", "late in the talk"),
    context.sentences_before: ("its place in the talk", "its place in the talk"),
    context.opening_minutes: ("an opening line", "still introductions"),
    context.late: ("a closing line", "wind-down of the talk"),
}

# What the words of a quote say by themselves, wherever they stand.
OWN_WORDS = {one.__name__ for one in FEATURES if one.__module__ != context.__name__} | {
    *("quotation", "syntax")
}

# What the words of any language show.
NEUTRAL = {
    *(one.__name__ for one in FEATURES if one.__module__ == context.__name__),
    *("length", "rhythm", "clauses", "numbers", "repetition", "quoted_speech", "sentence_count"),
} - {"sums_up"}

# table of n-grams → the same; the first three are of its own words, the others of what is beside
TABLES: dict[str, tuple[str, str]] = {
    "phrases": ("words that editors choose", "words that editors pass over"),
    "quotation": ("the words of quotations", "the words of everyday talk"),
    "syntax": ("built like a quotation", "built like everyday talk"),
    "neighbours": ("its neighbours say something", "its neighbours say little"),
    "surroundings": ("in words that editors choose", "in words that editors pass over"),
    "passage": ("a part of the talk that editors choose", "a part that editors pass over"),
}
