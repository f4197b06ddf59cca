"""Speakers written into the words of cues: ``Ann Lee: Good morning.``"""

import re
from collections import Counter

from bot.lexicon import FUNCTION_WORDS, IMPERATIVES, tokens
from bot.model import Cue

_NAME = r"[^\W\d_][\w.'’()-]*(?: [\w.'’()-]+){0,4}"
_COLON = r"(?::(?:\s+(?=\S)|\s*$)|：\s*)"
_LABEL = re.compile(rf"^(?P<mark>>>+\s*|[-–—] )?(?:(?P<name>{_NAME}){_COLON})?")
_INSIDE = re.compile(rf"(?<=[.!?…]\s)({_NAME}):\s+(?=\S)")  # in the middle of a cue
_SHARE, _SHARE_OF_SEVERAL = 0.05, 0.02  # of the cues carry a label where a file names its speakers
_NO_NAME = FUNCTION_WORDS | IMPERATIVES | {"note", "tip", "rule", "lesson", "example", "fact"}
_NO_NAME |= {"قال", "قالت", "يقول", "تقول", "مثلا", "אמר", "אמרה", "למשל"}  # said, for example
_SAYS = ("說", "说", "道", "問", "问", "如", "是", "言う")  # a clause that announces words ends so


def labelled(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Cues with the label moved from the words to ``speaker``; it holds until the next label.

    A label counts when it comes back and is no plain word: «Remember: ask first.» names nobody.
    One that comes back alone names the speaker only if the file opens on it, and so do those in
    letters that know no capitals: «他說：» is no name. In a file that names its speakers, whatever
    may be another voice – a name met once, a bare ``>>`` – ends the last.
    """
    if any(cue.speaker for cue in cues):
        return cues
    marked = [cue.text for cue in cues if _has_colon(cue.text)]
    found = [match["name"] for text in marked if (match := _LABEL.match(text))]
    inside = [name for text in marked for name in _INSIDE.findall(text) if _is_full_name(name)]
    opens = found[0] if found and marked[0] == cues[0].text else None
    names = _names([*found, *inside], len(cues), opens)
    if not names:
        return cues
    speaker: str | None = None
    named: list[Cue] = []
    before = r"(?:(?<=\S)\s+(?:[-–—] )?|(?<=[。！？]))"
    inner = re.compile(rf"{before}({'|'.join(map(re.escape, names))})(?::\s+|：\s*)")
    for cue in cues:
        one, speaker = _named(cue, names, inner, speaker)
        named.append(one)
    return tuple(named)


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text


def _names(found: list[str | None], cues: int, opens: str | None) -> set[str]:
    """The labels that are names, or none where the file does not name its speakers.

    ``opens`` is that of its first cue.
    """
    counts = Counter(name for name in found if name and _is_name(name))
    names = {name for name, count in counts.items() if count >= 2}
    share = _SHARE if len(names) == 1 else _SHARE_OF_SEVERAL
    if sum(counts[name] for name in names) < max(3, cues * share):
        return set()
    capitals = any(name[0].isupper() for name in names)
    return names if (len(names) > 1 and capitals) or opens in names else set()


def _named(
    cue: Cue, names: set[str], inner: re.Pattern[str], speaker: str | None
) -> tuple[Cue, str | None]:
    """A cue with its speaker, and who speaks on after it; ``inner`` is a label inside a cue."""
    match = _LABEL.match(cue.text)
    name, mark = (match["name"], match["mark"]) if match else (None, None)
    text, words = cue.text, cue.words
    if match and name and (name in names or _is_full_name(name)):
        label, text = text[: match.end()], text[match.end() :]
        apart = label[-1:].isspace() or not text  # else the label is of the first timed word
        speaker, words = name, words[len(label.split()) :] if apart else ()
    elif mark or (name and _is_name(name)):
        speaker = None
    others = list(inner.finditer(text)) if _has_colon(text) else []
    one = cue._replace(text=text, speaker=speaker, words=words)
    if not others:
        return one, speaker
    for other in reversed(others):  # another voice in the same cue: a turn of its own
        text = f"{text[: other.start()]} >> {text[other.end() :]}"
    return one._replace(text=text, words=()), others[-1][1]


def _is_name(label: str) -> bool:
    if label[0].islower() or label[1:].endswith(_SAYS):
        return False
    return tokens(label)[0] not in _NO_NAME


def _is_full_name(label: str) -> bool:
    """Whether a label met once looks like a name: two to four words, each with a capital."""
    parts = label.split()
    return 2 <= len(parts) <= 4 and all(part[:1].isupper() for part in parts) and _is_name(label)
