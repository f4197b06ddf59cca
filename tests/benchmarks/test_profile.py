"""The profile of a harvest: every stage is seen, and nothing is counted twice."""

from pathlib import Path

import pytest

from benchmarks.profile import REST, STAGES, Clock, main, profiles


def test_every_stage_takes_some_of_the_time(sample: Path) -> None:
    (one,) = profiles([("Marit Oyelaran", sample)], 1)
    assert list(one.stages_ms) == [*STAGES, REST]
    assert all(spent > 0 for stage, spent in one.stages_ms.items() if stage != REST)
    assert sum(one.stages_ms.values()) == pytest.approx(one.total_ms)
    assert (one.quotes > 5, one.rate > 0) == (True, True)


def test_what_a_stage_calls_of_another_is_not_its_own() -> None:
    clock = Clock()
    inner = clock.wrapped("inner", lambda: sum(range(300_000)))
    outer = clock.wrapped("outer", lambda: [inner(), inner()])
    outer()
    assert clock.spent["inner"] > 10 * clock.spent["outer"] >= 0


def test_an_iterator_is_timed_to_its_end() -> None:
    clock = Clock()
    assert clock.wrapped("stage", lambda: iter("ab"))() == ["a", "b"]


def test_the_table_has_each_file_and_stage(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--rounds", "1", f"Marit Oyelaran={sample}", str(sample)])
    out = capsys.readouterr().out
    assert out.count(sample.name) == 2
    assert all(stage in out for stage in (*STAGES, REST, "talk-hours a second"))
