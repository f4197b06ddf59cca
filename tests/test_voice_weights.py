"""The numbers of the inference of voices, in their file."""

import json

import pytest

from bot import assets, speakers
from bot.errors import BotError
from bot.speakers.voice_features import OTHER_CALLED, feature_name, features_of, named_feature

FILE = assets.SHIPPED / "speakers/weights.json"


def test_features_keep_their_names_in_a_file():
    names = [*json.loads(FILE.read_text())["points"], "^yes", OTHER_CALLED]
    assert list(map(feature_name, map(named_feature, names))) == names
    said = {*features_of("Yes, Brian.", frozenset()), *features_of("We are.", frozenset())}
    assert {*map(named_feature, ("^yes", OTHER_CALLED, "we", "we are", "^we are"))} <= said


@pytest.mark.parametrize(
    "change",
    [
        {"version": 1},
        {"hidden": []},
        {"points": {"we": [float("nan"), 0, 0]}},
        {"points": {"we": [1, 2]}},
        {"bias": 0.5},
        {"calibration": []},
        {"out": "x"},
        {"hidden": [[[0.1], 0.0]], "out": [0.1]},
    ],
)
def test_broken_weights_are_refused_in_one_line(tmp_path, change):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(json.loads(FILE.read_text()) | change))
    with pytest.raises(BotError, match="weights") as caught:
        speakers.load(path)
    assert "\n" not in str(caught.value)


def test_missing_weights_are_said(tmp_path):
    with pytest.raises(BotError, match="missing"):
        speakers.load(tmp_path / "weights.json")
