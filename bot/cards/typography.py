"""What a typesetter does to typed English before it is drawn: quotes, dashes, dots, joins.

Only marks and spaces change, never a letter. Rules after Bringhurst, *The Elements of
Typographic Style*, chapters 2 and 5.
"""

import re
import unicodedata

from bot.errors import CardError

NBSP = "\u00a0"
JOINERS = "\u200c\u200d"
UNASSIGNED = ("Cc", "Cs", "Co", "Cn")  # control, half of a pair, private, not (yet) a character
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
    """The text ``marked``; a character that cannot be drawn is refused."""
    for character in clean(text):
        if unicodedata.category(character) in UNASSIGNED:
            raise _undrawable(character, "a control character")
        if runs_left(character):
            raise _undrawable(character, "a letter of a script that runs from right to left")
    return marked(text)


def marked(text: str) -> str:
    """The text with typographic marks, even dashes and the spaces that must not break."""
    text = clean(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return _curl(text)


def clean(text: str) -> str:
    """Composed (NFC), single spaces, no invisible marks."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in text if c in JOINERS or unicodedata.category(c) != "Cf")


def runs_left(character: str) -> bool:
    """Whether it belongs to a script that is written from right to left."""
    return unicodedata.bidirectional(character) in ("R", "AL")


def _undrawable(character: str, what: str) -> CardError:
    return CardError(
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
