"""JSON with parts missing, empty or of another kind: what is left is read, or refused in a line."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from test_any_bytes import check
from transcript_files import FILES, texts

from bot.errors import TranscriptError
from bot.transcripts import read_bytes

DOCUMENTS = {
    name: json.loads(path.read_text("utf-8"))
    for name, path in FILES.items()
    if path.suffix == ".json"
}
VOICES = {"speaker", "speaker_label", "speaker_labels", "speakerTag", "speakerTags", "channel_tag"}
WORDS = {"text", "word", "transcript", "value", "utf8", "body", "content", "punctuated_word"}
ODD = (None, "", [], {}, -1, True, "0:01", 1e12)


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document, by its keys from the top."""
    if not isinstance(value, dict | list):
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*above, key)
        yield from places(each, (*above, key))


def changed(document: Any, place: tuple[Any, ...], *new: Any) -> Any:
    """A copy with another value at a place, or without it."""
    whole = copy.deepcopy(document)
    around = whole
    for key in place[:-1]:
        around = around[key]
    if new:
        around[place[-1]] = new[0]
    else:
        del around[place[-1]]
    return whole


def without(value: Any, keys: set[str]) -> Any:
    """A document without some keys, wherever they are."""
    if isinstance(value, dict):
        return {key: without(each, keys) for key, each in value.items() if key not in keys}
    return [without(each, keys) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_any_part_may_be_missing_or_odd(name: str) -> None:
    document = DOCUMENTS[name]
    every = list(places(document))
    for at, place in enumerate(every[:: max(1, len(every) // 60)]):
        check(json.dumps(changed(document, place)).encode())
        check(json.dumps(changed(document, place, ODD[at % len(ODD)])).encode())


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_words_do_not_hang_on_voices(name: str) -> None:
    whole = read_bytes(json.dumps(DOCUMENTS[name]).encode(), "talk.json")
    bare = read_bytes(json.dumps(without(DOCUMENTS[name], VOICES)).encode(), "talk.json")
    assert " ".join(texts(bare)).split() == " ".join(texts(whole)).split()


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_nothing_said_is_refused_not_an_empty_talk(name: str) -> None:
    silent = DOCUMENTS[name]
    for place in places(DOCUMENTS[name]):
        said = place[-1] in WORDS or place[-1] == 0  # IBM has a word first in a list
        if said and not isinstance(around(silent, place), dict | list):
            silent = changed(silent, place, "")
    with pytest.raises(TranscriptError):
        read_bytes(json.dumps(silent).encode(), "talk.json")


def around(document: Any, place: tuple[Any, ...]) -> Any:
    """What stands at a place."""
    for key in place:
        document = document[key]
    return document
