"""What a typesetter does to typed English before it is drawn: quotes, dashes, dots, joins.

Only marks and spaces change, never a letter. Rules after Bringhurst, *The Elements of
Typographic Style*, chapters 2 and 5.
"""

import re
import unicodedata

from bot.errors import InputError

NBSP = "\u00a0"
_OPENS_AFTER = " \u00a0([{-/“‘"
_CLIPPED = "bout|cause|cuz|em|n|round|til|tis|twas|twere|neath|\\d\\ds?"
_UNITS = (
    "%|°C|°F|k?g|[kcm]?m|km/h|ms|s|min|h|[KMGT]B|[kMG]?Hz|[kMG]?W|px|"
    "hundred|thousand|million|billion|trillion|percent|per cent"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\.\s?\.\s?\.", "…"),
        (r"\s*(?:-{2,}|—)[\s—-]*", f"{NBSP}— "),  # one form for every dash: even spaces
        (r"(?<=\S) +[-–] +(?=\S)", f"{NBSP}— "),
        (rf"^{NBSP}", ""),
        (r"— (?=[,.;:!?)\]”’]|\"(?:\s|$)|$)", "—"),
        (rf"(?i)(?<!\w)'(?=(?:{_CLIPPED})(?!\w))", "’"),
        (rf"(\d) (?=(?:{_UNITS})(?!\w))", rf"\1{NBSP}"),
        (r"\b(Dr|Mr|Mrs|Ms|Prof|St|vs)\. (?=\S)", rf"\1.{NBSP}"),
        (r"\bNo\. (?=\d)", f"No.{NBSP}"),
        (r"\b([A-Z]\.) (?=[A-Z]\.)", rf"\1{NBSP}"),
    )
)


def typeset(text: str) -> str:
    """The text with typographic marks, even dashes and the spaces that must not break."""
    text = clean(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return _curl(text)


def clean(text: str) -> str:
    """Composed (NFC), single spaces, no invisible marks; a control character is refused."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn"):
            raise _undrawable(character, "a control character")
        if unicodedata.bidirectional(character) in ("R", "AL"):
            raise _undrawable(character, "a letter of a script that runs from right to left")
    return "".join(c for c in text if c in "\u200c\u200d" or unicodedata.category(c) != "Cf")


def _undrawable(character: str, what: str) -> InputError:
    return InputError(
        f"the text holds U+{ord(character):04X}, {what}, which cards cannot draw",
        remedy="take it out of the text",
    )


def nested(text: str) -> str:
    """Quotation marks inside a quotation are single, unless single ones are inside already."""
    return text if "‘" in text else text.replace("“", "‘").replace("”", "’")


def _curl(text: str) -> str:
    """Straight quotes turned to the side they stand on."""
    curled: list[str] = []
    for mark in text:
        before = curled[-1] if curled else " "
        opens = before in _OPENS_AFTER
        curled.append({'"': "“" if opens else "”", "'": "‘" if opens else "’"}.get(mark, mark))
    return "".join(curled)
