"""Notes of a transcript on what was heard or not: ``[laughs]``, ``(inaudible)``, ``♪``. Pure."""

import re
from collections.abc import Sequence

_NOISE = (
    r"applau|laugh|music|cheer|audience|crowd|clap|chuckl|giggl|sigh|cough|sneez|gasp|groan|"
    r"silence|pause|cross ?talk|inaudible|unintelligible|indistinct|unclear|blank|noise|"
    r"bell|phone|door|beep|bleep|whistl|humming|singing|foreign"
)
# An aside that somebody spoke, not a note on what was heard: "(the music was terrible)".
_SPOKEN = r"[^()\[\]]*\b(?:i|we|you|he|she|they|it|my|our|your|is|are|was|were|had|has|have)\b"
_TAG = re.compile(
    r"\[(?:[A-Z][A-Z _'-]+|\?+)\]"
    rf"|(?i:\[(?!{_SPOKEN})[^\[\]]{{0,40}}\b(?:{_NOISE})[^\[\]]{{0,40}}\])"
    rf"|(?i:\((?!{_SPOKEN})[^()]{{0,40}}\b(?:{_NOISE})[^()]{{0,40}}\))"
    r"|♪[^♪]{0,200}♪|♪+"
)
_OPENS_TAG = re.compile(r"[\[(♪]")
_HEARD = re.compile(rf"(?i)♪|\b(?:{_NOISE})")  # any other tag may stand for words
_HOLE = re.compile(r"(?i)inaudible|unintelligible|indistinct|unclear|cross ?talk|bleep|foreign|\?")


def found(text: str) -> Sequence[re.Match[str]]:
    """The notes in a text, in order."""
    return list(_TAG.finditer(text)) if _OPENS_TAG.search(text) else []


def is_hole(note: str) -> bool:
    """Whether a note stands for words that were said."""
    return bool(_HOLE.search(note) or not _HEARD.search(note))


def without(text: str) -> str:
    """The words of a text outside its notes."""
    return " ".join(_TAG.sub(" ", text).split())
