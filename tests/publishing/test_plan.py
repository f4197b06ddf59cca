"""Which quote goes into which slot, and the reason that is given."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.publishing.choices import Choice, Known, Pin, Placed, Plan, Rules
from bot.publishing.plan import lifted, plan
from bot.publishing.slots import read_rota

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAILY = Rules(rota=read_rota(["daily 18:00"], "UTC"))
DAY = timedelta(days=1)


def choice(quote: str, score: float = 50, talk: str = "", speaker: str = "", **more) -> Choice:
    more = {"approved_at": NOW} | more
    return Choice(quote=quote, talk=talk or f"talk-{quote}", speaker=speaker, score=score, **more)


def known(quote: str, day: float, state="planned", **more) -> Known:
    more = {"talk": f"talk-{quote}", "occasion": 1} | more
    return Known(quote=quote, at=NOW + timedelta(hours=6) + day * DAY, state=state, **more)


def made(choices, days: int = 3, posts=(), rules: Rules = DAILY, pins=()) -> Plan:
    return plan(choices, posts, rules, NOW, NOW + days * DAY, pins)


def order(found: Plan) -> str:
    return " ".join(one.quote for one in found.placed)


def whys(found: Plan) -> list[str]:
    return [one.why for one in found.placed]


def left(found: Plan) -> dict[str, str]:
    return {one.quote: one.why for one in found.left}


def test_the_best_goes_first_and_is_told_why() -> None:
    old = NOW - 3 * DAY
    found = made([choice("a", 60), choice("b", 90, approved_at=old), choice("c", 70)])
    assert order(found) == "b c a"
    assert [one.due.day for one in found.placed] == [27, 28, 29]
    assert whys(found) == [
        "highest of 3 that wait: score 90, 3 days after its approval",
        "highest of 2 that wait: score 70, 1 day after its approval",
        "the only one that waits: score 60, 2 days after its approval",
    ]


@pytest.mark.parametrize(("waited", "first"), [(38, "new"), (40, "old")])
def test_age_raises_a_quote_by_a_point_a_day(waited: int, first: str) -> None:
    old = choice("old", 60, approved_at=NOW - waited * DAY)
    assert order(made([choice("new", 99), old], days=1)) == first


def test_none_starves_however_many_better_ones_come() -> None:
    posts: list[Known] = []
    waiting = [choice("old", 20)]
    for day in range(90):
        now = NOW + day * DAY
        waiting.append(choice(f"new{day}", 100, approved_at=now))
        (one,) = plan(waiting, posts, DAILY, now, now + DAY).placed
        posts.append(Known(quote=one.quote, occasion=1, at=one.due, state="sent"))
        if one.quote == "old":
            break
    assert 75 < day < 85


@pytest.mark.parametrize(
    ("choices", "posts", "expected"),
    [
        # of one talk, or one speaker, with another between
        ([choice("a", 90, "T"), choice("b", 80, "T"), choice("c", 10)], (), "a c b"),
        ([choice("a", 90, "T", "Ann"), choice("b", 80, "U", "Ann"), choice("c", 10)], (), "a c b"),
        # beside what is planned or was sent already, on both sides
        ([choice("a", 90, "T"), choice("c", 10)], [known("x", -1, "sent", talk="T")], "c a"),
        ([choice("a", 90, "T"), choice("c", 10)], [known("x", 1, talk="T")], "c a"),
        ([choice("a", 90, "T"), choice("c", 10)], [known("x", 1, speaker="Ann")], "a c"),
        # what did not go out is no neighbour
        ([choice("a", 90, "T"), choice("c", 10)], [known("x", -1, "failed", talk="T")], "a c"),
    ],
)
def test_not_two_in_a_row_of_a_talk_or_speaker(choices, posts, expected: str) -> None:
    assert order(made(choices, posts=posts)) == expected


def test_if_only_one_talk_is_left_it_goes_and_that_is_said() -> None:
    found = made([choice("a", 90, "T"), choice("b", 80, "T")])
    assert whys(found)[1].endswith("; beside another of its talk, as nothing else was left")
    found = made([choice("a", 90, speaker="Ann"), choice("b", 80, speaker="Ann")])
    assert whys(found)[1].endswith("; beside another of its speaker, as nothing else was left")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"status": "candidate"}, "it is candidate, not approved"),
        ({"status": "retracted"}, "it is retracted, not approved"),
        ({"permission": "refused"}, "permission for its talk was refused"),
        ({"embargo": "2026-12-24"}, "nothing of its talk goes out before 2026-12-24"),
        ({"embargo": "2026-12-24T09:00"}, "nothing of its talk goes out before 2026-12-24 09:00"),
    ],
)
def test_what_may_not_go_out_is_left_with_the_reason(more: dict, why: str) -> None:
    found = made([choice("a", **more)])
    assert (found.placed, left(found)) == ((), {"a": why})
    pinned = made([choice("a", **more)], pins=[Pin(quote="a", due=NOW + DAY)])
    assert left(pinned) == {"a": f"chosen for 2026-11-28 12:00, but {why}"}


@pytest.mark.parametrize("permission", [None, "asked", "granted"])
def test_permission_that_was_not_refused_is_no_bar(permission) -> None:
    assert order(made([choice("a", permission=permission)])) == "a"


@pytest.mark.parametrize(
    ("embargo", "zone", "ends"),
    [
        ("2026-11-29", "UTC", "2026-11-29T00:00"),
        ("2026-11-29", "Europe/Berlin", "2026-11-28T23:00"),
        ("2026-11-29T09:00", "America/New_York", "2026-11-29T14:00"),
        ("2026-11-29T09:00+01:00", "America/New_York", "2026-11-29T08:00"),
    ],
)
def test_an_embargo_ends_in_the_zone_of_the_account(embargo: str, zone: str, ends: str) -> None:
    rota = read_rota(["daily 18:00"], zone)
    assert f"{lifted(embargo, rota):%Y-%m-%dT%H:%M}" == ends
    rules = replace(DAILY, rota=rota)
    found = made([choice("a", embargo=embargo)], days=4, rules=rules)
    assert found.placed[0].due >= lifted(embargo, rota)
    assert found.placed[0].due - DAY < lifted(embargo, rota)


def test_days_after_a_talk_come_before_other_quotes() -> None:
    rules = replace(DAILY, after_talk=(0, 2))
    talk = {"talk": "T", "talk_date": date(2026, 11, 27)}
    choices = [choice("a", 20, **talk), choice("b", 10, **talk), choice("c", 15, **talk)]
    found = made([*choices, choice("x", 99), choice("y", 98)], days=5, rules=rules)
    assert order(found) == "a x c y b"
    assert whys(found)[0] == "the day of its talk: score 20"
    assert whys(found)[2] == "2 days after its talk: score 15"


@pytest.mark.parametrize(
    ("talk_date", "posts", "first"),
    [
        (date(2026, 11, 20), [], "a"),  # a week ago and none yet: still news
        (date(2026, 10, 20), [], "x"),  # long ago
        (date(2026, 12, 20), [], "x"),  # not held yet
        (date(2026, 11, 20), [known("z", -5, "sent", talk="T")], "x"),  # had its post
    ],
)
def test_a_talk_is_news_for_some_days(talk_date: date, posts, first: str) -> None:
    rules = replace(DAILY, after_talk=(0,))
    choices = [choice("a", 20, talk="T", talk_date=talk_date), choice("x", 99)]
    assert order(made(choices, days=1, posts=posts, rules=rules)) == first


def test_what_went_out_comes_again_after_some_days_with_another_look() -> None:
    rules = replace(DAILY, evergreen_days=30, themes=("paper", "dusk"), wordings=("{quote}",))
    posts = [known("a", -40, "sent"), known("b", -50, "sent"), known("c", -20, "sent")]
    found = made([choice(one) for one in "abc"], days=3, posts=posts, rules=rules)
    assert [(one.quote, one.occasion, one.theme, one.wording) for one in found.placed] == [
        ("b", 2, "paper", "{quote}"), ("a", 2, "paper", "{quote}")
    ]  # fmt: skip
    assert whys(found)[0] == "nothing new waits, and it went out 50 days before"
    assert left(found) == {"c": "it went out on 2026-11-07, and may again after 30 days"}
    third = [known("a", -40, "sent", occasion=2)]
    (one,) = made([choice("a")], days=1, posts=third, rules=rules).placed
    assert (one.occasion, one.theme) == (3, "dusk")


@pytest.mark.parametrize("state", ["unconfirmed", "deleted", "sending"])
def test_what_is_not_surely_out_is_not_sent_again(state) -> None:
    rules = replace(DAILY, evergreen_days=1)
    assert order(made([choice("a")], posts=[known("a", -40, state)], rules=rules)) == ""


def test_new_quotes_come_before_those_that_went_out() -> None:
    rules = replace(DAILY, evergreen_days=30)
    posts = [known("a", -40, "sent", talk="T")]
    choices = [choice("a", 99, talk="T"), choice("b", 1, talk="T"), choice("c", 1, talk="T")]
    assert order(made(choices, posts=posts, rules=rules)) == "b c a"


@pytest.mark.parametrize(("state", "how"), [("cancelled", "was cancelled"), ("failed", "failed")])
def test_what_was_taken_out_comes_back_by_a_pin_alone(state, how: str) -> None:
    posts = [known("a", 0, state)]
    found = made([choice("a")], posts=posts)
    assert left(found)["a"].startswith(f"its post {how}; `pullquote schedule pin`")
    found = made([choice("a")], posts=posts, pins=[Pin(quote="a", due=NOW + DAY)])
    assert [(one.quote, one.occasion) for one in found.placed] == [("a", 1)]


def test_a_time_that_a_person_gave_wins() -> None:
    slot, other = NOW + timedelta(hours=6), NOW + timedelta(hours=7, minutes=3)
    pins = [Pin(quote="b", due=slot, words="{quote}!"), Pin(quote="c", due=other)]
    found = made([choice("a", 99), choice("b", 1), choice("c", 1)], days=1, pins=pins)
    assert [(one.quote, one.due, one.pinned, one.wording) for one in found.placed] == [
        ("b", slot, True, "{quote}!"), ("c", other, True, None)
    ]  # fmt: skip
    assert whys(found) == ["a person chose this time"] * 2
    assert left(found) == {"a": "no slot is free in that time"}


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        (Pin(quote="a", due=NOW - DAY), "that time has passed"),
        (Pin(quote="gone", due=NOW + DAY), "it is not in the library any more"),
    ],
)
def test_a_time_that_cannot_be_kept_is_told(pin: Pin, why: str) -> None:
    found = made([choice("a", status="rejected")], pins=[pin])
    assert left(found)[pin.quote].endswith(f", but {why}")


def test_what_stays_without_a_slot_is_told_why() -> None:
    found = made([choice("a", 90), choice("b", 80)], days=1)
    assert left(found) == {"b": "higher ones took the free slots"}
    taken = made([choice("b")], days=1, posts=[known("x", 0)])
    assert left(taken) == {"b": "no slot is free in that time"}
    paused = replace(DAILY, rota=replace(DAILY.rota, paused=True))
    assert left(made([choice("b")], rules=paused)) == {"b": "the account is paused"}


choices = st.lists(
    st.builds(
        Choice,
        quote=st.sampled_from([f"q{at:02}" for at in range(30)]),
        talk=st.sampled_from(["T", "U", "V"]),
        speaker=st.sampled_from(["", "Ann", "Bo"]),
        score=st.floats(0, 100),
        status=st.sampled_from(["approved", "approved", "approved", "candidate", "retracted"]),
        approved_at=st.integers(0, 90).map(lambda days: NOW - days * DAY),
        talk_date=st.sampled_from([None, date(2026, 11, 26), date(2026, 11, 29)]),
        embargo=st.sampled_from([None, "2026-11-30", "2026-12-01T12:00"]),
        permission=st.sampled_from([None, "granted", "refused"]),
    ),
    unique_by=lambda one: one.quote,
    max_size=20,
)  # fmt: skip
posts = st.lists(
    st.builds(
        Known,
        quote=st.sampled_from([f"q{at:02}" for at in range(30)]),
        occasion=st.just(1),
        at=st.sampled_from([NOW + timedelta(hours=6) + day * DAY for day in range(-40, 5)]),
        talk=st.sampled_from(["T", "U", "V"]),
        state=st.sampled_from(["planned", "sent", "failed", "cancelled", "unconfirmed"]),
    ),
    unique_by=(lambda one: one.quote, lambda one: one.at),
    max_size=15,
)


@settings(max_examples=150, deadline=None)
@given(choices, posts)
def test_a_plan_keeps_its_promises(choices: list[Choice], posts: list[Known]) -> None:
    rules = replace(DAILY, after_talk=(0, 2), evergreen_days=30)
    found = made(choices, 8, posts, rules)
    assert found == made(list(reversed(choices)), 8, list(reversed(posts)), rules)
    by_id = {one.quote: one for one in choices}
    keys = [(one.quote, one.occasion) for one in found.placed]
    standing = [one for one in posts if one.state not in ("failed", "cancelled")]
    assert len({*keys, *((one.quote, one.occasion) for one in standing)}) == len(keys) + len(
        standing
    )
    for one in found.placed:
        of = by_id[one.quote]
        assert of.status == "approved"
        assert of.permission != "refused"
        assert not of.embargo or one.due >= lifted(of.embargo, rules.rota)
        assert one.due > NOW
        assert one.why
    dues = [one.due for one in found.placed]
    assert len(set(dues)) == len(dues)
    assert not set(dues) & {one.at for one in standing if one.state == "planned"}
    placed = {one.quote for one in found.placed}
    told = {one.quote for one in found.left}
    waiting = {one.quote for one in standing if one.state == "planned"}
    assert placed | told | waiting >= set(by_id)
    assert not placed & told
    assert_no_neighbours(found.placed, by_id)


def assert_no_neighbours(placed: tuple[Placed, ...], by_id: dict[str, Choice]) -> None:
    """Two of a talk stand side by side only where the later one placed says so."""
    for one, two in pairwise(placed):
        if two.due - one.due == DAY and by_id[one.quote].talk == by_id[two.quote].talk:
            assert "beside another of its talk" in two.why
