"""Rev AI: ``monologues`` of ``elements``, words with times and punctuation without.

https://docs.rev.ai/api/asynchronous/transcripts
"""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, name, said
from bot.transcripts.spoken_words import Spoken


def _sniff(document: Any) -> bool:
    return any("elements" in one for one in dicts(inner(document, "monologues")))


def _read(document: Any, _source: str) -> Body:
    named = {one.get("id"): one.get("name") for one in dicts(inner(document, "speakers"))}
    spoken = Spoken()
    for monologue in dicts(inner(document, "monologues")):
        number = inner(monologue, "speaker_info", "id") or monologue.get("speaker")
        known = named.get(number) if isinstance(number, int | str) else None
        voice = name(known) or name(number)
        for element in dicts(monologue.get("elements")):
            text = said(element.get("value"))
            if element.get("type") == "punct":
                spoken.attach(text)
            elif element.get("type") == "unknown":  # <laugh>, <crosstalk>
                spoken.word(f"[{text.strip('<>')}]", ms(element.get("ts")), None, voice)
            else:
                spoken.word(text, ms(element.get("ts")), ms(element.get("end_ts")), voice)
    return spoken.body(Details(language=said(inner(document, "language")) or None))


REVAI_JSON = Format(
    "revai_json",
    "Rev AI JSON",
    _sniff,
    _read,
    programs="Rev AI, Rev",
    speakers="yes",
    word_times="yes",
    lost="confidences",
)
