"""The learning of the scorer's numbers, on made-up episodes: honest folds, the same every time."""

import gzip
import json

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the benchmark packages are not installed")

from benchmarks import (
    craft,
    examples,
    grades,
    held_out,
    learning,
    material,
    meaning,
    pairs,
    teaching,
    train,
)
from benchmarks.quotations import Pair
from bot.errors import BotError
from bot.scoring import NAMES, ngrams, score
from bot.scoring.weights import parse

CARD = NAMES.index("card")
WISE = "Every rope you trust was once a rope that nobody wanted, number {}."
LIKED = {5: "3", 6: "3", 7: "0"}  # the wise lines by their numbers
PLAIN = [
    "So we went down to the harbour and had our coffee there, the {} time.",
    "They told me that the ferry number {} would be late again that day.",
    "I was kind of there with my brother, you know, for about {} hours.",
]
MOVIE = "movie {}\nNobody ties a knot for {} storms.\n1 Nobody ties it.\n2 We had {} boats there.\n"


@pytest.fixture(scope="module")
def learned_from(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    for name in material.EPISODES:
        rows = []
        for episode in range(10):
            for at in range(16):
                wise = at == 5 + episode % 3
                text = (WISE if wise else PLAIN[at % 3]).format(at)
                who = "Lenny" if at % 8 == 0 else "Ada Quill"
                where = {"ep": f"{name}-{episode}", "i": at, "t": 4.0 * at}
                rows.append(json.dumps({**where, "speaker": who, "text": text, "label": int(wise)}))
        (folder / name).write_bytes(gzip.compress("\n".join(rows).encode()))
    quotes = [f"a\tA harbour keeps {at} ropes that the sea forgets.\tAda" for at in range(30)]
    (folder / "quotes_merged.tsv").write_text("source\ttext\tauthor\n" + "\n".join(quotes))
    movies = "\n".join(MOVIE.format(at, at, at) for at in range(30))
    (folder / "cornell_pairs.txt").write_text(movies, encoding="latin-1")
    cache = folder / "vectors"
    cache.mkdir()
    episodes = material.episodes_of(folder)
    said = [one.text for each in episodes for one in each.sentences]
    famous = material.quotations(folder / "quotes_merged.tsv")
    filmed = material.pairs(folder / "cornell_pairs.txt")
    lines = [*famous, *(one.chosen for one in filmed), *(one.other for one in filmed)]
    for texts in (said, lines):
        made_up = np.random.default_rng(7).normal(size=(len(texts), meaning.SIZE))
        np.save(meaning.kept_at(texts, cache), made_up.astype(np.float16))
    graded = {grades.key(WISE.format(at)): grade for at, grade in LIKED.items()}
    return material.gather(folder, cache, graded)


def test_the_same_material_gives_the_same_numbers(learned_from):
    assert learning.learn(learned_from, 0) == learning.learn(learned_from, 0)


def test_what_is_learned_finds_what_was_chosen_in_other_episodes(learned_from):
    weights = [parse(learning.learn(learned_from, fold)) for fold in range(5)]
    episodes = learned_from.talks.episodes
    scores = held_out.out_of_fold(episodes, weights)
    for one, found in zip(episodes, scores, strict=True):
        assert one.labels[np.argmax(found)] == 1


def test_no_fold_learns_from_its_own_episodes_or_movies(learned_from):
    for fold in range(5):
        kept = learned_from.kept(fold)
        assert {learned_from.talks.episodes[at].fold for at in kept} == {*range(5)} - {fold}
        mixed = learned_from.mixed(kept, fold)
        assert fold not in learned_from.lines.fold[mixed.lines]
        assert {at for at, _ in mixed.talk} == {*kept}


def test_contributions_add_up_to_the_logit(learned_from):
    weights = parse(learning.learn(learned_from))
    one = learned_from.talks.episodes[0]
    parts = held_out.contributions(one, weights)
    assert parts.shape == (one.judged.sum(), len(NAMES))
    assert parts.sum(axis=1) + weights.bias == pytest.approx(held_out.logits(one, weights))


@pytest.mark.parametrize("reach", [1, 2, 10])
def test_learning_and_scoring_look_beside_in_the_same_way(reach):
    values = np.random.default_rng(3).normal(size=(9, 1)).astype(np.float32)
    places = np.arange(9)
    mean = ngrams.beside(values[:, 0].tolist(), [1.0] * 9, reach)
    learned = teaching.beside(values, places, reach)[:, 0]
    assert [mean(at, at) for at in range(9)] == pytest.approx(learned.tolist(), abs=1e-6)


def test_nothing_is_beside_a_talk_of_one_sentence():
    assert ngrams.beside([1.0], [1.0], 2)(0, 0) is None


@pytest.mark.parametrize(
    ("scores", "right"),
    [([[2, 1], [2, 1]], 100.0), ([[1, 2], [2, 1]], 50.0), ([[1, 1], [2, 1]], 75.0)],
)
def test_the_accuracy_of_pairs_by_hand(scores, right):
    known = [Pair("one", "A", "B", (0, 1)), Pair("two", "A", "B", (0, 1))]
    found = pairs.accuracy(known, np.array(scores, dtype=float))
    assert (found.accuracy, found.pairs, found.groups, found.context) == (right, 2, 2, True)
    assert found.interval[0] <= right <= found.interval[1]


def test_pairs_are_scored_in_their_episode_by_what_did_not_see_it(learned_from):
    weights = [parse(learning.learn(learned_from, fold)) for fold in range(5)]
    episodes = {one.name: one for one in learned_from.talks.episodes}
    one = next(iter(episodes.values()))
    known = [Pair(one.name, "", "", (5, 6)), Pair("no episode", WISE, PLAIN[0])]
    rows = pairs.scored(known, weights, episodes)
    inside = held_out.logits(one, weights[one.fold], [5, 6])
    assert rows[0] == pytest.approx(inside)
    assert rows[1, 0] > rows[1, 1]


def test_a_line_is_worth_more_than_one_readers_graded_lower(learned_from):
    weights = parse(learning.learn(learned_from))
    worth = {}
    for episode in learned_from.talks.episodes:
        survey, found = examples.candidates(episode)
        scored = score(found, survey, weights)
        worth |= {one.span.shown: one.values[CARD] for one in scored}
    five, six, seven = (worth[WISE.format(at)] for at in LIKED)
    assert min(five, six) > seven + 0.5


def test_calibration_keeps_the_order_of_all_sentences(learned_from):
    episodes = learned_from.talks.episodes
    document = learning.learn(learned_from)
    document["craft"] |= {"quotation": 2.0, "syntax": 2.0}
    plain = np.concatenate([held_out.logits(one, parse(document)) for one in episodes])
    document = train.gated(document, plain)
    scores = np.concatenate([held_out.logits(one, parse(document)) for one in episodes])
    labels = np.concatenate([one.labels for one in episodes])
    weights = parse(train.calibrated(document, scores, labels))
    found = np.concatenate([held_out.logits(one, weights) for one in episodes])
    assert np.corrcoef(found, scores)[0, 1] == pytest.approx(1, abs=1e-6)


def test_episodes_nobody_graded_teach_nothing(learned_from):
    with pytest.raises(BotError, match="no line of these episodes is graded"):
        craft.all_graded(learned_from.talks.episodes[:1], {})


def test_a_line_that_leans_is_worth_less_than_a_dull_one(learned_from):
    episode = learned_from.talks.episodes[0]
    known = [grades.key(WISE.format(at)) for at in LIKED]

    def worth(grade):
        return craft.graded_of(episode, dict.fromkeys(known, grade)).worth[0]

    assert worth("0") < worth("L") < worth("1")
