"""IBM Watson Speech to Text: ``timestamps`` as [word, start, end], ``speaker_labels`` beside them.

https://cloud.ibm.com/apidocs/speech-to-text
"""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, name, said
from bot.transcripts.spoken_words import Spoken

_HESITATION = "%HESITATION"


def _sniff(document: Any) -> bool:
    return any(_words(result) for result in _all(document, "results")[:50])


def _all(document: Any, key: str) -> list[dict[str, Any]]:
    """What stands under a key, in the answer itself or in the list of answers of a job."""
    answers = dicts(inner(document, "results"))
    inside = [one for answer in answers for one in dicts(answer.get(key))]
    return inside or dicts(inner(document, key))


def _words(result: dict[str, Any]) -> list[list[Any]]:
    best = next(iter(dicts(result.get("alternatives"))), {})
    found = best.get("timestamps")
    rows = found if isinstance(found, list) else []
    return [row for row in rows if isinstance(row, list) and len(row) >= 3]


def _read(document: Any, _source: str) -> Body:
    labels = {ms(one.get("from")): one.get("speaker") for one in _all(document, "speaker_labels")}
    spoken = Spoken()
    for text, start, end, *_ in (row for one in _all(document, "results") for row in _words(one)):
        if text == _HESITATION:
            spoken.leave(text, ms(start), "a mark of hesitation")
        else:
            spoken.word(said(text), ms(start), ms(end), name(labels.get(ms(start))))
    return spoken.body(Details())


IBM_JSON = Format(
    "ibm_json",
    "IBM Watson JSON",
    _sniff,
    _read,
    programs="IBM Watson Speech to Text",
    speakers="where voices were told apart",
    word_times="yes",
    lost="confidences; it has no punctuation",
)
