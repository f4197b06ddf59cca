"""What is never a quote, whatever its score: each filter is a kind of sentence, none a file. Pure.

"A quote must stand alone: no opening he/she/they/it/that without its noun, no 'as I said', no
answer without its question, no sponsor read, greeting, thanks, house-keeping."
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from string import ascii_letters, digits
from typing import Literal

from bot.lexicon import straight, tokens
from bot.model import Sentence
from bot.scoring.introductions import introductions
from bot.scoring.phrases import Phrases, any_of, told
from bot.scoring.sponsors import is_sponsored, reads

Refusal = Literal[
    "question",
    "greeting",
    "thanks",
    "house-keeping",
    "sponsor",
    "introduction",
    "hole",
    "unfinished",
    "leans on what came before",
]


_ASKING = Phrases("""
    (?:i'm|i am|i was|we were|just) <(?:curious|wondering)>
    (?:i'm|i am|i was|we were|just) <interested> to
    i <wonder> (?:if|what|how|whether)
    (?:i|i'd|we'd|would) (?:want|wanted|like|love) to <(?:ask|know|hear)>
    (?:also|just|really|always) (?:want|wanted|like|love) to <(?:ask|know|hear)>
    what (?:do )?you <think> (?:about|of)
    my <question>
    (?:can|could) you <(?:share|tell|talk|say|explain|walk)>
    <(?:tell|walk)> (?:us|me) (?:about|through|more)
    (?:let me|i have to|i wanna) <ask>
    you(?:'ve)? (?:also |just )?<mentioned>
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
_THANKS = Phrases(r"""
    <thank> you
    <thanks>(?! (?:the|a|an|my|your|his|her|its|their|us|me|him|them)\b)
    <appreciate> you
""")
_GREETING = Phrases("""
    <welcome> (?:back|to (?:the|our|another))
    my <name> is
    <nice> to (?:meet|see)
    <great> to (?:be here|have you|see you)
    <(?:excited|thrilled|delighted|pleased|happy|lucky)> to (?:be here|have you|introduce|welcome)
    <please> (?:join me|welcome)
""")
_HELLO = any_of(
    """
    (?:(?:so|and|well|ok|okay|all right|yeah)[, ]+)*(?:hi|hello|hey|welcome)
    good (?:morning|afternoon|evening)
""",
    at_start=True,
)
_I_AM = re.compile(r"^(?:Hi,? |Hello,? )?I['’]m [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}[.,]")
_HOUSEKEEPING = Phrases(r"""
    (?:last|next|another|one more|final|quick) <question>
    first <question> (?:comes|from|goes)
    (?:that's|that is|what) an? (?:very |really )?(?:good|great|excellent|interesting) <question>
    <questions?> from
    take (?:some |a few )?<questions>
    round of <applause>
    <give> it up for
    a (?:big )?<hand> for
    <before> we (?:start|begin|get started|wrap)
    <kick> (?:things|us|it) off
    <wrap> (?:it |this |things )?up
    switch(?:ing)? <gears>
    we have <time> for
    out of <time>
    (?:coffee|lunch|short|quick) <break>
    after the <break>
    the <(?:mic|microphone)>
    can you <hear> me
    next <(?:speaker|slide)>
    <subscribe>(?! to (?:the|that|this) (?:idea|view|belief|theory|notion)\b)
    show <notes>
    <link> in the
    rate and <review>
    this <(?:episode|podcast)>
    (?:great|good|awesome|amazing|special|another) <episode>
    today's <(?:episode|show|guests?)>
    special <guests?>
    my <co-?hosts?>
    with (?:me|us) (?:here )?<today>
    <see> you (?:next|tomorrow|later|all)
    have a (?:good|great|nice|lovely) <(?:day|night|evening|week)>
    needs no <introduction>
    <(?:joining|joined)> us
    <wi-?fi>
    <toilets>
    <restrooms>
    fire <exits?>
""")
_PRAISE = re.compile(r"(?:good|great|excellent|interesting) question(?!\w)")
_INTRODUCES = re.compile(
    r":$|\b(?:sa(?:id|ys?)|t(?:old|ells?)|wr(?:ote|ites?)|taught|asks?|asked|believe[sd]?|put)\b"
    r"[^.!?]{0,40}\b(?:this|that|it|following|so)\b[^.!?\w]*[.!?:]?$"
)
_QUOTING = re.compile(r"""(?P<opens>(?<![^\s(\[–—-])["“](?=\w))|(?<=\S)["”](?!\w)""")
_ANNOUNCING = ("this", "that", "it", "following", "so")  # what such a sentence ends on
_NO_LETTERS = "".join(set(map(chr, range(128))) - set(ascii_letters + digits + "_"))
_TRAILS_OFF = Phrases(  # a list nobody ends; some ends can be trimmed
    r"""
    and so <on>(?!\W*$)
    and so <forth>
    and <(?:stuff|things)> like that
    and <all> that
    or <something>(?: like that)?(?!\W*$)
    or <whatever>(?!\W*$)
    et <cetera>(?!\W*$)
    <etc>
    <blah>
"""
)
_GAPS = (*"[](){}<>", "**", "\ufffd")  # of a writer's note, of words left out, of a lost letter
_ENDS = (".", "!", "…", "。", "！", "؟", "?")
_FINISHED = re.compile(r"[.!…。！؟?][\"'“”’»」』)\]\s]*$")


def refusals(sentences: Sequence[Sentence]) -> list[Refusal | None]:
    """For each sentence why no quote may hold it, or None.

    Sponsor reads and introductions reach past the words that tell of them.
    """
    texts = [one.text for one in sentences]
    lower = [straight(text.lower()) for text in texts]
    tells = told(list(map(tokens, texts)))
    sponsored = list(map(is_sponsored, texts, lower, tells))
    found = list(map(_refusal, sentences, lower, tells, sponsored))
    for place, torn in enumerate(_torn(sentences)):
        found[place] = found[place] or ("unfinished" if torn else None)
    opening = [at for at, why in enumerate(found) if why in ("greeting", "house-keeping")]
    passages: list[tuple[Refusal, Iterator[range]]] = [
        ("sponsor", reads(sentences, [at for at, one in enumerate(sponsored) if one])),
        ("introduction", introductions(sentences, opening)),
    ]
    for why, ranges in passages:
        for place in chain.from_iterable(ranges):
            found[place] = found[place] or why
    return found


def introduced(sentences: Sequence[Sentence]) -> list[bool]:
    """Whether these may be another's words, so that they cannot open a quote.

    The sentence before says whose they are, or a quotation is open that began before it.
    """
    said_before = [False] + [
        before.turn == one.turn and _introduces(before.text.lower())
        for before, one in pairwise(sentences)
    ]
    inside = _inside_quotations(sentences)
    return [told or at in inside for at, told in enumerate(said_before)]


def _inside_quotations(sentences: Sequence[Sentence]) -> frozenset[int]:
    """The sentences that begin inside a quotation of their turn which also ends."""
    found: set[int] = set()
    since: list[int] | None = None  # the sentences that began since one opened
    turn = None
    for at, one in enumerate(sentences):
        since, turn = since if turn == one.turn else None, one.turn
        if since is not None:
            since.append(at)
        quotes = any(map(one.text.__contains__, '"“”'))
        for mark in _QUOTING.finditer(one.text) if quotes else ():
            if mark["opens"]:
                since = []
            elif since is not None:
                found.update(since)
                since = None
    return frozenset(found)


def _introduces(lower: str) -> bool:
    ends = lower.isascii() and lower.rstrip(_NO_LETTERS).endswith(_ANNOUNCING)
    return (ends or not lower.isascii() or lower[-1:] == ":") and bool(_INTRODUCES.search(lower))


def _torn(sentences: Sequence[Sentence]) -> Iterator[bool]:
    """Whether the words before belong to it: "We should never" – "Yeah." – "trust it." """
    last: dict[str | None, Sentence] = {}
    for one in sentences:
        before = last.get(one.speaker)
        lower = one.text.lstrip("-–—… ")[:1].islower() or one.text[:1] in "-–—…"
        goes_on = one.offset == 0 and lower
        yield before is not None and (goes_on or not _is_finished(before.text))
        last[one.speaker] = one


def _is_finished(text: str) -> bool:
    return text[-1:] in _ENDS or _FINISHED.search(text) is not None


def _refusal(sentence: Sentence, lower: str, tells: int, sponsored: bool) -> Refusal | None:
    text = sentence.text
    if sentence.hole or any(map(text.__contains__, _GAPS)):
        return "hole"
    if _asks(lower, tells):
        return "question"
    if (
        not _is_finished(text)
        or text.endswith(("--", "-."))
        or (tells & _TRAILS_OFF.bit and _TRAILS_OFF.search(lower))
    ):
        return "unfinished"
    if sponsored:
        return "sponsor"
    if tells & _THANKS.bit and _THANKS.search(lower):
        return "thanks"
    if tells & _GREETING.bit and _GREETING.search(lower):
        return "greeting"
    if _HELLO.match(lower) or _I_AM.match(text):
        return "greeting"
    if tells & _HOUSEKEEPING.bit and (_PRAISE.match(lower) or _HOUSEKEEPING.search(lower)):
        return "house-keeping"
    return None


def _asks(lower: str, tells: int) -> bool:
    return (
        ("?" in lower or "？" in lower or "؟" in lower)
        or bool(tells & _ASKING.bit and _ASKING.search(lower))
        or _INVERTED.match(lower) is not None
    )
