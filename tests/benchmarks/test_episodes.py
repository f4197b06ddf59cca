"""The judge of scorers, judged: metrics by hand, folds by name, sumy's ratings by sumy."""

import gzip
import json

import numpy as np
import pytest

pytest.importorskip("sumy", reason="the benchmark packages are not installed")

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from benchmarks import episodes, quotability, rankers
from bot.errors import InputError

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
    fitted = rankers.plain_logistic(rows, np.array([1.0, 0.0, 1.0, 0.0]))
    scores = fitted(rows)
    assert min(scores[0], scores[2]) > max(scores[1], scores[3])


def test_the_command_prints_one_object(file, capsys, tmp_path):
    quotability.main(episodes=file, data=tmp_path, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert {"auc", "hit1", "hit5", "hit10", "lift10", "episodes", "baselines"} <= set(found)
    assert 0 <= found["auc"] <= 1
    assert found["episodes"] == 3
    assert set(found["baselines"]) == {*rankers.BASELINES}


def test_what_is_no_file_of_episodes_is_refused(tmp_path):
    path = tmp_path / "x.jsonl.gz"
    for raw in (b"no gzip", gzip.compress(b'{"ep": 1}'), gzip.compress(b"[]")):
        path.write_bytes(raw)
        with pytest.raises(InputError, match="is no file of episodes"):
            episodes.read(path)
