"""From a transcript to ranked quotes: ours against LexRank as sumy 0.13 has it."""

from collections.abc import Callable
from pathlib import Path

from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer
from sumy.models.dom import ObjectDocumentModel, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer as Sumys
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from benchmarks.harvesting import harvested, read
from benchmarks.timing import cpu_ms
from bot.model import Details
from bot.pipeline import Ranked, Terms, rank
from bot.settings import Config

ASKED = 10  # sentences a summarizer is asked for


class Found:
    """sumy's ``Tokenizer("english")`` with an untrained Punkt: the trained one is a download."""

    def __init__(self) -> None:
        self._punkt, self._words = PunktSentenceTokenizer(), NLTKWordTokenizer()

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of a paragraph."""
        return tuple(map(str.strip, self._punkt.tokenize(paragraph)))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of NLTK, which looks for sentences once more, without digits and marks."""
        parts = self._punkt.tokenize(sentence)
        words = [word for part in parts for word in self._words.tokenize(part)]
        return tuple(filter(Sumys._is_word, words))


def ranked(transcript: Path, speaker: str) -> Ranked:
    """From a file to ranked quotes: read, sentences, speakers, spans, score, select."""
    return rank(read(transcript, speaker), Details(), Terms(Config().harvest.keep))


def lexrank(document: ObjectDocumentModel, *, of_readme: bool = False) -> tuple[Sentence, ...]:
    """LexRank as sumy has it from itself, or ``of_readme``: with a stemmer and stop words.

    https://github.com/miso-belica/sumy#python-api
    """
    summarizer = LexRankSummarizer()
    if of_readme:
        summarizer = LexRankSummarizer(Stemmer("english"))
        summarizer.stop_words = get_stop_words("english")
    return tuple(summarizer(document, ASKED))


def of_file(transcript: Path, tokenizer: Found) -> ObjectDocumentModel:
    """A document as sumy's README reads a text file."""
    document: ObjectDocumentModel = PlaintextParser.from_file(transcript, tokenizer).document
    return document


def tasks(transcript: Path, speaker: str) -> dict[str, Callable[[], float]]:
    """Each contender with its clock."""
    tokenizer = Found()
    return {
        "pullquote": lambda: cpu_ms(lambda: ranked(transcript, speaker)),
        "… kept in a library": lambda: cpu_ms(lambda: harvested(transcript, speaker)),
        "LexRank": lambda: cpu_ms(lambda: lexrank(of_file(transcript, tokenizer))),
        "LexRank, stop words": lambda: cpu_ms(
            lambda: lexrank(of_file(transcript, tokenizer), of_readme=True)
        ),
    }
