"""Whether a post that somebody made carries a quote: by its words, not by who made it."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\w+")
_FEWEST = 3  # words, or
_LEAST = 12  # bytes of UTF-8, as scripts without spaces have few words: less stands in any post
_RUN = 4  # words in a row
_RUNS = 4  # from which on most of them will do
_SHARE = 0.5  # of the quote's runs: the same words, a few of them edited


def comparable(*texts: str) -> str:
    """Texts as they are compared: small letters and digits of words, one space between."""
    plain = unicodedata.normalize("NFKC", " ".join(texts)).casefold()
    return " ".join(_WORD.findall(plain.replace("'", "").replace("’", "")))


class Carriers:
    """Posts by their comparable words, to be asked which of them carry a quote.

    Asking takes time by the length of the quote, not by the number of posts.
    """

    def __init__(self, posts: Sequence[str]) -> None:
        self._posts = posts
        self._whole = "\n".join(f" {post} " for post in posts)
        self._of_run: dict[str, set[int]] = defaultdict(set)
        for place, post in enumerate(posts):
            for run in _runs(post.split()):
                self._of_run[run].add(place)

    def of(self, *texts: str) -> set[int]:
        """The places of the posts that carry one of these texts, nearly word for word."""
        return {place for text in texts for place in self._of(comparable(text))}

    def _of(self, quote: str) -> Iterator[int]:
        words = quote.split()
        runs = set(_runs(words))
        if len(runs) >= _RUNS:
            met = Counter(place for run in runs for place in self._of_run.get(run, ()))
            yield from (place for place, count in met.items() if count >= _SHARE * len(runs))
        elif words and f" {quote} " in self._whole:
            any_place = len(words) >= _FEWEST or len(quote.encode()) >= _LEAST
            for place, post in enumerate(self._posts):
                if post == quote or (any_place and f" {quote} " in f" {post} "):
                    yield place


def _runs(words: Sequence[str]) -> Iterator[str]:
    return (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
