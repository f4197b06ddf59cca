"""Jobs, answers, tables and floors of the benchmark of cards; no test starts node."""

import json
import re
import sys
from pathlib import Path

import pytest

from benchmarks import cards, cards_peers
from benchmarks.cards_jobs import Text, drawing, job, merged
from benchmarks.cards_peers import Peer, PeerError, parsed, ready
from benchmarks.cards_results import (
    OURS,
    SATORI,
    TAKUMI,
    TAKUMI_GRADIENT,
    Ground,
    Lap,
    Result,
    document,
    floors,
    table,
)
from benchmarks.speed_cards import forget
from bot.cards import load_look, render
from bot.cards.shape import shape
from tests.cards.samples import TALK, quote

WORDS = "You bring your broken thing, and you sit down next to somebody who can mend it."
ROUND = {"cpu_ms": 80, "wall_ms": 100, "bytes": 4000, "cards": 4}


def lap(cpu_ms: float) -> Lap:
    return Lap(cpu_ms, cpu_ms, 50_000)


def result(name: str, ground: Ground, *cpu_ms: float, reason: str = "") -> Result:
    return Result(name, ground, tuple(lap(one) for one in cpu_ms), reason)


def results(*more: Result) -> dict[str, Result]:
    ours = [result(OURS["flat"], "flat", 4, 5, 6), result(OURS["gradient"], "gradient", 10, 10, 10)]
    return {one.name: one for one in (*ours, *more)}


def test_a_job_has_every_word_of_the_card_and_the_files_of_its_fonts() -> None:
    asked = json.loads(json.dumps(job([quote(WORDS)], TALK, load_look("square", "dusk"))))
    (card,) = asked["cards"]
    opening, block, closing, *footer = [text["text"] for text in card["texts"]]
    assert f"{opening}{block}{closing}".replace("\n", " ") == f"“{WORDS}”"
    assert footer
    assert all(Path(file).is_file() for file in asked["fonts"].values())
    assert {text["font"] for text in card["texts"]} == set(asked["fonts"])
    assert len(asked["ground"]) == 2


def test_a_flat_ground_has_one_colour() -> None:
    assert job([quote(WORDS)], TALK, load_look("square", "midnight"))["ground"] == ["#181a34"]


def test_a_drawing_has_the_mark_the_frame_and_the_progress() -> None:
    boxes = drawing(quote(WORDS), TALK, load_look("square", "midnight")).boxes
    assert [box.kind for box in boxes].count("triangle") == 1
    assert len([box for box in boxes if box.outline]) == 1
    assert len([box for box in boxes if box.width == box.height]) == 1


def line(text: str, top: float, x: float = 100, color: str = "#ffffff") -> Text:
    return Text(text, "Font", 50, x, top, color)


def test_lines_of_one_look_become_one_text() -> None:
    (block,) = merged([line("a", 100), line("b", 160, x=102), line("c", 220)])
    assert block.text == "a\nb\nc"
    assert block.leading == 1.2
    assert block.top == pytest.approx(95)
    assert block.x == pytest.approx(100.67, abs=0.01)


@pytest.mark.parametrize(
    "other",
    [line("b", 160, color="#000000"), line("b", 160, x=400), line("b", 100), line("b", 40)],
)
def test_what_is_no_next_line_stays_apart(other: Text) -> None:
    assert list(merged([line("a", 100), other])) == [line("a", 100), other]


def test_an_answer_becomes_figures_a_card() -> None:
    assert parsed(json.dumps(ROUND)) == Lap(20, 25, 1000)


@pytest.mark.parametrize(
    "answer", ["", "no JSON", "[1]", "{}", json.dumps({**ROUND, "cards": 0}), '{"cpu_ms": "1"}']
)
def test_an_answer_that_is_none_is_said(answer: str) -> None:
    with pytest.raises(PeerError, match="answer is"):
        parsed(answer)


def test_a_peer_says_its_version_when_it_is_ready() -> None:
    assert ready('{"ready": true, "chromium": "156"}') == {"chromium": "156"}
    with pytest.raises(PeerError, match="ready"):
        ready('{"ready": false}')


def peer(script: str, folder: Path) -> Peer:
    return Peer([sys.executable, "-c", script], {}, folder / "peer.log")


def test_a_peer_is_asked_round_after_round(tmp_path: Path) -> None:
    asked = peer(
        "import json, sys\n"
        "print(json.dumps({'ready': sys.stdin.readline() == '{}\\n'}), flush=True)\n"
        f"for _ in sys.stdin: print('{json.dumps(ROUND)}', flush=True)",
        tmp_path,
    )
    assert [asked.lap(), asked.lap()] == [Lap(20, 25, 1000)] * 2
    asked.close()


def test_a_peer_that_ends_leaves_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(PeerError, match="it ended: ValueError: no font"):
        peer("input(); raise ValueError('no font')", tmp_path)


def test_what_is_not_installed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"bin/{name}")
    with pytest.raises(
        PeerError, match=r"satori \d.* @resvg/resvg-js \d.* not installed.*--install"
    ):
        cards_peers.command("satori", tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(PeerError, match="node is not"):
        cards_peers.command("satori", tmp_path)


def test_versions_are_pinned_and_no_lock_names_a_host() -> None:
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in cards_peers.pinned().values())
    needed = {name for names in cards_peers.PACKAGES.values() for name in names}
    assert needed == set(cards_peers.pinned())
    assert not list(cards_peers.SOURCES.glob("*lock*"))


def test_floors_are_told_reached_missed_or_not_told() -> None:
    there = results(
        result(TAKUMI, "flat", 20, 20, 20),
        result(SATORI, "flat", 48, 50, 54),
        result(TAKUMI_GRADIENT, "gradient", reason="node is not on the PATH"),
    )
    assert [one.reached for one in floors(there)] == [True, False, None, True]
    text = "\n".join(table(there))
    assert "not told: node is not on the PATH" in text
    assert "not there: node is not on the PATH" in text
    assert re.search(r"1/12 of satori's CPU time +12 +10\.0 +not reached", text)
    assert re.search(r"1/4 of takumi's CPU time +4 +4\.0 +reached", text)


def test_programs_are_told_null_and_why() -> None:
    there = results(result(TAKUMI, "flat", reason="not installed"))
    told = json.loads(json.dumps(document(there)))
    assert told["renderers"][TAKUMI]["cpu_ms"] is None
    assert told["renderers"][TAKUMI]["reason"] == "not installed"
    assert told["renderers"][OURS["flat"]]["cpu_ms"]["median"] == 5
    assert [one["reached"] for one in told["floors"]] == [None, None, None, True]


def test_who_fails_on_the_way_drops_out() -> None:
    answers = iter([lap(1), lap(2)])

    def failing() -> Lap:
        try:
            return next(answers)
        except StopIteration:
            raise PeerError("it ended") from None

    kept = cards.Contender("kept", "flat", lambda: lap(3))
    gone = cards.Contender("gone", "flat", failing)
    never = cards.Contender("never", "flat", None, "no node")
    measured = cards.measured([kept, gone, never], 3)
    assert len(measured["kept"].laps) == 3
    assert (measured["gone"].laps, measured["gone"].reason) == ((), "it ended")
    assert measured["never"].reason == "no node"


def test_a_round_remembers_no_quote_of_the_last() -> None:
    render(quote(WORDS), TALK, load_look("square", "midnight"))
    assert shape.cache_info().currsize
    forget()
    assert not shape.cache_info().currsize
