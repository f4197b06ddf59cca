"""What a card shows of its source: a title to read, without the speaker, all without emoji.

A name keeps every letter. A title or event gives up what no font draws: it stands in full in the
alt text.
"""

import re
import unicodedata

from bot.cards import installed
from bot.cards.typeface import Typeface, clusters
from bot.cards.typography import JOINERS, UNASSIGNED, without_piles

_TAIL = re.compile(  # what comes before the names at a title's end
    r"[,:]?\s+[(\[]?(?:in conversation with|presented by|with|by|featuring|feat\.?|ft\.?)\s+"
    r"|\s+[–—-]\s+|\s*[|·•]\s*",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"[,&+/()\[\]]|\b(?:and|with)\b", re.IGNORECASE)
LONGEST = 1000  # letters of a title, more than any has
# A title that nobody wrote: the name of a file, as small_libraries_2 or keeping-a-light-on.
_FILE_NAME = re.compile(
    r"(?=[^\W_])(?=\S*[^\W_]_+[^\W_])[^\s/:@]+|(?=\S*[a-z])[a-z\d]+(?:-[a-z\d]+){2,}"
)
_JOINTS = re.compile(r"[_-]+")
_AFTER_NAME = ("of", "at", "from")
_LOOSE = " \u00a0–—-·•|:;,&"  # marks that stand between two things, or nowhere
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def assigned(text: str) -> str:
    """The text without control characters, piled marks and what Unicode gives no meaning."""
    text = without_piles(text)[:LONGEST]
    if text.isprintable():
        return text
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in UNASSIGNED)
    return "".join(kept)


def readable(title: str) -> str:
    """The title; where it is the name of a file, with spaces and a capital as people write one."""
    if not _FILE_NAME.fullmatch(title):
        return title
    plain = _JOINTS.sub(" ", title).strip()
    return plain[:1].upper() + plain[1:]


def without_speaker(title: str, name: str) -> str:
    """The title without a tail that names the speaker, if two words or more are left."""
    for joint in reversed(list(_TAIL.finditer(title)) if name else []):
        left = title[: joint.start()].rstrip(_LOOSE)
        if _names(title[joint.end() :], name) and sum(map(_has_letters, left.split())) > 1:
            return left
    return title


def _names(tail: str, name: str) -> bool:
    """Whether one of the people a tail lists is the speaker: “Dr. Ann Lee”, “Ann Lee of Acme”."""
    full = name.casefold().split()
    for person in _BETWEEN_NAMES.split(tail.casefold()):
        words = person.rstrip(" \u00a0.!").split()
        after = words[len(full) :]
        if words[: len(full)] == full and (not after or after[0] in _AFTER_NAME):
            return True
        if words[-len(full) :] == full and len(words) <= len(full) + 2:
            return True
    return False


def drawable(text: str, face: Typeface) -> str:
    """The text without what no font has: a symbol alone, a letter with its whole word.

    Emoji go even where a font has them: a line of a source is no place for pictures.
    """
    return _without(text, face.lacking(text) | _emoji(text))


def drawable_name(name: str, face: Typeface) -> str:
    """The name without symbols no font has; its letters stay, and so does a name of symbols."""
    lacking = face.lacking(name) | _emoji(name)
    return _without(name, {c for c in lacking if _is_symbol(c)}) or name


def _emoji(text: str) -> set[str]:
    if text.isascii():
        return set()
    pictures = (one for one in clusters(text) if installed.is_emoji(one))
    return {c for one in pictures for c in one if not c.isalnum()} - set(JOINERS)


def _without(text: str, lacking: set[str]) -> str:
    if not lacking:
        return _SELECTORS.sub("", text)
    text = re.sub(r"\S+", lambda word: _word(word[0], lacking), text)
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    text = re.sub(r"\s+(?=\s)", "", text).strip(_LOOSE)
    return text if _has_letters(text) else ""


def _word(word: str, lacking: set[str]) -> str:
    """What is left of a word; with a symbol go the marks that join and colour it."""
    if lacking.isdisjoint(word):
        return _SELECTORS.sub("", word)
    if any(_is_letter(character) for character in lacking.intersection(word)):
        return ""
    kept = (c for c in word if c not in lacking and c not in JOINERS)
    return _SELECTORS.sub("", "".join(kept))


def _is_letter(character: str) -> bool:
    """Letters, figures and the accents on them; no symbol, no enclosing key cap."""
    kind = unicodedata.category(character)
    return kind[0] in "LN" or (kind in ("Mn", "Mc") and not _SELECTORS.match(character))


def _is_symbol(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] == "S" or kind == "Me"


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)
