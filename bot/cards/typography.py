"""What a typesetter does to typed text before it is drawn: quotes, dashes, dots, joins.

Only marks and spaces change, never a letter. Rules after Bringhurst, *The Elements of
Typographic Style*, chapters 2 and 5; each language's quotation marks are those of Unicode's
CLDR (``delimiters``), its dash that of its printers.
"""

import re
import unicodedata
from dataclasses import dataclass

import regex

from bot.errors import CardError
from bot.model import UNTOLD

NBSP = "\u00a0"
JOINERS = "\u200c\u200d"
UNASSIGNED = ("Cc", "Cs", "Co", "Cn")  # control, half of a pair, private, not (yet) a character
_PILED = regex.compile(r"\p{M}{11,}")  # no script piles up more than ten marks on a letter
_OPENS_AFTER = " \u00a0([{-/“‘„‚«‹「『*"
_CLIPPED = "bout|cause|cuz|em|n|round|til|tis|twas|twere|neath|\\d\\ds?"
_UNITS = (
    "%|°C|°F|k?g|[kcm]?m|km/h|ms|s|min|h|[KMGT]B|[kMG]?Hz|[kMG]?W|px|"
    "hundred|thousand|million|billion|trillion|percent|per cent"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\.\s?\.\s?\.", "…"),
        (r"\s*(?:-{2,}|—)[\s—-]*(?![\u3040-\u30ff\u4e00-\u9fff—])", f"{NBSP}— "),  # even spaces
        (r"(?<=\S) +[-–] +(?=\S)", f"{NBSP}— "),
        (rf"^{NBSP}", ""),
        (r"— (?=[,.;:!?)\]”’]|\"(?:\s|$)|$)", "—"),
        (rf"(?i)(?<!\w)'(?=(?:{_CLIPPED})(?!\w))", "’"),
        (rf"(\d) (?=(?:{_UNITS})(?!\w))", rf"\1{NBSP}"),
        (r"\b(Dr|Mr|Mrs|Ms|Prof|St|vs)\. (?=\S)", rf"\1.{NBSP}"),
        (r"\bNo\. (?=\d)", f"No.{NBSP}"),
        (r"\b([A-Z]\.) (?=[A-Z]\.)", rf"\1{NBSP}"),
        (r" (?=[;:!?»])", NBSP),  # as French has it: never alone on the next line
    )
)


@dataclass(frozen=True, slots=True)
class Marks:
    """A language's quotation marks, outer and inner, and the dash between clauses."""

    opens: str
    closes: str
    inner_opens: str
    inner_closes: str
    dash: str = "—"


_ENGLISH = Marks("“", "”", "‘", "’")
_GERMAN = Marks("„", "“", "‚", "‘", "–")
_GUILLEMETS = Marks("«", "»", "“", "”")
_NORDIC = Marks("”", "”", "’", "’", "–")
_CORNERS = Marks("「", "」", "『", "』")
_MARKS: dict[str, Marks] = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "hr", "bg", "et", "is", "lt"), _GERMAN),
    **dict.fromkeys(("es", "el", "fa", "ar", "hy", "sq"), _GUILLEMETS),
    **dict.fromkeys(("it", "no", "nb", "nn"), Marks("«", "»", "“", "”", "–")),
    **dict.fromkeys(("ru", "uk", "be"), Marks("«", "»", "„", "“")),
    **dict.fromkeys(("pl", "ro", "hu", "sr"), Marks("„", "”", "«", "»", "–")),
    **dict.fromkeys(("sv", "fi"), _NORDIC),
    "fr": Marks(f"«{NBSP}", f"{NBSP}»", "“", "”"),
    "he": Marks("”", "”", "’", "’", "–"),
    **dict.fromkeys(("da", "nl", "pt", "tr"), Marks("“", "”", "‘", "’", "–")),
    **dict.fromkeys(("ja", "zh-hant", "zh-tw"), _CORNERS),
}
_BY_SCRIPT = (  # a letter of a script, and the language whose habits hold where none is told
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u0400-\u04ff]"), "ru"),
    (re.compile("[\u0370-\u03ff]"), "el"),
)


def language_of(text: str, told: str | None) -> str:
    """The language whose habits a text is set by: the one told, else by its script, or English."""
    if told and told != UNTOLD:
        return told.replace("_", "-").lower() if "-" in told or "_" in told else told.lower()
    return next((code for script, code in _BY_SCRIPT if script.search(text)), "en")


def marks_of(language: str) -> Marks:
    """The marks of a language; English ones where it is not known to have its own."""
    return _MARKS.get(language) or _MARKS.get(language.partition("-")[0], _ENGLISH)


def typeset(text: str, language: str = "en") -> str:
    """The text ``marked``; what cannot be drawn is refused."""
    if piled := _PILED.search(text):
        raise CardError(
            f"the text piles {len(piled[0])} marks on one letter, which no card can draw",
            remedy="take them out of the text",
        )
    text = clean(text)
    for character in "" if text.isprintable() else text:
        if unicodedata.category(character) in UNASSIGNED:
            raise CardError(
                f"the text holds U+{ord(character):04X}, {_kind(character)}, which no card draws",
                remedy="take it out of the text",
            )
    return marked(text, language)


def marked(text: str, language: str = "en") -> str:
    """The text with typographic marks, even dashes and the spaces that must not break."""
    text = clean(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    marks = marks_of(language)
    if marks.dash != "—":
        text = re.sub("(?<=\u00a0)—", marks.dash, text)
    return _curl(text, marks)


def _kind(character: str) -> str:
    kinds = {"Cc": "a control character", "Cs": "half of a character", "Co": "of private use"}
    return kinds.get(unicodedata.category(character), "no character")


def without_piles(text: str) -> str:
    """The text without marks that are piled up on one letter."""
    return _PILED.sub("", text)


def clean(text: str) -> str:
    """Composed (NFC), single spaces, no invisible marks."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if text.isascii():
        return text
    return "".join(c for c in text if c in JOINERS or unicodedata.category(c) != "Cf")


def nested(text: str, language: str = "en") -> str:
    """Quotation marks inside a quotation are the inner ones, and those inside them the outer."""
    marks = marks_of(language)
    opens, closes = marks.opens.strip(NBSP), marks.closes.strip(NBSP)
    if opens == closes:
        return text if marks.inner_opens in text else text.replace(opens, marks.inner_opens)
    inner = re.compile(  # what a letter follows is an apostrophe
        f"{marks.inner_opens}([^{marks.inner_opens}]*?){marks.inner_closes}(?!\\w)"
    )
    text = re.sub(
        f"{opens}[^{opens}]*?{closes}", lambda outer: inner.sub("\ue000\\1\ue001", outer[0]), text
    )
    text = text.replace(marks.opens, marks.inner_opens).replace(marks.closes, marks.inner_closes)
    return text.replace("\ue000", marks.opens).replace("\ue001", marks.closes)


def emphasised(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without the stars of ``*word*``, and the places ``[first, last)`` they enclosed."""
    plain, places, after = "", [], 0
    for match in re.finditer(r"(?<!\w)\*(?=\S)([^*]+)(?<=\S)\*(?!\w)", text):
        plain += text[after : match.start()]
        places.append((len(plain), len(plain) + len(match[1])))
        plain += match[1]
        after = match.end()
    return plain + text[after:], tuple(places)


def _curl(text: str, marks: Marks) -> str:
    """Straight quotes turned to the side they stand on."""
    if '"' not in text and "'" not in text:
        return text
    single = "‘" if marks.inner_opens == "‘" else "’"
    turned = ""
    for piece in re.split("([\"'])", text):
        opens = not turned or turned[-1] in _OPENS_AFTER
        if piece == '"':
            turned += marks.opens if opens else marks.closes
        elif piece == "'":
            turned += single if opens else "’"
        else:
            turned += piece
    return turned
