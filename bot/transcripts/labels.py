"""Speakers written into the words of cues: ``Ann Lee: Good morning.``"""

import re
from collections import Counter
from dataclasses import replace

from bot.lexicon import FUNCTION_WORDS, IMPERATIVES, tokens
from bot.model import Cue, Word

_LABEL = re.compile(r"^(?:>>\s*|- )?([^\W\d_][\w.'’()-]*(?: [\w.'’()-]+){0,4}):\s+(?=\S)")
_SHARE = 0.05  # of the cues carry a label where a file names its speakers
_NO_NAME = FUNCTION_WORDS | IMPERATIVES | {"note", "tip", "rule", "lesson", "example", "fact"}


def labelled(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Cues with the label moved from the words to ``speaker``; it holds until the next label.

    A label counts when it comes back and is no plain word: «Remember: ask first.» names nobody.
    One that comes back alone names the speaker only if the file opens on it.
    """
    if any(cue.speaker for cue in cues):
        return cues
    found = [_LABEL.match(cue.text) for cue in cues]
    counts = Counter(match[1] for match in found if match and _is_name(match[1]))
    names = {name for name, count in counts.items() if count >= 2}
    if sum(counts[name] for name in names) < max(3, len(cues) * _SHARE):
        return cues
    if len(names) == 1 and not (found[0] and found[0][1] in names):
        return cues
    speaker: str | None = None
    named: list[Cue] = []
    for cue, match in zip(cues, found, strict=True):
        if match and match[1] in names:
            speaker = match[1]
            cue = replace(cue, text=cue.text[match.end() :], words=_without(cue, match.end()))
        named.append(replace(cue, speaker=speaker))
    return tuple(named)


def _is_name(label: str) -> bool:
    return label[0].isupper() and tokens(label)[0] not in _NO_NAME


def _without(cue: Cue, length: int) -> tuple[Word, ...]:
    gone = len(cue.text[:length].split())
    return cue.words[gone:]
