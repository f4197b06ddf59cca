"""``schedule`` and ``export`` as a person calls them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.library import Library
from bot.store import open_store
from tests.cli.conftest import Run, make_vtt
from tests.libraries import place_of

ACCOUNTS = """
accounts:
  pre: {network: preview, slots: [daily 12:00], zone: Europe/Berlin}
  li: {network: linkedin, handoff: true, slots: [daily 17:30]}
"""
PLACE = "https://example.com/handoff"
CUES = (
    "<v Ada Quill>Build the ramp before you need the stairs, said nobody who had stairs.",
    "<v Ada Quill>A library is a promise that you keep with chairs and with patience.",
    "<v Ada Quill>Never let one person be the only one who understands the boiler.",
)


@pytest.fixture
def planned(project: Path, run: Run) -> list[str]:
    """A project with approved quotes; their ids."""
    (project / "config.yaml").write_text(ACCOUNTS, "utf-8")
    assert run("harvest", make_vtt(project, *CUES), "-n", "2").code == 0
    names = [one["id"] for one in run("library", "list", "--json").array]
    assert run("library", "approve", *names).code == 0
    return names


def test_plan_list_move_cancel(planned: list[str], run: Run) -> None:
    tried = run("schedule", "plan", "--json", "--dry-run").array
    assert run("schedule", "list", "--json").array == []
    done = run("schedule", "plan", "--json").array
    assert tried == done
    assert len(done) == 2 * len(planned)
    assert {one["account"] for one in done} == {"pre", "li"}
    assert {one["local"][11:16] for one in done} == {"12:00", "17:30"}
    listed = run("schedule", "list", "--account", "pre", "--json").array
    assert [one["quote"] for one in listed] == [
        one["quote"] for one in done if one["account"] == "pre"
    ]
    assert all(one["why"] and one["alt"] for one in listed)
    number = listed[0]["id"]
    assert run("schedule", "move", number, "2099-12-24 17:30", "--dry-run").code == 0
    assert run("schedule", "move", number, "2099-12-24 17:30").code == 0
    assert run("schedule", "cancel", listed[1]["id"]).code == 0
    assert run("schedule", "plan").code == 0
    left = run("schedule", "list", "--account", "pre", "--json").array
    assert [one["due"] for one in left if one["id"] == number] == ["2099-12-24T16:30:00+00:00"]
    assert listed[1]["id"] not in [one["id"] for one in left]
    every = run("schedule", "list", "--all", "--json").array
    assert [one["state"] for one in every if one["id"] == listed[1]["id"]] == ["cancelled"]


def test_a_post_is_not_moved_before_the_embargo_of_its_talk(
    planned: list[str], run: Run, project: Path
) -> None:
    assert run("schedule", "plan").code == 0
    before = run("schedule", "list", "--json").array
    number, talk = before[0]["id"], run("library", "list", "--json").array[0]["talk"]
    with open_store(place_of(project)) as store:
        Library(store).change_talk(talk, {"embargo_until": "2098-01-01"}, "Pia", datetime.now(UTC))
    ran = run("schedule", "move", number, "2097-12-24 17:30")
    assert ran.code == 3
    assert f"post {number}: its talk may not go out before Wed 1 January 2098" in ran.error
    assert run("schedule", "list", "--json").array == before


def test_tables_and_calendar_for_eyes(planned: list[str], run: Run) -> None:
    assert "highest of 2 that wait" in " ".join(run("schedule", "plan").out.split())
    assert "12:00" in run("schedule", "list").out
    weeks = run("schedule", "calendar", "--weeks", "2")
    assert "Mon" in weeks.out
    assert "○ 12:00 pre" in weeks.out
    assert max(map(len, weeks.out.splitlines())) <= 100


def test_a_file_for_calendar_programs_keeps_its_uids(
    planned: list[str], run: Run, project: Path
) -> None:
    from icalendar import Calendar

    run("schedule", "plan", "--days", "5")
    assert run("schedule", "calendar", "--ics", "plan.ics").code == 0
    first = Calendar.from_ical((project / "plan.ics").read_bytes())
    number = run("schedule", "list", "--json").array[0]["id"]
    run("schedule", "move", number, "2099-12-24 17:30")
    assert run("schedule", "calendar", "--ics", "plan.ics").code == 0
    second = Calendar.from_ical((project / "plan.ics").read_bytes())
    uids = [sorted(str(one["uid"]) for one in of.walk("VEVENT")) for of in (first, second)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 2 * len(planned)
    times = [sorted(one["dtstart"].dt for one in of.walk("VEVENT")) for of in (first, second)]
    assert times[0] != times[1]


def test_pin(planned: list[str], run: Run) -> None:
    words = ("--words", "Today! “{quote}”")
    assert run("schedule", "pin", planned[0], "2099-01-02 09:00", *words).code == 0
    texts = [one["text"][:8] for one in run("schedule", "list", "--json").array]
    assert texts == ["Today! “", "Today! “"]


@pytest.mark.parametrize("to", ["buffer", "csv", "json"])
def test_export_writes_each_post_once(planned, run: Run, project: Path, to: str) -> None:
    where = ("--address", PLACE) if to == "buffer" else ()
    assert run("export", "--to", to, *where, "--dry-run").code == 0
    assert not (project / "handoff").exists()
    done = run("export", "--to", to, *where, "--json").array
    assert sorted(one["quote"] for one in done) == sorted(planned)
    (table,) = (project / "handoff").glob("posts-*")
    text = table.read_text("utf-8")
    if to == "buffer":
        assert text.startswith("Text,Image URL,Tags,Posting Time\n")
        assert all(f",{PLACE}/{one['images'][0]},," in text for one in done)
    if to == "json":
        assert all(one["alt"][0].startswith("Quote card: ") for one in json.loads(text))
    cards = [*(project / "handoff").glob("li-*.png")]
    assert len(cards) == len(planned)
    alts = [path.with_suffix(".txt").read_text("utf-8") for path in cards]
    assert all(alt.startswith("Quote card: ") for alt in alts)
    before = {path: path.stat().st_mtime_ns for path in (project / "handoff").iterdir()}
    assert run("export", "--to", to, *where, "--json").array == []
    assert {path: path.stat().st_mtime_ns for path in (project / "handoff").iterdir()} == before
    run("schedule", "plan")
    assert {one["account"] for one in run("schedule", "list", "--json").array} == {"pre"}


def test_nothing_is_handed_over_while_nobody_knows_where_pictures_will_lie(
    planned: list[str], run: Run, project: Path
) -> None:
    for asked in [(), ("--dry-run",), ("--again",)]:
        if asked == ("--again",):  # of what was handed over as files
            assert run("export", "--to", "csv", "--out", "elsewhere").code == 0
        before = run("schedule", "list", "--all", "--json").array
        ran = run("export", "--to", "buffer", *asked)
        assert (ran.code, ran.out) == (2, "")
        assert "account li: Buffer fetches pictures" in ran.error
        assert "--address https://…" in ran.error and "--without-pictures" in ran.error
        assert run("schedule", "list", "--all", "--json").array == before
    assert not (project / "handoff").exists()


@pytest.mark.parametrize("to", ["buffer", "csv", "json"])
def test_words_are_handed_over_alone_when_a_person_says_so(
    planned: list[str], run: Run, project: Path, to: str
) -> None:
    done = run("export", "--to", to, "--without-pictures", "--json").array
    assert sorted(one["quote"] for one in done) == sorted(planned)
    assert [one["images"] for one in done] == [[], []]
    (table,) = (project / "handoff").iterdir()
    assert "https://" not in table.read_text("utf-8")
    assert "Quote card: " not in table.read_text("utf-8")


def test_a_quote_that_stands_on_its_card_alone_is_not_handed_over_without_it(
    planned: list[str], run: Run, project: Path
) -> None:
    text = ACCOUNTS.replace("handoff: true", "handoff: true, wording: 'From {talk}'")
    (project / "config.yaml").write_text(text, "utf-8")
    ran = run("export", "--without-pictures", "--json")
    assert (ran.code, ran.array) == (0, [])
    assert f"quote {planned[0]}: left out, as it stands on the picture alone" in ran.err
    assert not (project / "handoff").exists()
    assert len(run("export", "--json").array) == len(planned)  # it waited in the plan


def test_what_was_handed_over_by_mistake_is_written_once_more(
    planned: list[str], run: Run, project: Path
) -> None:
    run("export", "--to", "buffer", "--without-pictures")
    assert "--again" in run("export", "--to", "buffer", "--address", PLACE).err
    again = ("export", "--to", "buffer", "--address", PLACE, "--again")
    before = run("schedule", "list", "--all", "--json").array
    tried = run(*again, "--dry-run", "--json").array
    assert run("schedule", "list", "--all", "--json").array == before
    done = run(*again, "--json").array
    assert tried == done
    assert sorted(one["quote"] for one in done) == sorted(planned)
    (table,) = (project / "handoff").glob("posts-*")
    text = table.read_text("utf-8")
    assert all(f"{PLACE}/{one['images'][0]}" in text for one in done)
    after = run("schedule", "list", "--all", "--json").array
    told = [one["reason"] for one in after if one["account"] == "li"]
    assert all("handed over to buffer; again to buffer by " in one for one in told)
    alike = [{**one, "reason": ""} for one in after]
    assert alike == [{**one, "reason": ""} for one in before]
    assert "take out there first" in run(*again).err


def test_what_does_not_stand_is_not_handed_over_once_more(planned, run: Run) -> None:
    first, second = run("export", "--json").array
    run("library", "reject", first["quote"])
    ran = run("export", "--again", "--json")
    assert [one["quote"] for one in ran.array] == [second["quote"]]
    assert "left out, as the quote is rejected now" in ran.err
    assert run("schedule", "plan").code == 0


def test_a_quote_that_went_out_is_pinned_again_with_a_yes_alone(planned, run: Run) -> None:
    assert run("library", "mark-posted", planned[0], "--account", "pre", "--url", PLACE).code == 0
    pinning = ("schedule", "pin", planned[0], "2099-01-02 09:00", "--account", "pre")
    ran = run(*pinning)
    assert (ran.code, ran.out) == (6, "")
    assert f"quote {planned[0]}: it went out on pre on " in ran.error
    assert PLACE in ran.error and "--yes" in ran.error
    assert run("schedule", "list", "--json").array == []
    assert run(*pinning, "--yes").code == 0
    assert run(*pinning).code == 6  # it waits, and went out all the same
    assert len(run("schedule", "list", "--json").array) == 1
    other = run("schedule", "pin", planned[0], "2099-01-02 09:00", "--account", "li")
    assert other.code == 0
    moved = run("schedule", "pin", planned[0], "2099-01-03 09:00", "--account", "li")
    assert (moved.code, "in place of Fri 2 January 2099, 09:00" in moved.err) == (0, True)


def test_a_move_too_close_behind_wants_a_yes(planned, run: Run, project: Path) -> None:
    (project / "config.yaml").write_text(f"{ACCOUNTS}schedule: {{evergreen_days: 3650}}", "utf-8")
    assert run("library", "mark-posted", planned[0], "--account", "pre", "--url", PLACE).code == 0
    assert run("schedule", "pin", planned[0], "2099-01-02 09:00", "--account", "pre").code == 0
    (before,) = run("schedule", "list", "--json").array
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d} 12:00"
    moving = ("schedule", "move", before["id"], tomorrow)
    ran = run(*moving)
    assert (ran.code, ran.out) == (6, "")
    assert f"post {before['id']}: it went out on pre on " in ran.error
    assert f"`pullquote schedule move {before['id']} '{tomorrow}' --yes`" in ran.error
    assert run("schedule", "list", "--json").array == [before]
    assert run(*moving, "--yes").code == 0
    assert run("schedule", "list", "--json").array[0]["local"][11:16] == "12:00"


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (("export", "--to", "buffer", "--address", "handoff"), 2, "is no address"),
        (("export", "--address", PLACE, "--without-pictures"), 2, "say one of them"),
        (("schedule", "plan", "--account", "main"), 2, "no account 'main'"),
        (("schedule", "move", "99", "fri 17:00"), 3, "there is no such post"),
        (("schedule", "cancel", "99"), 3, "there is no such post"),
        (("schedule", "pin", "zzz", "fri 17:00"), 3, "no quote 'zzz'"),
        (("export", "--account", "pre"), 2, "no account is handed over"),
    ],
)
def test_what_cannot_be_is_told(planned, run: Run, command, code: int, told: str) -> None:
    ran = run(*command)
    assert ran.code == code
    assert told in ran.error


def test_a_time_that_is_none_is_told(planned: list[str], run: Run) -> None:
    for when, told in [
        ("soon", "write it as '2026-12-24 17:30' or 'fri 17:00'"),
        ("2020-01-01 09:00", "has passed"),
    ]:
        ran = run("schedule", "pin", planned[0], when)
        assert ran.code == 2
        assert told in ran.error


def test_without_accounts_the_next_step_is_told(project: Path, run: Run) -> None:
    ran = run("schedule", "plan")
    assert ran.code == 2
    assert "add one under accounts" in ran.error


def test_two_accounts_in_one_preview_folder_are_told(project: Path, run: Run) -> None:
    text = "accounts:\n  one: {network: preview}\n  two: {network: preview}\n"
    (project / "config.yaml").write_text(text, "utf-8")
    ran = run("schedule", "plan")
    assert ran.code == 4
    assert "config.yaml line 3: 'one' and 'two' are one preview folder" in ran.error
    (project / "config.yaml").write_text(
        text.replace("preview}", "preview, server: a}", 1), "utf-8"
    )
    assert run("schedule", "plan").code != 4


def test_a_wrong_slot_is_told_with_its_line(project: Path, run: Run) -> None:
    text = "accounts:\n  pre:\n    network: preview\n    slots: [mno 09:00]\n"
    (project / "config.yaml").write_text(text, "utf-8")
    ran = run("schedule", "plan")
    assert ran.code == 4
    assert "config.yaml line 4: 'mno 09:00' has no weekday 'mno'" in ran.error
