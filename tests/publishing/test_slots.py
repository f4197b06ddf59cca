"""Slots: what people write, what the clocks of places do, and that each fires once."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest

from bot.publishing.slots import late, read_moment, read_rota, runs_dry, upcoming

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday


def dues(slots: list[str], zone: str, now: datetime, count: int, **more: object) -> list[str]:
    found = islice(upcoming(read_rota(slots, zone, **more), now), count)
    return [f"{due:%a %Y-%m-%dT%H:%M}" for due in found]


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        (["mon 09:30"], ["Mon 2026-11-30T09:30", "Mon 2026-12-07T09:30"]),
        (["wed,fri 17:00"], ["Fri 2026-11-27T17:00", "Wed 2026-12-02T17:00"]),
        (["fri-sun 08:00"], ["Sat 2026-11-28T08:00", "Sun 2026-11-29T08:00"]),
        (["sun-mon 8:00"], ["Sun 2026-11-29T08:00", "Mon 2026-11-30T08:00"]),
        (["daily 12:00"], ["Sat 2026-11-28T12:00", "Sun 2026-11-29T12:00"]),
        (["Monday 09:30", "MON  09:30"], ["Mon 2026-11-30T09:30", "Mon 2026-12-07T09:30"]),
        (["cron: 0 9 * * 1-5"], ["Mon 2026-11-30T09:00", "Tue 2026-12-01T09:00"]),
        (["cron: 0 9 29 2 *"], ["Tue 2028-02-29T09:00", "Sun 2032-02-29T09:00"]),
        ([], []),
    ],
)
def test_slots_as_people_write_them(slots: list[str], expected: list[str]) -> None:
    assert dues(slots, "UTC", NOW, 2) == expected


@pytest.mark.parametrize(
    ("slot", "zone", "after", "expected"),
    [
        # does not exist: forward by what was left out
        ("daily 02:30", "Europe/Berlin", "2027-03-28T00:00", "2027-03-28T01:30"),
        ("cron: 30 2 * * *", "Europe/Berlin", "2027-03-28T00:00", "2027-03-28T01:30"),
        ("daily 02:30", "America/New_York", "2027-03-14T06:00", "2027-03-14T07:30"),
        ("daily 02:15", "Australia/Lord_Howe", "2026-10-03T15:00", "2026-10-03T15:45"),
        # comes twice: once, the first time
        ("daily 02:30", "Europe/Berlin", "2026-10-25T00:00", "2026-10-25T00:30 2026-10-26T01:30"),
        ("cron: 30 2 * * *", "Europe/Berlin", "2026-10-25T00:00",
         "2026-10-25T00:30 2026-10-26T01:30"),
        ("daily 01:30", "America/New_York", "2026-11-01T05:00",
         "2026-11-01T05:30 2026-11-02T06:30"),
        ("daily 01:45", "Australia/Lord_Howe", "2027-04-03T14:00",
         "2027-04-03T14:45 2027-04-04T15:15"),
        # keeps its time on the wall when the clocks change
        ("daily 09:30", "Europe/Berlin", "2027-03-27T09:00", "2027-03-28T07:30 2027-03-29T07:30"),
        ("daily 09:30", "Europe/Berlin", "2027-03-26T09:00", "2027-03-27T08:30 2027-03-28T07:30"),
        ("daily 00:00", "Asia/Kolkata", "2026-12-31T00:00", "2026-12-31T18:30"),
    ],
)  # fmt: skip
def test_clocks_that_change(slot: str, zone: str, after: str, expected: str) -> None:
    now = datetime.fromisoformat(after + "+00:00")
    wanted = expected.split()
    assert [due[4:] for due in dues([slot], zone, now, len(wanted))] == wanted


def test_every_quarter_of_an_hour_comes_once_in_the_hour_that_comes_twice() -> None:
    now = datetime(2026, 10, 25, 0, 0, tzinfo=UTC) - timedelta(minutes=1)
    found = dues(["cron: */15 * * * *"], "Europe/Berlin", now, 6)
    assert [due[-5:] for due in found] == ["00:00", "00:15", "00:30", "00:45", "02:00", "02:15"]


def quarter_by_quarter(times: set[str], days: set[int], zone: str, year: int) -> Iterator[datetime]:
    """An independent oracle: walk a year, look at the wall, and mend what never showed."""
    place, quarter = ZoneInfo(zone), timedelta(minutes=15)
    at, stop = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    shown: set[tuple[date, str]] = set()
    wall = at.astimezone(place).replace(tzinfo=None)
    while at < stop:
        before, wall = wall, at.astimezone(place).replace(tzinfo=None)
        key = wall.date(), f"{wall:%H:%M}"
        if key[1] in times and wall.weekday() in days and key not in shown:
            shown.add(key)
            yield at
        for missing in range(1, int((wall - before) / quarter)):  # a gap: the wall jumped
            skipped = before + missing * quarter
            if f"{skipped:%H:%M}" in times and skipped.weekday() in days:
                yield at + (missing - 1) * quarter
        at += quarter


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_a_year_of_slots_each_fires_once(zone: str) -> None:
    times, days = {"02:15", "02:30", "01:45", "09:30"}, {0, 4, 5, 6}
    rota = read_rota([f"fri-mon {one}" for one in times], zone)
    start, stop = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    found = list(takewhile(lambda due: due < stop, upcoming(rota, start - timedelta(seconds=1))))
    assert found == sorted(set(quarter_by_quarter(times, days, zone, 2027)))
    assert len(found) == len(set(found)) > 4 * 4 * 51


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [
        (["2026-11-28"], ["29", "30"]),
        (["2026-11-28/2026-12-01"], ["02", "03"]),
        (["sat,sun"], ["30", "01"]),
        (["sat-mon", "2026-12-01"], ["02", "03"]),
        (["mon-sun"], []),
    ],
)
def test_quiet_days(quiet: list[str], expected: list[str]) -> None:
    found = dues(["daily 12:00"], "UTC", NOW, 2, quiet=quiet)
    assert [due[12:14] for due in found] == expected


def test_a_quiet_day_is_one_of_the_place() -> None:
    late_in_new_york = dues(["daily 22:00"], "America/New_York", NOW, 1, quiet=["2026-11-27"])
    assert late_in_new_york == ["Sun 2026-11-29T03:00"]


def test_a_paused_account_has_no_slots() -> None:
    assert dues(["daily 12:00"], "UTC", NOW, 1, paused=True) == []


@pytest.mark.parametrize(
    ("slots", "zone", "quiet", "told"),
    [
        (["monday"], "UTC", [], "'monday' is no time"),
        (["mon 25:00"], "UTC", [], "has no such time"),
        (["mon 09:60"], "UTC", [], "has no such time"),
        (["mno 09:00"], "UTC", [], "no weekday 'mno'"),
        (["monkey 09:00"], "UTC", [], "no weekday 'monkey'"),
        (["cron: 0 9 * *"], "UTC", [], "it has not five fields"),
        (["cron: 0 9 32 * *"], "UTC", [], "is no cron expression"),
        (["cron: * 0 9 * * 1"], "UTC", [], "it has not five fields"),
        (["mon 09:00"], "Europe/Berln", [], "no zone 'Europe/Berln'"),
        (["mon 09:00"], "../etc/passwd", [], "no zone"),
        (["mon 09:00"], "a." * 9000, [], "no zone"),
        (["mon 09:00"], "", [], "no zone ''"),
        (["mon 09:00"], "UTC", ["2026-02-30"], "no quiet day"),
        (["mon 09:00"], "UTC", ["2027-01-02/2027-01-01"], "ends before it begins"),
    ],
)
def test_what_cannot_be_understood_is_told(slots, zone: str, quiet, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        read_rota(slots, zone, quiet)


@pytest.mark.parametrize(
    ("policy", "minutes", "fate"),
    [
        ("post_late_within", 0, "send"),
        ("post_late_within", 30, "send"),
        ("post_late_within", 31, "move"),
        ("next_slot", 10, "send"),
        ("next_slot", 11, "move"),
        ("skip", 10, "send"),
        ("skip", 11, "skip"),
    ],
)
def test_missed_slots(policy, minutes: int, fate: str) -> None:
    assert late(NOW, NOW + timedelta(minutes=minutes), policy, 30) == fate


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-12-24 17:30", "Europe/Berlin", "2026-12-24T16:30"),
        ("2026-12-24T17:30-05:00", "Europe/Berlin", "2026-12-24T22:30"),
        ("2027-03-28 02:30", "Europe/Berlin", "2027-03-28T01:30"),
        ("fri 17:00", "UTC", "2026-11-27T17:00"),
        ("2026-11-27 11:00", "UTC", "has passed"),
        ("2026-12-24", "UTC", "has no time"),
        ("soon", "UTC", "is no time"),
    ],
)
def test_times_a_person_names(text: str, zone: str, moment: str) -> None:
    place = ZoneInfo(zone)
    if " " in moment:
        with pytest.raises(ValueError, match=moment):
            read_moment(text, place, NOW)
    else:
        assert f"{read_moment(text, place, NOW):%Y-%m-%dT%H:%M}" == moment


@pytest.mark.parametrize(
    ("planned_days", "days", "ends"),
    [([], 3, 28), ([1, 2], 3, 30), ([1, 2, 3], 3, None), ([], 0, None), ([-2], 3, 28)],
)
def test_a_queue_that_runs_dry_is_told(planned_days, days: int, ends: int | None) -> None:
    rota = read_rota(["daily 12:00"], "UTC")
    planned = [NOW + timedelta(days=day) for day in planned_days]
    found = runs_dry(planned, rota, NOW, days)
    assert (found.day if found else None) == ends
