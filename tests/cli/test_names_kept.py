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


def test_a_usual_speaker_is_corrected_in_the_settings(run: Run, project: Path) -> None:
    folder = project / "talks"
    folder.mkdir()
    make_vtt(folder, *PLAIN).rename(folder / "one.vtt")
    make_vtt(folder, *PLAIN[:2]).rename(folder / "two.vtt")
    settings = project / "config.yaml"
    settings.write_text("speaker: Ada Quill\n", "utf-8")
    run("harvest", folder)
    assert "2 unchanged" in run("harvest", folder).err
    settings.write_text("speaker: Bo Marsh\n", "utf-8")
    run("harvest", folder)
    assert {name for name, _ in named(run)} == {"Bo Marsh"}


def test_a_name_for_one_talk_goes_before_the_usual_one(run: Run, project: Path) -> None:
    (project / "config.yaml").write_text("speaker: Ada Quill\n", "utf-8")
    talk = make_vtt(project, *PLAIN)
    run("harvest", talk, "--speaker", "Bo Marsh")
    run("harvest", talk)
    assert {name for name, _ in named(run)} == {"Bo Marsh"}


def test_a_voice_named_once_does_not_stop_the_next_harvest(run: Run, project: Path) -> None:
    talk = make_vtt(project, *(f"<v ANN>{line}" for line in PLAIN))
    run("harvest", talk, "--speaker", "Ann Lee", "--speaker-map", "ANN=Ann Lee")
    before = named(run)
    assert run("harvest", talk, "--again").code == 0
    assert named(run) == before
