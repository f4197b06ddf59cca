"""The weights file: read, or refused in one line."""

import base64
import json
import zlib
from array import array

import pytest

from bot.assets import SHIPPED
from bot.errors import BotError
from bot.scoring.features import FEATURES
from bot.scoring.ngrams import ZERO, Table, grams_of
from bot.scoring.weights import VERSION, load

GOOD = json.loads((SHIPPED / "scorer/weights.json").read_text(encoding="utf-8"))
POINTS = GOOD["points"]


def refusal(path):
    with pytest.raises(BotError) as caught:
        load(path)
    assert "\n" not in str(caught.value)
    assert (caught.value.place, bool(caught.value.remedy)) == (str(path), True)
    return caught.value.reason


def test_the_shipped_weights_fit_the_features():
    found = load(SHIPPED / "scorer/weights.json")
    assert {*found.points} == {feature.__name__ for feature in FEATURES}
    assert found.provenance


def test_missing_weights_are_said(tmp_path):
    assert "missing" in refusal(tmp_path / "gone.json")
    assert "missing" in refusal(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "3", "\ufeff{}", json.dumps({**GOOD, "points": None})]
    + [json.dumps({**GOOD, "points": {**POINTS, "length": odd}}) for odd in ("much", None, [1])]
    + [
        json.dumps({**GOOD, "points": {**POINTS, "length": odd}})
        for odd in (float("nan"), float("inf"))
    ]
    + [json.dumps({**GOOD, "bias": odd}) for odd in (None, float("nan"))]
    + [json.dumps({**GOOD, "width": odd}) for odd in (0, -1)]
    + [json.dumps({**GOOD, "craft": {"card": 1}})]
    + [json.dumps({**GOOD, "bias": 10**400}), "[" * 100_000 + "]" * 100_000]
    + [json.dumps({key: GOOD[key] for key in GOOD if key != gone}) for gone in GOOD],
)
def test_broken_weights_are_said(tmp_path, text):
    path = tmp_path / "weights.json"
    path.write_text(text, encoding="utf-8")
    assert refusal(path) == "the scorer's weights are broken"


def test_weights_in_another_encoding_are_broken(tmp_path):
    path = tmp_path / "weights.json"
    path.write_bytes(b"\xff\xfe{}")
    assert "broken" in refusal(path)


@pytest.mark.parametrize("version", [0, VERSION + 1, "1", None])
def test_weights_of_another_version_are_refused(tmp_path, version):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({**GOOD, "version": version}))
    assert refusal(path) == f"the scorer's weights are of version {version}, not {VERSION}"


@pytest.mark.parametrize(
    ("points", "odd"),
    [
        ({name: POINTS[name] for name in POINTS if name != "theme"}, "theme"),
        ({**POINTS, "charm": [1.0, 0.5]}, "charm"),
        ({**POINTS, "card": [1.0, 0.5]}, "card"),
    ],
)
def test_weights_of_other_features_name_them(tmp_path, points, odd):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({**GOOD, "points": points}))
    assert refusal(path) == f"the scorer's weights are of other features: {odd}"


def test_tables_are_worth_the_signed_bytes_of_their_file():
    found = GOOD["tables"]["syntax"]
    signed = array("b", zlib.decompress(base64.b85decode(found["values"])))
    table = load(SHIPPED / "scorer/weights.json").tables["syntax"]
    grams = grams_of([(at,) for at in range(len(signed))], as_given)
    assert table.of_words(grams) == [table.scale * one for one in signed]
    assert table.points(grams) == table.of_words(grams)


def test_a_sentence_is_worth_its_words_and_pairs_and_none_over_its_end():
    table = Table(bytes([ZERO, ZERO + 1, ZERO + 2, ZERO + 4]), scale=0.5, usual=0.0)
    grams = grams_of([(), (1, 2), (), (3,), (2, 2, 2)], as_given)
    assert table.points(grams) == [0, 0.5 * 5 / 3**0.5, 0, 0.5 * 4, 0.5 * 10 / 5**0.5]
    assert table.of_words(grams) == [0, 1.5, 0, 2, 3]
    assert table.points(grams_of([], as_given)) == []


def as_given(words):
    """Words that are places; a pair stands in the place of its second word."""
    return [*words, *words[1:]]
