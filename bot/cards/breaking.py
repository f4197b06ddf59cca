"""Where a line may end: at spaces, and inside scripts that write none.

Phrases of Japanese, Chinese and Thai are BudouX's (small learned models inside the package).
What may not begin or end a line is after JIS X 4051 and the W3C's requirements for Japanese,
https://www.w3.org/TR/jlreq/#line_composition. Pure.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

NOT_FIRST = set(
    "。、，．！？：；」』）】〉》〕〗ー々ゝゞ〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ・…‥—〜%％‰℃°"
)
NOT_FIRST |= set(",.!?:;)]}”’»›")
NOT_LAST = set("「『（【〈《〔〖“‘([{«‹¥￥$＄£€#＃")
_THAI = "\u0e01-\u0e5b"
_KANA = "\u3040-\u30ff\uff66-\uff9f"
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_UNSPACED = re.compile(f"[{_THAI}{_KANA}{_HAN}]")
_THAI_LETTER, _KANA_LETTER = re.compile(f"[{_THAI}]"), re.compile(f"[{_KANA}]")


def pieces(text: str, begin: int = 0, language: str = "") -> list[tuple[int, int]]:
    """The unbreakable pieces ``[first, last)`` of a text from ``begin`` on, without its spaces."""
    found: list[tuple[int, int]] = []
    for word in re.finditer(r"[^ ]+", text[begin:]):
        start, end = word.start() + begin, word.end() + begin
        if _UNSPACED.search(word[0]):
            cuts = [start, *(start + cut for cut in _cuts(word[0], text, language)), end]
            found += pairwise(cuts)
        else:
            found.append((start, end))
    return found


def is_unspaced(text: str) -> bool:
    """Whether a text is written in a script that puts no spaces between its words."""
    return bool(_UNSPACED.search(text))


def _cuts(word: str, text: str, language: str) -> Iterator[int]:
    """Where a word without spaces may break."""
    at = 0
    for phrase in _parser(_kind(text, language)).parse(word)[:-1]:
        at += len(phrase)
        if word[at] not in NOT_FIRST and word[at - 1] not in NOT_LAST:
            yield at


def _kind(text: str, language: str) -> str:
    if _THAI_LETTER.search(text):
        return "thai"
    if _KANA_LETTER.search(text):
        return "japanese"
    return "traditional_chinese" if language in ("zh-hant", "zh-tw") else "simplified_chinese"


@lru_cache(maxsize=4)
def _parser(kind: str) -> "Parser":
    import budoux

    parser: Parser = getattr(budoux, f"load_default_{kind}_parser")()
    return parser
