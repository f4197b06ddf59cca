"""A language model that reads lines: its forward pass, its files, what is said without it."""

import json

import numpy as np
import pytest

from bot import learned, semantic
from bot.errors import BotError
from tests.tiny_model import INNER, LINES, SIZE, matrices, packed, taught, write_model, write_taught

# By LlamaModel of transformers 5.24 and torch 2.13, with the same matrices.
BY_TRANSFORMERS = dict(zip(LINES, (0.638697, 0.530817, 0.626835), strict=True))


TOP = taught()["matrices"]


@pytest.fixture
def reader(tmp_path):
    model = write_model(tmp_path / "model.gguf")
    return semantic.load(write_taught(tmp_path / "reader.json"), model)


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_worth_what_the_larger_package_says(reader, line):
    assert reader.read([line]) == pytest.approx([BY_TRANSFORMERS[line]], abs=2e-5)


def test_what_stands_beside_a_line_changes_nothing(reader):
    together = reader.read([*LINES, *LINES[::-1]])
    assert together == pytest.approx(
        [BY_TRANSFORMERS[one] for one in (*LINES, *LINES[::-1])], abs=2e-5
    )
    assert reader.read([]) == []


def test_a_long_line_is_read_as_far_as_the_model_can(reader):
    assert np.isfinite(reader.read(["build " * 5000])).all()


def test_thin_matrices_add_to_the_models_own(tmp_path):
    name = "blk.1.ffn_down.weight"
    up, down = np.eye(SIZE, 3), np.eye(3, INNER)
    more = {
        **TOP,
        f"{name}.up": packed(2 * up, 0.5),
        f"{name}.down": packed(3 * down, 0.25),
    }
    model = write_model(tmp_path / "model.gguf")
    thin = semantic.load(write_taught(tmp_path / "reader.json", matrices=more), model)
    own = matrices()
    own[name] = own[name] + (0.75 * up @ down).astype(np.float32)
    other = write_model(tmp_path / "other.gguf", own)
    whole = semantic.load(write_taught(tmp_path / "plain.json"), other)
    assert thin.read(LINES) == pytest.approx(whole.read(LINES), abs=1e-6)
    assert thin.read(LINES[:1]) != pytest.approx([BY_TRANSFORMERS[LINES[0]]], abs=2e-5)


def refusal(path, model):
    with pytest.raises(BotError) as caught:
        semantic.load(path, model)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    return caught.value.reason, caught.value.place


@pytest.mark.parametrize(
    "changed",
    [
        {"matrices": None},
        {"matrices": {**TOP, "top.bias": {"shape": [9], "scale": 1, "values": "0"}}},
        {"counts": {"share": "much"}},
        {"counts": {}},
        {"worth": {"0": 1}},
    ],
)
def test_broken_numbers_are_said(tmp_path, changed):
    path = write_taught(tmp_path / "reader.json", **changed)
    model = write_model(tmp_path / "model.gguf")
    assert refusal(path, model) == ("the reader is broken", str(path))


@pytest.mark.parametrize(
    "matrices",
    [
        {},
        {"top.weight": TOP["top.weight"]},
        {**TOP, "nothing.weight.up": packed(np.eye(2), 1.0)},
        {**TOP, "top.bias": packed(np.zeros(5), float("nan"))},
    ],
)
def test_numbers_that_do_not_fit_the_model_are_said(tmp_path, matrices):
    path = write_taught(tmp_path / "reader.json", matrices=matrices)
    model = write_model(tmp_path / "model.gguf")
    assert refusal(path, model) == ("the reader is broken", f"{path} with {model}")


def test_missing_files_and_other_versions_are_said(tmp_path):
    model = write_model(tmp_path / "model.gguf")
    path = write_taught(tmp_path / "reader.json")
    assert refusal(tmp_path / "gone.json", model) == (
        "the reader is missing",
        str(tmp_path / "gone.json"),
    )
    assert refusal(path, tmp_path / "none") == ("the reader is missing", str(tmp_path / "none"))
    newer = write_taught(tmp_path / "newer.json", version=9)
    assert refusal(newer, model)[0] == "what taught the reader is of version 9, not 2"
    model.write_bytes(b"no model")
    assert refusal(path, model) == ("the reader is broken", str(model))


def test_the_shipped_numbers_are_of_that_model_and_small():
    path = learned.READER
    document = json.loads(path.read_text(encoding="utf-8"))
    scorer = path.with_name("weights.json")
    assert path.stat().st_size + scorer.stat().st_size < 1_000_000
    found = {name: semantic.unpacked(one) for name, one in document["matrices"].items()}
    assert found["top.weight"].shape == (len(semantic.GRADES), 576)
    assert {name.rpartition(".")[2] for name in found} == {"up", "down", "weight", "bias"}
    assert all(np.isfinite(one).all() for one in found.values())
    assert document["provenance"]["without folds"] == [0, 1]
