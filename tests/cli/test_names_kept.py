"""Who was said to speak stays so, whatever is harvested again without saying it."""

from collections import Counter
from pathlib import Path

from tests.cli.conftest import Run, make_vtt

PLAIN = (
    "A small town keeps its own library warm in winter.",
    "Nobody applauds a knot until the storm has gone by.",
    "The harbour keeps what the sea forgets to take away.",
)
VOICES = tuple(f"<v Ann’s tablet>{line}" for line in PLAIN)


def named(run: Run) -> Counter[tuple[str | None, str | None]]:
    found = run("library", "list", "--json").array
    return Counter((one["speaker"], (one["attribution"] or {}).get("how")) for one in found)


def test_a_name_given_stays_when_the_file_is_harvested_without_it(run: Run, project: Path) -> None:
    talk = make_vtt(project, *PLAIN)
    run("harvest", talk, "--speaker", "Ada Quill")
    before = named(run)
    assert {name for name, _ in before} == {"Ada Quill"}
    ran = run("harvest", project, "--json")
    assert (ran.code, named(run)) == (0, before)
    assert "0 new, 0 changed, 3 known" in run("harvest", project).out
    run("harvest", talk, "--again")
    assert named(run) == before


def test_another_name_given_later_is_taken(run: Run, project: Path) -> None:
    talk = make_vtt(project, *PLAIN)
    run("harvest", talk, "--speaker", "Ada Quill")
    run("harvest", talk, "--speaker", "Bo Marsh")
    assert {name for name, _ in named(run)} == {"Bo Marsh"}


def test_a_name_given_to_a_voice_stays(run: Run, project: Path) -> None:
    talk = make_vtt(project, *VOICES)
    run("harvest", talk, "--speaker-map", "Ann’s tablet=Ann Lee")
    before = named(run)
    assert {*before} == {("Ann Lee", "given")}
    run("harvest", talk, "--again")
    assert named(run) == before
    run("harvest", talk, "--speaker-map", "Ann’s tablet=Anna Lee")
    assert {*named(run)} == {("Anna Lee", "given")}


def test_a_name_that_a_person_gave_one_quote_stays(run: Run, project: Path) -> None:
    talk = make_vtt(project, *PLAIN)
    first, *_ = run("harvest", talk, "--speaker", "Ada Quill", "--json").array
    ran = run("library", "attribute", first["id"], "--speaker", "Bo Marsh")
    assert (ran.code, "said by Bo Marsh" in ran.err) == (0, True)
    run("harvest", talk, "--speaker", "Ada Quill", "--again")
    (now,) = run("library", "show", first["id"], "--json").array
    assert (now["speaker"], now["attribution"]["how"]) == ("Bo Marsh", "given")
    assert "was said by" in run("library", "attribute", first["id"], "--speaker", "Bo Marsh").err
    assert run("library", "attribute", first["id"], "--speaker", "SPEAKER_00").code == 3
