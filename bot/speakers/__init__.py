"""Who speaks, and how that is known. Pure.

Labels in the file win. Without them the words tell the main speaker's sentences from the host's
and the audience's, and every one stays ``inferred`` with the confidence that was right before.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.model import Attribution, Role, Sentence
from bot.speakers.inference import Voice, doubted, voices_of
from bot.speakers.labels import (
    fuller_name,
    heard_as,
    is_placeholder,
    least_sure,
    match_label,
    named,
    role_of,
    same_name,
    speakers_of,
    voices,
)
from bot.speakers.weights import VoiceWeights, load

__all__ = [
    "VoiceWeights",
    "attribute",
    "doubted",
    "fuller_name",
    "heard_as",
    "is_placeholder",
    "least_sure",
    "load",
    "match_label",
    "named",
    "same_name",
    "speakers_of",
    "voices",
]

_LABELLED = Attribution("labelled", 1.0)
_LEAST_SHARE = 0.15  # of the words, for a voice that may be the main speaker's


def attribute(
    sentences: Sequence[Sentence], speakers: Sequence[str], weights: VoiceWeights
) -> tuple[Sentence, ...]:
    """Sentences with speaker, role and attribution; ``speakers`` is what ``speakers_of`` found.

    Words alone tell one main speaker from the others, not two of them from each other: where a
    file names nobody and a person names several, nobody gets a name.
    """
    labels = voices(sentences)
    known = [label for label in labels if not is_placeholder(label)]
    if known:
        names = {match_label(name, known) or name: name for name in speakers}
        return tuple(_by_label(sentence, names) for sentence in sentences)
    main = speakers[0] if len(speakers) == 1 else None
    if labels and not main:
        return tuple(_by_label(sentence, {}) for sentence in sentences)
    heard = voices_of(sentences, main, weights)
    if labels and main:
        return _by_voices(sentences, heard, labels, main)
    return tuple(
        _by_words(sentence, voice, main) for sentence, voice in zip(sentences, heard, strict=True)
    )


def _by_label(sentence: Sentence, names: dict[str, str]) -> Sentence:
    """A labelled sentence under its label or the speaker's name; a placeholder names nobody."""
    label = sentence.speaker
    if label is None or is_placeholder(label):
        return _by_nobody(sentence)
    role: Role | None = "main" if label in names else None
    known = sentence.attribution or _LABELLED  # a name that a person gave to the voice stays given
    return sentence.said_by(names.get(label, label), role, known)


def _by_nobody(sentence: Sentence) -> Sentence:
    """A sentence whose label names nobody, with the role that the label tells."""
    told = role_of(sentence.speaker or "")
    return sentence.said_by(None, told or sentence.role, sentence.attribution)


def _by_words(sentence: Sentence, voice: Voice, main: str | None) -> Sentence:
    """A sentence of a talk that names no voices; only the main speaker gets a name."""
    is_main = voice.role == "main"
    inferred = Attribution("inferred", voice.main if is_main else 1 - voice.main)
    speaker = main if is_main else None
    return sentence.said_by(speaker, voice.role, inferred)


def _by_voices(
    sentences: Sequence[Sentence], heard: Sequence[Voice], labels: Sequence[str], main: str
) -> tuple[Sentence, ...]:
    """Voices told apart but not named: the one that sounds most like a main speaker is taken.

    Labels that tell another role are no main speaker's, unless nobody else speaks.
    """
    chances: dict[str | None, list[float]] = defaultdict(list)
    words: dict[str | None, int] = defaultdict(int)
    for sentence, voice in zip(sentences, heard, strict=True):
        chances[sentence.speaker].append(voice.main)
        words[sentence.speaker] += len(sentence.text.split())
    means = {label: sum(chances[label]) / len(chances[label]) for label in labels}
    may_be = [label for label in labels if not role_of(label)]
    may_be = may_be or [label for label in labels if role_of(label) == "host"] or [*labels]
    enough = [label for label in may_be if words[label] >= _LEAST_SHARE * sum(words.values())]
    chosen = max(enough or may_be, key=lambda label: means[label])
    inferred = Attribution("inferred", means[chosen])
    return tuple(
        one.said_by(main, "main", inferred) if one.speaker == chosen else _by_nobody(one)
        for one in sentences
    )
