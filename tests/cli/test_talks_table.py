"""A table of talks: every row harvested, a bad one said and passed over."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from tests.cli.conftest import Run, make_vtt

ROPE = "A rope is older than any ship it was ever tied to."
TABLE = """file,title,event,date,url,language,speaker,voices
{one},Ropes,Boat days,2031-04-02,https://youtu.be/abc,en,,
{two},Knots,,,,,,SPEAKER_00=Ada Quill; SPEAKER_01=Bo Marsh
"""


@pytest.fixture
def table(project: Path) -> Path:
    one = make_vtt(project, f"<v Ann Lee>{ROPE}").rename(project / "one.vtt")
    two = make_vtt(
        project,
        "<v SPEAKER_00>Nobody applauds a knot until the storm has gone by.",
        "<v SPEAKER_01>Is that so?",
    ).rename(project / "two.vtt")
    path = project / "talks.csv"
    path.write_text(TABLE.format(one=one.name, two=two.name), "utf-8-sig")
    return path


def test_every_row_is_harvested_with_its_details(run: Run, table: Path) -> None:
    rows = run("harvest", "--talks", table, "--json").array
    assert [row["speaker"] for row in rows[:2]] == ["Ann Lee", "Ada Quill"]
    assert rows[1]["attribution"]["how"] == "given"
    assert rows[0]["url"].startswith("https://youtu.be/abc")
    again = run("harvest", "--talks", table, "--json").array
    assert [row["id"] for row in again] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("missing.vtt,,,,,,,", "no such file"),
        (",,Boat days,,,,,", "names no file"),
        (",Sails,,,,,,", "“Sails” has no transcript"),
        ("one.vtt,,,4th of May,,,,", "date 4th of May"),
        ("one.vtt,,,,nowhere,,,", "url nowhere"),
        ("one.vtt,,,,,,,SPEAKER_00", "no LABEL=NAME"),
        ("two.vtt,,,,,,,SPEAKER_07=Cy Reed", "no such voice"),
        ("one.vtt,,,,,,Cy Reed,", "nobody in it is called Cy Reed"),
    ],
)
def test_a_bad_row_is_said_and_the_rest_goes_on(
    run: Run, table: Path, row: str, reason: str
) -> None:
    lines = table.read_text("utf-8-sig").splitlines()
    table.write_text("\n".join([lines[0], row, *lines[1:]]) + "\n", "utf-8")
    ran = run("harvest", "--talks", table)
    assert ran.code == 3
    assert reason in ran.err
    assert "2 talks harvested, 1 left out" in ran.err
    assert "rope is older" in ran.out.lower()


def test_cells_name_members_of_archives_and_places_in_buckets(run: Run, table: Path) -> None:
    bucket = MemoryFileSystem(skip_instance_cache=True)
    with ZipFile(table.with_name("day.zip"), "w") as archive:
        archive.write(table.with_name("one.vtt"), "one/two/rope.vtt")
    bucket.pipe("/shelf/knots.vtt", table.with_name("two.vtt").read_bytes())
    table.write_text(
        "file,title\nday.zip/one/two/rope.vtt,Ropes\nmemory://shelf/knots.vtt,Knots\n"
        f"day.zip/rope.vtt,Sails\nnight.zip/rope.vtt,Masts\nday.zip/{'o' * 5000}.vtt,Oars\n"
    )
    ran = run("harvest", "--talks", table)
    bucket.rm("/shelf", recursive=True)
    assert (ran.code, "2 talks harvested, 3 left out" in ran.err) == (3, True)
    assert "day.zip/rope.vtt: the archive has no such file; check the table" in ran.err
    assert "night.zip: there is no such file" in ran.err
    talks = run("library", "list", "--talks", "--json").array
    assert {talk["title"] for talk in talks} == {"Ropes", "Knots"}


def test_a_bucket_called_like_an_archive_is_none(run: Run, table: Path) -> None:
    bucket = MemoryFileSystem(skip_instance_cache=True)
    bucket.pipe("/day.zip/knots.vtt", table.with_name("two.vtt").read_bytes())
    table.write_text("file,title\nmemory://day.zip/knots.vtt,Knots\n")
    ran = run("harvest", "--talks", table)
    bucket.rm("/day.zip", recursive=True)
    assert ran.code == 0


def test_a_programme_finds_its_talks_in_a_given_archive(run: Run, table: Path) -> None:
    with ZipFile(table.with_name("day.zip"), "w") as archive:
        archive.write(table.with_name("one.vtt"), "On long ropes.vtt")
    table.write_text("title,speaker\nOn long ropes,Ann Lee\n")
    assert "has no transcript" in run("harvest", "--talks", table).err
    ran = run("harvest", "--talks", table, table.with_name("day.zip"))
    assert (ran.code, "rope is older" in ran.out.lower()) == (0, True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name of it,event\nRopes,Boat days\n", "no column called file"),
        (b"", "no column called file"),
        ("file\nétude.vtt".encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_table_that_is_none_is_refused(
    run: Run, project: Path, content: bytes, reason: str
) -> None:
    path = project / "talks.csv"
    path.write_bytes(content)
    ran = run("harvest", "--talks", path)
    assert (ran.code, reason in ran.error) == (3, True)


def test_spreadsheets_delimiters_and_odd_columns_are_taken(run: Run, table: Path) -> None:
    text = table.read_text("utf-8-sig").replace(";", "").replace(",", ";").replace("title", "titel")
    table.write_text(text.replace("SPEAKER_00=Ada Quill SPEAKER_01=Bo Marsh", ""), "utf-8")
    ran = run("harvest", "--talks", table)
    assert ran.code == 0
    assert "column titel is not used; did you mean title?" in ran.err


def test_a_voice_is_named_for_one_talk(run: Run, table: Path) -> None:
    two = table.parent / "two.vtt"
    ran = run("sentences", two, "--speaker-map", "SPEAKER_01=Bo Marsh", "--json")
    assert [row["speaker"] for row in ran.array] == [None, "Bo Marsh"]
    assert ran.array[1]["attribution"]["how"] == "given"
    for wrong in ("SPEAKER_09=Cy Reed", "Cy Reed"):
        assert run("sentences", two, "--speaker-map", wrong).code == 2


def test_talks_or_a_table(run: Run, table: Path) -> None:
    assert run("harvest").code == 2
    assert run("harvest", "--talks", table, "--speaker", "Ann Lee").code == 2


def test_what_did_not_change_is_not_done_again(run: Run, table: Path) -> None:
    first = run("harvest", "--talks", table, "--json")
    again = run("harvest", "--talks", table, "--json")
    assert "0 talks harvested, 2 unchanged since the last time, 0 left out" in again.err
    assert {row["id"] for row in again.array} == {row["id"] for row in first.array}
    table.write_text(table.read_text("utf-8-sig").replace("Boat days", "Sea days"), "utf-8")
    assert "1 talk harvested, 1 unchanged" in run("harvest", "--talks", table).err
    assert "2 talks harvested, 0 left out" in run("harvest", "--talks", table, "--again").err
    mended = table.parent / "one.vtt"
    mended.write_text(mended.read_text("utf-8").replace("tied", "bound"), "utf-8")
    assert "1 talk harvested, 1 unchanged" in run("harvest", "--talks", table).err


def test_a_programme_finds_its_transcripts_by_name(run: Run, project: Path) -> None:
    make_vtt(project, f"<v Ann Lee>{ROPE}").rename(project / "KQ7RSD.vtt")
    folder = project / "texts"
    folder.mkdir()
    make_vtt(folder, "<v Bo Marsh>Nobody applauds a knot until the storm has gone by.").rename(
        folder / "the knot.vtt"
    )
    rows = [
        {"ID": "KQ7RSD", "Proposal title": "Ropes", "Speaker names": ["Ann Lee"]},
        {"ID": "ABCDEF", "Proposal title": "The knot", "Speaker names": ["Bo Marsh"]},
    ]
    path = project / "sessions.json"
    path.write_text(json.dumps(rows), "utf-8")
    ran = run("harvest", "--talks", path)
    assert (ran.code, "1 talk harvested, 1 left out" in ran.err) == (3, True)
    ran = run("harvest", project / "KQ7RSD.vtt", folder, "--talks", path, "--json")
    assert ran.code == 0
    assert {row["speaker"] for row in ran.array} == {"Ann Lee", "Bo Marsh"}


def one_row(run: Run, project: Path, cells: str, cue: str = f"<v Ann Lee>{ROPE}") -> dict[str, Any]:
    make_vtt(project, cue)
    path = project / "talks.csv"
    path.write_text(cells.replace(" | ", "\n"), "utf-8")
    return run("harvest", "--talks", path, "--json").array[0]


def test_without_permission_nothing_is_approved(run: Run, project: Path) -> None:
    quote = one_row(run, project, "file,permission | talk.vtt,no")
    ran = run("library", "approve", quote["id"], "--yes")
    assert (ran.code, "permission for the talk 'talk' was refused" in ran.error) == (3, True)
    assert run("library", "reject", quote["id"]).code == 0
    assert run("library", "undo").code == 0
    one_row(run, project, "file,permission | talk.vtt,yes")
    assert run("library", "approve", quote["id"], "--yes").code == 0


def test_on_a_shifted_timeline_times_are_about_and_links_have_none(run: Run, project: Path) -> None:
    cells = "file,url,timeline | talk.vtt,https://example.org/ropes,{}"
    quote = one_row(run, project, cells.format("shifted"))
    assert quote["approximate"]
    assert quote["url"] == "https://example.org/ropes"
    assert run("library", "approve", quote["id"]).code == 0
    shown = run("library", "show", quote["id"]).out
    assert "~0:01" in shown
    assert "other adverts" in shown
    exact = one_row(run, project, cells.format("exact"))
    assert exact["url"] == "https://example.org/ropes#t=1"


def test_what_is_known_of_a_person_is_shown(run: Run, project: Path) -> None:
    cells = "file,speaker,role,x,embargo_until | talk.vtt,Ann Lee,Rigger,@annlee,2031-05-01"
    quote = one_row(run, project, cells)
    shown = run("library", "show", quote["id"]).out
    assert "Rigger" in shown
    assert "x: @annlee" in shown
    assert "before 2031-05-01" in shown


def test_of_several_speakers_each_is_quoted_by_label_and_nobody_without(
    run: Run, project: Path
) -> None:
    cells = "file,speaker | talk.vtt,Ann Lee; Bo Marsh"
    assert one_row(run, project, cells)["speaker"] == "Ann Lee"
    unnamed = one_row(run, project, cells, ROPE.replace("rope", "knot"))
    assert unnamed["speaker"] is None


def test_a_file_beside_a_table_that_is_not_there_is_told(run: Run, own_folder: Path) -> None:
    table = own_folder / "talks.csv"
    table.write_text("title\nA talk about kettles\n", "utf-8")
    ran = run("harvest", "--talks", table, "nothing/*.vtt", "a-talk-about-kettles.vtt")
    assert ran.code == 3
    assert "nothing/*.vtt: no transcript is there" in ran.err or "nothing: cannot be" in ran.err
    assert "a-talk-about-kettles.vtt: there is no such file" in ran.err
