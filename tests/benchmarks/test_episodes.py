"""The judge of scorers, judged: metrics by hand, folds by name, sumy's ratings by sumy."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest
import typer

pytest.importorskip("sumy", reason="the benchmark packages are not installed")

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from benchmarks import episodes, quotability, rankers
from bot.errors import InputError
from bot.scoring.features import FEATURES

SAID = [
    ("Lenny Fox", "What did you learn from all the years that you spent at sea?", 0),
    ("Ada Quill", "A rope is older than any ship it was ever tied to, they say.", 1),
    ("Ada Quill", "We had coffee in the harbour and then we went home by bus.", 0),
    ("Ada Quill", "Nobody applauds a knot until the storm has gone by, you know.", 0),
    ("Ada Quill", "Yes.", 0),
    ("Ada Quill", "The knot and the rope are older than the storm in the harbour.", -1),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sea.jsonl.gz"
    keys = ("speaker", "text", "label")
    rows = [
        {"ep": name, "i": at, "t": 4.0 * at, **dict(zip(keys, said, strict=True))}
        for name in ("one", "two", "three")
        for at, said in enumerate(SAID)
    ]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def test_the_guests_whole_sentences_are_judged(file):
    (one, *_) = episodes.read(file)
    assert one.judged.tolist() == [False, True, True, True, False, False]
    assert one.labels.tolist() == [1, 0, 0]
    assert [each.turn for each in one.sentences] == [0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("scores", "auc", "hit1", "lift10"),
    [([3, 2, 1], 1.0, 1.0, 1.0), ([1, 2, 3], 0.0, 0.0, 1.0), ([2, 2, 2], 0.5, 1.0, 1.0)],
)
def test_metrics_by_hand(scores, auc, hit1, lift10):
    found = episodes.metrics(np.array(scores, dtype=float), np.array([1, 0, 0], dtype=np.int8))
    assert found == (auc, hit1, 1.0, 1.0, lift10)


def test_lift_is_of_the_first_ten():
    labels = np.array([1] * 2 + [0] * 38, dtype=np.int8)
    found = dict(zip(episodes.METRICS, episodes.metrics(-np.arange(40.0), labels), strict=True))
    assert found["lift10"] == pytest.approx(4.0)


def test_lexrank_is_sumys(file):
    (one, *_) = episodes.read(file)
    texts = [each.text for each in one.sentences]
    split = rankers.Given()
    document = ObjectDocumentModel([Paragraph([Sentence(text, split) for text in texts])])
    slow = LexRankSummarizer()
    words = [slow._to_words_set(each) for each in document.sentences]
    tf, idf = slow._compute_tf(words), slow._compute_idf(words)
    rated = slow.power_method(slow._create_matrix(words, 0.1, tf, idf), slow.epsilon)
    slow_rank = dict(zip(texts, rated, strict=True))
    quick = rankers._Matrices().ratings(texts)
    assert quick == pytest.approx([slow_rank[text] for text in texts])


def test_the_plain_logistic_learns_and_does_without_what_is_unknown():
    rows = np.array([[1.0, 5.0], [0.0, np.nan], [1.0, 5.0], [0.0, 5.0]])
    fitted = rankers.Plain.fitted(rows, np.array([1.0, 0.0, 1.0, 0.0]))
    scores = fitted(rows)
    assert min(scores[0], scores[2]) > max(scores[1], scores[3])


def test_a_kept_logistic_scores_as_it_did_and_other_features_are_refused(tmp_path):
    rows = np.random.default_rng(1).random((40, len(FEATURES)))
    fitted = rankers.Plain.fitted(rows, (rows[:, 0] > 0.5).astype(float))
    path = tmp_path / "plain.json"
    fitted.write(path)
    assert rankers.Plain.read(path)(rows) == pytest.approx(fitted(rows), abs=1e-3)
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({**kept, "features": kept["features"][1:]}))
    with pytest.raises(InputError, match="is of other features"):
        rankers.Plain.read(path)


def test_chance_is_another_for_each_episode(file):
    found = episodes.read(file)
    names = ("episode_1", "episode_2", "episode_1")
    first, second, again = (
        rankers.chance(replace(one, name=name)) for one, name in zip(found, names, strict=True)
    )
    assert first.tolist() == again.tolist()
    assert first.tolist() != second.tolist()


def test_an_episode_of_which_all_is_chosen_is_not_judged(file):
    one, *rest = episodes.read(file)
    every = replace(one, chosen=np.ones(len(SAID), dtype=np.int8))
    scores = [np.array([3.0, 2.0, 1.0])] * 3
    assert len(episodes.judge([one, *rest], scores)) == 3
    judged = episodes.judge([every, *rest], scores)
    assert len(judged) == 2
    assert np.isfinite(judged).all()


def test_the_command_prints_one_object(file, capsys):
    quotability.main(episodes=file, data=None, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert {"auc", "hit1", "hit5", "hit10", "lift10", "episodes", "baselines"} <= set(found)
    assert 0 <= found["auc"] <= 1
    assert found["episodes"] == 3
    assert set(found["baselines"]) == {*rankers.BASELINES, "logistic"}


def test_without_episodes_the_command_says_what_it_needs(capsys, monkeypatch):
    monkeypatch.delenv("PULLQUOTE_QUOTABILITY", raising=False)
    with pytest.raises(typer.Exit) as stopped:
        quotability.main(episodes=None, data=None, as_json=True)
    assert stopped.value.exit_code == 2
    assert "give --episodes FILE or --data FOLDER" in capsys.readouterr().err


def test_a_file_that_names_nobody_is_all_the_guests(tmp_path):
    path = tmp_path / "sea.jsonl.gz"
    rows = [{"ep": "one", "t": at, "text": said[1], "label": 0} for at, said in enumerate(SAID)]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    (one,) = episodes.read(path)
    assert one.judged.tolist() == [True, True, True, True, False, True]


def test_what_is_no_file_of_episodes_is_refused(tmp_path):
    path = tmp_path / "x.jsonl.gz"
    for raw in (b"no gzip", gzip.compress(b'{"ep": 1}'), gzip.compress(b"[]")):
        path.write_bytes(raw)
        with pytest.raises(InputError, match="is no file of episodes"):
            episodes.read(path)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [({"label": 2}, "its label is 2"), ({"t": "noon"}, "noon"), ({"t": float("inf")}, "infinity")],
)
def test_the_line_that_is_amiss_is_named(tmp_path, wrong, reason):
    row = {"ep": "one", "t": 1, "text": "A rope.", "label": 0}
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, [row, row | wrong, row])).encode()))
    with pytest.raises(InputError, match=rf"line 2: is no file of episodes: .*{reason}"):
        episodes.read(path)
