"""From a transcript to ranked quotes: ours against LexRank as sumy 0.13 has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from benchmarks.timing import cpu_ms
from bot import wording
from bot.config import Config
from bot.lexicon import TOKEN, tokens
from bot.library import Library
from bot.model import Details
from bot.pipeline import (
    Cast,
    Harvest,
    Ranked,
    Reading,
    Terms,
    harvest,
    rank,
    read_talk,
)
from bot.store import open_store

ASKED = 10  # sentences a summarizer is asked for


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """What sumy's parsers ask for, without NLTK's data: our sentences, plain words."""

    sentences: tuple[str, ...]

    def to_sentences(self, _: str) -> tuple[str, ...]:
        """The sentences, found before the clock starts."""
        return self.sentences

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Words as runs of letters and digits."""
        return tuple(TOKEN.findall(sentence))


def _read(transcript: Path, speaker: str) -> Reading:
    """A talk met for the first time: what is remembered of its texts is forgotten."""
    for memory in (tokens, wording.lost, wording.joined):
        memory.cache_clear()
    return read_talk(transcript, Cast((speaker,) if speaker else ()), Config().harvest.max_mb)


def ranked(transcript: Path, speaker: str) -> Ranked:
    """From a file to ranked quotes: read, sentences, speakers, spans, score, select."""
    return rank(_read(transcript, speaker), Details(), Terms(Config().harvest.keep))


def harvested(transcript: Path, speaker: str) -> Harvest:
    """The whole first half of the bot: the same, and kept in a library in memory."""
    reading, terms = _read(transcript, speaker), Terms(Config().harvest.keep)
    with open_store("sqlite://") as store:
        details = Details(speakers=(speaker,))
        return harvest(reading, details, Library(store), terms, datetime.now(UTC))


def lexrank(sentences: Sequence[str]) -> tuple[Sentence, ...]:
    """LexRank over sentences it need not find, as in sumy's README: its stemmer, its stop words.

    https://github.com/miso-belica/sumy#python-api
    """
    tokenizer = Tokenizer(tuple(sentences))
    found = [Sentence(one, tokenizer) for one in tokenizer.to_sentences("")]
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    return tuple(summarizer(ObjectDocumentModel([Paragraph(found)]), ASKED))


def tasks(transcript: Path, speaker: str, found: Harvest) -> dict[str, Callable[[], float]]:
    """Each contender with its clock."""
    sentences = [one.text for one in found.reading.sentences]
    return {
        "pullquote": lambda: cpu_ms(lambda: ranked(transcript, speaker)),
        "… kept in a library": lambda: cpu_ms(lambda: harvested(transcript, speaker)),
        "LexRank": lambda: cpu_ms(lambda: lexrank(sentences)),
    }
