"""What may not go unseen with words that are taken away. Pure."""

import re

from bot.lexicon import CONDITIONS, NEGATIONS, tokens
from bot.remembering import remembered
from bot.windups import OWN_NOTE

_NEGATIONS = (
    NEGATIONS | {"no-one"} | {word.replace("'", "") for word in NEGATIONS if word.endswith("n't")}
)
_CONDITION_PHRASES = re.compile(r"\b(?:as long as|in case|depending|given that|since)\b")
_ATTRIBUTION = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|wr(?:ote|ites?|itten)|th(?:ought|inks?)"
    r"|believe[sd]?|claim(?:s|ed|ing)?|argue[sd]?|insist(?:s|ed)?|ask(?:s|ed|ing)?|call(?:s|ed)"
    r"|quote[sd]?|according|admit(?:s|ted)?|warn(?:s|ed)?|suggest(?:s|ed)?|report(?:s|ed|edly)"
    r"|announce[sd]?|heard|allegedly|supposedly"
    r"|(?:he|she|they|people|every(?:one|body))(?:'s|'re| is| are| was| were)? (?:all )?like"
    r"|(?:he|she|they) goe?s?)\b"
)
_OWN_FRAME = re.compile(  # the speaker's own view is no attribution
    r"\bi(?:'d| would| must| do| have to| also| just| really| kind of| sort of| probably)*"
    r" (?:think|believe|say|argue|suggest)\b"
)


@remembered(4096)  # people start in the same few ways
def lost(removed: str) -> str | None:
    """What taking these words away would lose: a negation, a condition, an attribution, or None."""
    words = tokens(removed)
    for word in words:
        if {word, *word.split("-")} & _NEGATIONS or word.endswith("n't"):
            return f"loses the negation {word!r}"
        if word in CONDITIONS:
            return f"loses the condition {word!r}"
    if match := _CONDITION_PHRASES.search(" ".join(words)):
        return f"loses the condition {match[0]!r}"
    others = " ".join(tokens(OWN_NOTE.sub(r"\g<inner> \g<when>", removed)))
    if match := _ATTRIBUTION.search(_OWN_FRAME.sub(" ", others)):
        return f"loses the attribution {match[0]!r}"
    return None
