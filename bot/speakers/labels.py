"""Names and labels: who is meant, and whether two names are one person's. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.model import Attribution, Role, Sentence
from bot.remembering import remembered

_PLACEHOLDER = re.compile(
    r"(?i)/*(?:(?:speaker|spkr?|person|voice|participant|host|guest|interviewer|interviewee|man"
    r"|woman|moderator|narrator|audience(?: member)?)(?:[ _-]*\d{1,3}|[ _-]+[a-z])?|[a-z]"
    r"|s?[ _-]*\d{1,3}|(?:unknown|unidentified)\b.*|[0-9a-f]{8}-[0-9a-f-]{20,}.*|)"
)
_ROLES: Mapping[str, Role] = {
    **dict.fromkeys(("host", "interviewer", "moderator", "narrator"), "host"),
    "audience": "audience",
}


def voices(sentences: Sequence[Sentence]) -> list[str]:
    """The labels of a file, most words first."""
    words: Counter[str] = Counter()
    for sentence in sentences:
        if sentence.speaker:
            words[sentence.speaker] += len(sentence.text.split())
    return [voice for voice, _ in words.most_common()]


@remembered(1024)  # asked of every sentence
def is_placeholder(label: str) -> bool:
    """Whether a label tells voices apart but names nobody: ``SPEAKER_00``, ``S2``, an id."""
    return bool(_PLACEHOLDER.fullmatch(label.strip()))


@remembered(1024)
def role_of(label: str) -> Role | None:
    """The role that a label tells without a name, beside the main speaker's: ``Host 2``."""
    word = re.split(r"[\W\d_]+", label.strip(" /").casefold(), maxsplit=1)[0]
    return _ROLES.get(word) if is_placeholder(label) else None


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's: equal but for case, marks and a bracketed addition."""
    return _plain(one) == _plain(other)


def match_label(name: str, labels: Sequence[str]) -> str | None:
    """The label that means ``name``: the same name, or the only one that holds or shortens it."""
    exact = [label for label in labels if same_name(name, label)]
    wanted = set(_plain(name).split())
    parts = [label for label in labels if _holds(wanted, set(_plain(label).split()))]
    return exact[0] if exact else parts[0] if len(parts) == 1 else None


def fuller_name(name: str, label: str) -> str:
    """Of a name and the label that means the same person the longer one, without brackets."""
    return max(name, re.sub(r"\s*\([^)]*\)", "", label), key=lambda each: len(each.split()))


def named(sentences: Sequence[Sentence], names: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Sentences with the names a person gave to labels; ``LookupError`` with the file's labels."""
    if not names:
        return tuple(sentences)
    labels = voices(sentences)
    if any(label not in labels for label in names):
        raise LookupError(labels)
    given = Attribution("given", 1.0)
    return tuple(
        one.said_by(names[label], one.role, given) if (label := one.speaker or "") in names else one
        for one in sentences
    )


def speakers_of(
    sentences: Sequence[Sentence], named: Sequence[str], usual: Sequence[str]
) -> tuple[str, ...]:
    """Who may be quoted: those ``named`` for this talk, by their labels where these are fuller.

    ``usual`` are those of talks that label nobody. Of several named, those without a label in a
    file that has names are left out; ``LookupError`` with its labels when that is all of them.
    """
    labels = [label for label in voices(sentences) if not is_placeholder(label)]
    if not named:
        return () if labels else tuple(usual)
    if not labels:
        return tuple(named)
    found = {name: match_label(name, labels) for name in named}
    meant = tuple(fuller_name(name, label) for name, label in found.items() if label)
    if not meant:
        raise LookupError(labels)
    return meant


def heard_as(label: str | None, speaker: str | None) -> tuple[str | None, Attribution | None]:
    """Who speaks under a label as a person or the label says; LookupError where they differ."""
    if label is None or is_placeholder(label):
        return speaker, Attribution("given", 1.0) if speaker else None
    if speaker and match_label(speaker, [label]) is None:
        raise LookupError(label)
    return fuller_name(speaker or label, label), Attribution("labelled", 1.0)


def _holds(one: set[str], other: set[str]) -> bool:
    """Whether all words of one name are words of the other: "Ann" and "Ann Lee", no third."""
    return bool(one and other) and (one <= other or other <= one)


def _plain(name: str) -> str:
    bare = re.sub(r"\([^()]*\)", " ", name)
    return " ".join(re.findall(r"\w+", bare.casefold()))


def least_sure(run: Sequence[Sentence]) -> Attribution | None:
    """How the speaker of a run is known: as surely as that of its least sure sentence."""
    known = (one.attribution for one in run if one.attribution)
    return min(known, key=lambda one: one.confidence, default=None)
