"""Text as the terms it is searched by: words without case, accents and apostrophes. Pure.

Scripts that put no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give a term
for each character: it and the one after it. Two characters are the commonest length of a word
there, so a word that is looked for is a run of such terms; three would miss the short ones, a list
of words would miss names.
"""

import re
import unicodedata
from collections.abc import Sequence

from bot.remembering import remembered

# Letters that are not a plain one with an accent, as most keyboards write them.
PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# Accents of Latin, Greek and Cyrillic; the points of Hebrew and Arabic, which most leave out.
_ACCENT = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670]+")
_SPACELESS = (
    "\u0e00-\u0e4f\u0e80-\u0edf\u1000-\u109f\u1780-\u17d3\u3005\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003fffd"
)
# Vowel signs of Indic scripts are part of a word, though Python's \w leaves them out.
_SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0f00-\u0fbc"
_LETTER = rf"(?:[{_SIGNS}]|[^\W_{_SPACELESS}])"
_ANY = re.compile(rf"(?P<run>[{_SPACELESS}]+)|{_LETTER}+(?:['’ʼ＇]{_LETTER}+)*")
_ASCII = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
# Of ASCII in lower case all but terms and ends of lines; and what apostrophes inside words take
# along. The pattern begins with a letter of its own, so that only apostrophes are looked at.
_BETWEEN = {chr(at): " " for at in range(128) if not chr(at).isalnum()} | {"\n": "\n"}
_TO_SPACES = str.maketrans(_BETWEEN)
_INSIDE = re.compile(r"'(?<=[a-z0-9]')(?:s(?!'?[a-z0-9])|(?=[a-z0-9]))")
_MARKS = {"’": "'", **dict.fromkeys("“”‘–—…\xa0", " ")}
_LONGEST = 60  # characters of a term


def terms(text: str) -> list[str]:
    """The terms of a text, in order."""
    plain = _typed(text)
    if plain.isascii():  # nine talks of ten, in a third of the time
        return _cut(_to_spaces(plain).split())
    return [term for term, _, _ in placed(text)]


def spaced(texts: Sequence[str]) -> list[str]:
    """Each text as its terms with spaces between: ``terms`` of all in one go, in a tenth of it."""
    whole = _typed("\n".join([text.replace("\n", " ") for text in texts]))
    plain = _to_spaces(whole) if whole.isascii() else ""
    if texts and plain and not _are_long(plain.split()):
        return plain.split("\n")
    return [" ".join(terms(text)) for text in texts]


def _typed(text: str) -> str:
    """A text with the marks of typographers as a keyboard has them."""
    if not text.isascii():
        for mark_, plain in _MARKS.items():
            text = text.replace(mark_, plain)
    return text


def _to_spaces(text: str) -> str:
    """The terms of an ASCII text with spaces between, its lines as they are."""
    lower = text.lower()
    return (_INSIDE.sub("", lower) if "'" in lower else lower).translate(_TO_SPACES)


def _cut(words: list[str]) -> list[str]:
    return [word[:_LONGEST] for word in words] if _are_long(words) else words


def _are_long(words: Sequence[str]) -> bool:
    return len(max(words, key=len, default="")) > _LONGEST


def placed(text: str) -> list[tuple[str, int, int]]:
    """The terms of a text with the characters each stands for: first and stop."""
    if text.isascii():
        words = _ASCII.finditer(text.lower())
        return [(_bare(match[0])[:_LONGEST], *match.span()) for match in words]
    found: list[tuple[str, int, int]] = []
    for match in _ANY.finditer(text):
        first, stop = match.span()
        if match["run"]:
            pairs = ((at, min(at + 2, stop)) for at in range(first, stop))
            found += [(_folded(text[at:end]), at, end) for at, end in pairs]
        elif word := _folded(match[0])[:_LONGEST]:
            found.append((word, first, stop))
    return found


def sought(text: str) -> tuple[str, ...]:
    """The terms to look for where a text is looked for, next to each other; none without words.

    The last character of a run has no term of its own, unless it is the only one: it is then the
    beginning of a term, which ``is_beginning`` tells.
    """
    whole = placed(text)
    return tuple(
        term
        for at, (term, first, stop) in enumerate(whole)
        if not (at and first + 1 == stop == whole[at - 1][2])
    )


def is_beginning(term: str) -> bool:
    """Whether a term is one character of a script without spaces: any term may go on from it."""
    return len(term) == 1 and re.fullmatch(f"[{_SPACELESS}]", term) is not None


@remembered(10_000)
def mark(kind: str, text: str) -> str:
    """A term that no text has, of something known of a text: ``status=approved``; "" for none."""
    value = "_".join(terms(text))
    return f"{kind}={value}" if value else ""


def _bare(word: str) -> str:
    """``don't`` is ``dont``, ``talk's`` is ``talk``."""
    return word.removesuffix("'s").replace("'", "") if "'" in word else word


def _folded(word: str) -> str:
    plain = re.sub("[’ʼ＇]", "'", word.casefold()).translate(PLAIN)
    without = _ACCENT.sub("", unicodedata.normalize("NFKD", plain))
    return _bare(_only_letters(unicodedata.normalize("NFKC", without).casefold()))


def _only_letters(word: str) -> str:
    """What letters came apart into (``½`` is 1⁄2) must not end a term."""
    return re.sub(r"[\s_\"*()^:=|&!<>\\⁄]+", "", word)
