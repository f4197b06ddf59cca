"""A table of talks: every row harvested, a bad one said and passed over."""

from pathlib import Path

import pytest

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
        (",Ropes,,,,,,", "names no file"),
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


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"title,event\nRopes,Boat days\n", "no column called file"),
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
    assert run("harvest", table.parent / "one.vtt", "--talks", table).code == 2
