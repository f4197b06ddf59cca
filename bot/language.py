"""Which language a talk is in: by its small words, what its file says, its letters. Pure.

A file may say what was spoken where the words are a translation: plainly English words say more.
Scripts and letters of one language tell it; the rest is charset-normalizer's comparison of letter
frequencies (https://charset-normalizer.readthedocs.io), which needs a few hundred letters.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from bot import vocabulary
from bot.model import UNTOLD

_SCRIPTS = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "ARABIC": "ar",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "GREEK": "el",
}
_TELLING = {  # letters that one language of its script has
    **dict.fromkeys("ыэ", "ru"),
    **dict.fromkeys("їєґ", "uk"),
    **dict.fromkeys("љњџ", "sr"),
    **dict.fromkeys("پچژگ", "fa"),
}
_NAMES = """
    Arabic:ar Bulgarian:bg Chinese:zh Croatian:hr Czech:cs Danish:da Dutch:nl English:en
    Estonian:et Farsi:fa Finnish:fi French:fr German:de Greek:el Hebrew:he Hindi:hi
    Hungarian:hu Indonesian:id Italian:it Japanese:ja Korean:ko Norwegian:no Polish:pl
    Portuguese:pt Romanian:ro Russian:ru Serbian:sr Slovak:sk Slovene:sl Spanish:es Swedish:sv
    Thai:th Turkish:tr Ukrainian:uk Vietnamese:vi
"""
_CODES = {name: code for name, _, code in (one.partition(":") for one in _NAMES.split())}
_NAMED = {name.lower(): code for name, code in _CODES.items()} | {"eng": "en"}
_SAYING_NOTHING = ("", UNTOLD, "auto", "unknown")  # declared
_LOOKED_AT = 20_000  # letters
_MOST_LETTERS = 2000  # that tell the script
_LEAST_LETTERS = 200  # below, letters of the Latin script tell nothing
_LIKELY = 0.5
_JAPANESE = 0.1  # of the letters are kana: Chinese has none
# Of the words small English ones: running English has .45, German, French, Polish .00 to .06.
_HARDLY = 0.1
_PLAINLY = 0.35  # English beyond a doubt: Dutch and Danish have .2 in some sentences
_FEW, _MANY = 10, 100  # words; fewer say nothing against English, so many may against a file
_NOT_LATIN = frozenset(
    """
    am ar bg bn el fa gu he hi hy ja ka km kn ko lo ml mr my ne or pa ru si ta te th uk ur zh
    """.split()  # noqa: SIM905 - a list of words
)


def language_of(texts: Iterable[str], declared: str | None = None) -> str | None:
    """The two-letter code of the language, ``UNTOLD`` where it is plainly not English.

    None where nothing tells: it may be English. Some programs declare a name, as ``english``.
    """
    text = " ".join(texts)[:_LOOKED_AT]
    said = vocabulary.spoken([text])
    code = (declared or "").replace("_", "-").partition("-")[0].strip().lower()
    code = _NAMED.get(code, code)
    told = code not in _SAYING_NOTHING
    if vocabulary.is_english(said) and not (told and _stands(code, said)):
        return "en"
    if told and not _is_denied(code, said):
        return code
    letters = list(islice(filter(str.isalpha, text), _MOST_LETTERS))
    if not letters:
        return None
    if written := _by_letters(text) or _by_script(letters):
        return written
    if len(letters) >= _LEAST_LETTERS and (likely := _by_frequency(text)):
        return likely
    if vocabulary.english_share(said) >= _HARDLY:
        return "en" if code == "en" else None
    return UNTOLD if said.total() >= _FEW or not _is_latin(letters) else None


def _stands(code: str, said: Counter[str]) -> bool:
    """Whether a file is believed that declares another language than its words, English ones."""
    plainly = said.total() >= _MANY and vocabulary.english_share(said) >= _PLAINLY
    return code not in _NOT_LATIN and not plainly


def _is_denied(code: str, said: Counter[str]) -> bool:
    """Whether a file declares English, and its many words may be others."""
    return code == "en" and said.total() >= _MANY and not vocabulary.is_english(said)


def _by_frequency(text: str) -> str | None:
    from charset_normalizer.cd import coherence_ratio  # 30 ms

    likely = [(name, ratio) for name, ratio in coherence_ratio(text) if ratio >= _LIKELY]
    return _CODES.get(likely[0][0]) if likely else None


def _by_letters(text: str) -> str | None:
    lower = text.lower()
    if not any(map(lower.__contains__, _TELLING)):
        return None
    telling = Counter(_TELLING[letter] for letter in lower if letter in _TELLING)
    return max(telling, key=telling.__getitem__, default=None)


def _by_script(letters: list[str]) -> str | None:
    scripts: Counter[str | None] = Counter()
    for letter, count in Counter(letters).items():
        scripts[_SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0])] += count
    total = scripts.total()
    if scripts["ja"] >= _JAPANESE * total:
        return "ja"
    code, count = scripts.most_common(1)[0]
    return code if code and count * 2 >= total else None


def _is_latin(letters: list[str]) -> bool:
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return latin * 2 >= len(letters)
