"""What is never a quote, whatever its score: each filter is a kind of sentence, none a file. Pure.

"A quote must stand alone: no opening he/she/they/it/that without its noun, no 'as I said', no
answer without its question, no sponsor read, greeting, thanks, house-keeping."
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from string import ascii_letters, digits
from typing import Literal

from bot.model import Sentence

Refusal = Literal[
    "question",
    "greeting",
    "thanks",
    "house-keeping",
    "sponsor",
    "hole",
    "unfinished",
    "leans on what came before",
]


def any_of(alternatives: str, *, at_start: bool = False) -> re.Pattern[str]:
    """One pattern out of a list with an alternative a line, whole words, for lower case.

    A search looks for the letters that alternatives begin with, all at once, and looks back for
    the start of a word afterwards: many times as fast as trying each alternative at each word.
    """
    lines = [line.strip() for line in alternatives.splitlines() if line.strip()]
    if at_start:
        return re.compile(rf"^\b(?:{'|'.join(lines)})(?!\w)", re.DOTALL)
    parts = [
        f"{letter}{'(?<!' if letter.isalpha() else '(?<='}\\w.)(?:{'|'.join(rests)})(?!\\w)"
        for letter, rests in _by_letter(lines).items()
    ]
    return re.compile("|".join(parts), re.DOTALL)


def _by_letter(lines: Iterable[str]) -> dict[str, list[str]]:
    """Alternatives by their first letter, without it; a group at the start counts as several."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        group = re.match(r"\(\?:([^()]*)\)(?!\?)", line)
        for one in group[1].split("|") if group else [""]:
            whole = one + line[group.end() :] if group else line
            letter = whole[: 1 + (whole[0] == "\\")]
            found[letter].append(whole.removeprefix(letter))
    return found


_ASKING = any_of("""
    (?:i'm|i am|i was|we were|just) (?:curious|wondering|interested to)
    i wonder (?:if|what|how|whether)
    (?:want|wanted|like|love) to (?:ask|know|hear)
    what (?:do )?you think (?:about|of)
    my question
    (?:can|could) you (?:share|tell|talk|say|explain|walk)
    (?:tell|walk) (?:us|me) (?:about|through|more)
""")
_LEAD = "(?:(?:so|and|but|or|well|okay)[, ]+)?"
_AUX = "do|does|did|are|was|were|can|could|would"
_WHO = "you|we|they|he|she|i"
_ASKS = "(?:how|what|why|where|when|who)"
_MEASURE = "much|many|long|often|difficult|hard|important|big"
_INVERTED = any_of(  # a question, though nobody wrote its mark
    rf"""
    {_LEAD}(?:(?:{_AUX}|have|is)n't|{_AUX}|have) (?:{_WHO}|there)
    {_LEAD}{_ASKS}(?: (?:{_MEASURE}))? (?:{_AUX}|should) (?:{_WHO}|it|that|this|the)
    {_LEAD}how (?:{_MEASURE}) (?:is|are|was|were)
    """,
    at_start=True,
)
_THANKS = any_of(r"""
    thank you
    thanks(?! (?:the|a|an|my|your|his|her|its|their|us|me|him|them)\b)
    appreciate you
""")
_GREETING = any_of("""
    welcome (?:back|to (?:the|our|another))
    my name is
    nice to (?:meet|see)
    great to (?:be here|have you|see you)
    (?:excited|thrilled|delighted|pleased|happy|lucky) to (?:be here|have you|introduce|welcome)
    please (?:join me|welcome)
""")
_HELLO = any_of(
    """
    (?:(?:so|and|well|ok|okay|all right|yeah)[, ]+)*(?:hi|hello|hey|welcome)
    good (?:morning|afternoon|evening)
""",
    at_start=True,
)
_I_AM = re.compile(r"^(?:Hi,? |Hello,? )?I'm [A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}[.,]")
_HOUSEKEEPING = any_of(r"""
    (?:last|next|another|one more|final|quick) question
    first question (?:comes|from|goes)
    (?:that's|that is|what) an? (?:very |really )?(?:good|great|excellent|interesting) question
    questions? from
    take (?:some |a few )?questions
    round of applause
    give it up for
    a (?:big )?hand for
    before we (?:start|begin|get started|wrap)
    kick (?:things|us|it) off
    wrap (?:it |this |things )?up
    switch(?:ing)? gears
    we have time for
    out of time
    (?:coffee|lunch|short|quick) break
    after the break
    the mic(?:rophone)?
    can you hear me
    next (?:speaker|slide)
    subscribe(?! to (?:the|that|this) (?:idea|view|belief|theory|notion)\b)
    show notes
    link in the
    rate and review
    this (?:episode|podcast)
    see you (?:next|tomorrow|later|all)
    have a (?:good|great|nice|lovely) (?:day|night|evening|week)
    needs no introduction
    join(?:ing|ed) us
    wi-?fi
    toilets
    restrooms
    fire exits?
""")
_PRAISE = re.compile(r"(?:good|great|excellent|interesting) question(?!\w)")
_SPONSOR = any_of(r"""
    sponsor(?:s|ed|ing)?
    brought to you by
    (?:supported|made possible) by
    (?:promo|discount|coupon) code
    use (?:the )?code \w+ at
    (?:percent|%) off
    (?:using|with|enter) the code
    use (?:the|this|our) link
    premium plan
    free trial
    (?:\.|dot )(?:com|io|org|net|ai|fm|co) slash \w+
    sign up (?:today|now|at|for free)
    check (?:it|them|us) out at
    head (?:on )?over to
    go to [\w.-]+\.(?:com|io|org|net|co|ai)
""")
_DOT = re.compile(r"\.(?:com|io|ai|co|org)|dot (?:com|io|org)")
_ADDRESS = re.compile(
    r"\b(?:[\w-]+\.(?:com|io|ai|co|org)/\w+|[\w-]+\.(?:com|io|ai)|\w+ dot (?:com|io|org))(?!\w)"
)
_PROMO = re.compile(r"\b[Uu]se (?:the |promo )?code [A-Z0-9]{3}")
_SPONSOR_REACH = 3  # sentences a read goes on after its last tell-tale

_INTRODUCES = re.compile(
    r":$|\b(?:sa(?:id|ys?)|t(?:old|ells?)|wr(?:ote|ites?)|taught|asks?|asked|believe[sd]?|put)\b"
    r"[^.!?]{0,40}\b(?:this|that|it|following|so)\b[^.!?\w]*[.!?:]?$"
)
_ANNOUNCING = ("this", "that", "it", "following", "so")  # what such a sentence ends on
_NO_LETTERS = "".join(set(map(chr, range(128))) - set(ascii_letters + digits + "_"))
_TRAILS_OFF = re.compile(  # a list nobody ends; some ends can be trimmed
    r"a(?<!\w.)nd (?:so on\b(?!\W*$)|so forth\b|(?:stuff|things) like that\b|all that\b)"
    r"|o(?<!\w.)r (?:something(?: like that)?|whatever)\b(?!\W*$)"
    r"|e(?<!\w.)t(?: cetera\b(?!\W*$)|c\b)|b(?<!\w.)lah\b"
)
_BRACKETS = re.compile(r"[\[\](){}<>]|[*][*]")  # a note of the writer's, words left out
_FINISHED = re.compile(r"[.!…。！؟?][\"'”’)\]]*$")


def refusals(sentences: Sequence[Sentence]) -> list[Refusal | None]:
    """For each sentence why no quote may hold it, or None; sponsor reads reach past their words."""
    lower = [one.text.lower() for one in sentences]
    sponsored = [
        bool(
            _SPONSOR.search(low)
            or ("code" in low and _PROMO.search(one.text))
            or (_DOT.search(low) and _ADDRESS.search(low))
        )
        for one, low in zip(sentences, lower, strict=True)
    ]
    found = list(map(_refusal, sentences, lower, sponsored))
    for place, torn in enumerate(_torn(sentences)):
        found[place] = found[place] or ("unfinished" if torn else None)
    for place, sentence in enumerate(sentences):
        if not sponsored[place]:
            continue
        for near in range(max(0, place - 1), min(len(sentences), place + 1 + _SPONSOR_REACH)):
            if sentences[near].turn == sentence.turn:
                found[near] = found[near] or "sponsor"
    return found


def introduced(sentences: Sequence[Sentence]) -> list[bool]:
    """Whether the sentence before says whose words these are: they cannot open a quote."""
    return [False] + [
        before.turn == one.turn and _introduces(before.text.lower())
        for before, one in pairwise(sentences)
    ]


def _introduces(lower: str) -> bool:
    ends = lower.isascii() and lower.rstrip(_NO_LETTERS).endswith(_ANNOUNCING)
    return (ends or not lower.isascii() or lower[-1:] == ":") and bool(_INTRODUCES.search(lower))


def _torn(sentences: Sequence[Sentence]) -> Iterator[bool]:
    """Whether the words before belong to it: "We should never" – "Yeah." – "trust it." """
    last: dict[str | None, Sentence] = {}
    for one in sentences:
        before = last.get(one.speaker)
        opens = one.offset == 0 and before is not None
        lower = one.text.lstrip("-–—… ")[:1].islower() or one.text[:1] in "-–—…"
        goes_on = before is not None and not _FINISHED.search(before.text)
        yield one.approximate or (opens and (lower or goes_on))
        last[one.speaker] = one


def _refusal(sentence: Sentence, lower: str, sponsored: bool) -> Refusal | None:
    text = sentence.text
    if sentence.hole or _BRACKETS.search(text):
        return "hole"
    if any(mark in text for mark in "?？؟") or _ASKING.search(lower) or _INVERTED.match(lower):
        return "question"
    if not _FINISHED.search(text) or text.endswith(("--", "-.")) or _TRAILS_OFF.search(lower):
        return "unfinished"
    if sponsored:
        return "sponsor"
    if _THANKS.search(lower):
        return "thanks"
    if _GREETING.search(lower) or _HELLO.match(lower) or _I_AM.match(text):
        return "greeting"
    return "house-keeping" if _PRAISE.match(lower) or _HOUSEKEEPING.search(lower) else None
