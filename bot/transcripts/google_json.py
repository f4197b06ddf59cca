"""Google Speech-to-Text, v1 and v2: ``results`` of ``alternatives`` with ``words``.

https://cloud.google.com/speech-to-text/docs/reference/rest/v1/speech/recognize
"""

from typing import Any

from bot.model import Details, Removed
from bot.transcripts.base import Body, Format
from bot.transcripts.cleaning import SAID_TWICE
from bot.transcripts.json_reading import dicts, inner, ms, name, said
from bot.transcripts.spoken_words import Spoken


def _sniff(document: Any) -> bool:
    return any(_words(result) for result in _results(document)[:50])


def _results(document: Any) -> list[dict[str, Any]]:
    found = inner(document, "results") or inner(document, "response", "results")
    return dicts(found)


def _words(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The timed words of a result's best alternative."""
    best = next(iter(dicts(result.get("alternatives"))), {})
    return [word for word in dicts(best.get("words")) if "word" in word and _times(word)]


def _times(word: dict[str, Any]) -> bool:
    return any(key in word for key in ("startTime", "start_time", "startOffset", "endTime"))


def _read(document: Any, _source: str) -> Body:
    results = [_words(result) for result in _results(document)]
    language = next((said(one.get("languageCode")) for one in _results(document)), "")
    *others, last = results
    again = sum(map(len, others))
    repeats = len(others) > 0 and len(last) >= again * 0.9 and _voices(last) and again > 0
    spoken = _spoken([last] if repeats else results)
    if repeats:  # with voices told apart, the last result has every word again
        spoken.present += again
        spoken.removed += [
            Removed(SAID_TWICE, said(word["word"]), _start_ms(word))
            for words in others
            for word in words
        ]
    return spoken.body(Details(language=language or None))


def _voices(words: list[dict[str, Any]]) -> bool:
    return any(word.get("speakerTag") or word.get("speakerLabel") for word in words)


def _start_ms(word: dict[str, Any]) -> int | None:
    keys = ("startTime", "start_time", "startOffset")
    found = next((word[key] for key in keys if key in word), 0)  # zero is left out
    return ms(found)


def _spoken(results: list[list[dict[str, Any]]]) -> Spoken:
    spoken = Spoken()
    for word in (word for words in results for word in words):
        ends = (word.get(key) for key in ("endTime", "end_time", "endOffset"))
        end_ms = ms(next((end for end in ends if end is not None), None))
        voice = name(word.get("speakerTag") or word.get("speakerLabel"))
        spoken.word(said(word["word"]), _start_ms(word), end_ms, voice)
    return spoken


GOOGLE_JSON = Format(
    "google_json",
    "Google Speech-to-Text JSON",
    _sniff,
    _read,
    programs="Google Cloud Speech-to-Text",
    speakers="where voices were told apart",
    word_times="yes",
    lost="confidences, other readings",
)
