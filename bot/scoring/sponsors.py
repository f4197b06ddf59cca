"""Sponsor reads: what tells of one, and from where to where it goes. Pure."""

import re
from collections.abc import Iterator, Sequence

from bot.model import Sentence
from bot.scoring.phrases import Phrases, any_of

TELLS = Phrases(r"""
    <(?:sponsor|sponsors|sponsored|sponsoring)>
    <brought> to you by
    <supported> by
    made <possible> by
    (?:promo|discount|coupon) <code>
    use (?:the )?<code> \w+ at
    (?:percent|%) <off>
    (?:using|with|enter) the <code>
    use (?:the|this|our) <link>
    <premium> plan
    free <trial>
    (?:\.|dot )(?:com|io|org|net|ai|fm|co) <slash> \w+
    <sign> up (?:today|now|at|for free)
    <check> (?:it|them|us) out at
    <head> (?:on )?over to
""")
_VISIT = any_of(r"go to [\w.-]+\.(?:com|io|org|net|co|ai)")
_DOT = re.compile(r"\.(?:com|io|ai|co|org|fm|dev|app|net)|dot (?:com|io|org)")
_ADDRESS = re.compile(
    r"\b(?:[\w-]+\.(?:com|io|ai|co|org|fm|dev|app|net)/\w+"
    r"|[\w-]+\.(?:com|io|ai)|\w+ dot (?:com|io|org))(?!\w)"
)
_PROMO = re.compile(r"\b[Uu]se (?:the |promo )?code [A-Z0-9]{3}")
_REACH = 3  # sentences a read goes on after its last tell-tale
_GAP = 5  # from one tell-tale of a read to the next
_OPENS = 12  # sentences before its first, in which a read may name what it sells
_NAME = re.compile(r"\b[A-Z]\w+ [A-Z]\w+")


def reads(sentences: Sequence[Sentence], tells: Sequence[int]) -> Iterator[range]:
    """The places of each sponsor read: around its tell-tales, in one turn.

    It begins where it first names what its tell-tales name, if there are several.
    """
    for group in near_each_other(sentences, tells):
        told = group if len(group) > 1 else ()  # a single one may be about anything
        names = {name for at in told for name in _NAME.findall(sentences[at].text)}
        inside = range(group[0] - _OPENS, group[-1] + 1 + _REACH)
        turn = [at for at in inside if _one_turn(sentences, at, group[0])]
        opens = [at for at in turn if any(name in sentences[at].text for name in names)]
        yield range(max(turn[0], min([*opens, group[0] - 1])), turn[-1] + 1)


def near_each_other(sentences: Sequence[Sentence], tells: Sequence[int]) -> Sequence[Sequence[int]]:
    """Tell-tales by passages: no more than ``_GAP`` sentences from one to the next, in one turn."""
    groups: list[list[int]] = []
    for at in tells:
        last = groups[-1][-1] if groups else -1
        if groups and at - last <= _GAP and _one_turn(sentences, last, at):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _one_turn(sentences: Sequence[Sentence], one: int, other: int) -> bool:
    return 0 <= one < len(sentences) and sentences[one].turn == sentences[other].turn


def is_sponsored(text: str, lower: str, tells: int) -> bool:
    """Whether a sentence (``lower``: in lower case) tells of a sponsor; ``tells`` as ``told``."""
    return bool(
        (tells & TELLS.bit and TELLS.search(lower))
        or ("go to " in lower and _VISIT.search(lower))
        or ("code" in lower and _PROMO.search(text))
        or ((lower.find(".", 0, -1) >= 0 or "dot " in lower) and _has_address(lower))
    )


def _has_address(lower: str) -> bool:
    return bool(_DOT.search(lower) and _ADDRESS.search(lower))
