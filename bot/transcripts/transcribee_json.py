"""transcribee: paragraphs of tokens, a new word where a token begins with a space."""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, name, said
from bot.transcripts.spoken_words import Spoken


def _sniff(document: Any) -> bool:
    paragraphs = dicts(inner(document, "children"))[:50]
    return any("text" in token for one in paragraphs for token in dicts(one.get("children")))


def _read(document: Any, _source: str) -> Body:
    names = inner(document, "speaker_names")
    spoken = Spoken()
    for paragraph in dicts(inner(document, "children")):
        label = said(paragraph.get("speaker"))
        known = said(names.get(label)) if isinstance(names, dict) else ""
        voice = known or (name(int(label)) if label.isdecimal() and label.isascii() else label)
        for place, token in enumerate(dicts(paragraph.get("children"))):
            text = token.get("text")
            if place and isinstance(text, str) and text and not text[0].isspace():
                spoken.attach(said(text))
            else:
                spoken.word(said(text), ms(token.get("start")), ms(token.get("end")), voice or None)
    languages = [said(one.get("lang")) for one in dicts(inner(document, "children"))]
    return spoken.body(Details(language=max(languages, key=languages.count, default="") or None))


TRANSCRIBEE_JSON = Format(
    "transcribee_json",
    "transcribee JSON",
    _sniff,
    _read,
    programs="transcribee",
    speakers="yes",
    word_times="yes",
    lost="confidences",
)
