"""Tags as networks take them: letters, digits and lines, at least one letter. Pure."""

import re
from collections.abc import Iterable

_LONGEST = 60  # letters; Bluesky takes 64, https://docs.bsky.app/docs/advanced-guides/post-richtext


def hashtags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without ``#``, each once; one that cannot be a tag is left out."""
    known: dict[str, str] = {}
    for made in map(hashtag, tags):
        known.setdefault(made.casefold(), made)
    return tuple(made for made in known.values() if made)


def hashtag(text: str) -> str:
    """A tag without ``#``: words become one, each with a capital so that it is read well aloud.

    Empty when it has no letter, or too many.
    """
    words = [word for word in re.split(r"[\W_]+", text) if word]
    if len(words) > 1:
        words = [word[0].upper() + word[1:] for word in words]
    made = "".join(words)
    fit = any(letter.isalpha() for letter in made) and len(made) <= _LONGEST
    return made if fit else ""
