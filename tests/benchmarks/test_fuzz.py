"""The fuzz knocks at every door, does a case the same again, and counts each kind of fault."""

import json
import random

import planted_doors
import pytest
import typer
from typer.testing import CliRunner

from benchmarks import fuzz
from benchmarks.doors import DOORS
from benchmarks.fuzz_cases import Case, cases, input_of, read_case, run, samples_of
from benchmarks.mutators import MUTATORS, fitting

OF_EACH = 2


@pytest.mark.parametrize("name", DOORS)
def test_what_is_damaged_is_accepted_or_refused(name):
    door = DOORS[name]
    for case in [*cases({name: door}, OF_EACH, seed=7)]:
        found = run(door, case)
        assert (found.fault, found.heavy) == ("", False), f"--case '{case}'"


@pytest.mark.parametrize("name", MUTATORS)
def test_a_mutator_does_the_same_again(name):
    fitted = [
        (Case(door.name, sample.name, name, seed), door, sample.raw)
        for door in DOORS.values()
        for sample in samples_of(door).values()
        for seed in range(3)
        if name in fitting(sample.kinds)
    ]
    case, door, raw = next(one for one in fitted if input_of(one[1], one[0]) != one[2])
    assert input_of(door, case) == input_of(door, read_case(str(case))) != raw


def test_every_sample_meets_every_mutator():
    door = DOORS["talk-tables"]
    fitting_pairs = {(one.name, name) for one in door.samples() for name in fitting(one.kinds)}
    met = {(one.sample, one.mutator) for one in cases({door.name: door}, 200, seed=1)}
    assert met == fitting_pairs


def test_every_door_has_its_share():
    counted = fuzz.Counter(one.door for one in cases(DOORS, 2000, seed=random.randrange(99)))
    assert set(counted) == set(DOORS)
    assert min(counted.values()) >= 2000 // fuzz._OF_A_DOOR


def planted(monkeypatch, *options):
    """What a run over the planted doors prints, and how it ends."""
    monkeypatch.setattr(fuzz, "registry", planted_doors)
    app = typer.Typer()
    app.command()(fuzz.main)
    return CliRunner().invoke(app, [*options, "--json"])


def test_each_kind_of_fault_is_counted(monkeypatch):
    ended = planted(monkeypatch, "--cases", "16")
    told = json.loads(ended.stdout)
    doors = told["doors"]
    assert ended.exit_code == 1
    assert {name for name, one in doors.items() if one["tracebacks"]} == {
        *("raises", "two-lines", "dies")
    }
    assert {name for name, one in doors.items() if one["hangs"]} == {"hangs", "sleeps"}
    assert {name for name, one in doors.items() if one["over_memory"]} == {"eats"}
    assert (doors["accepts"]["accepted"], doors["refuses"]["refused"]) == (2, 2)
    assert (told["cases"], told["tracebacks"], told["hangs"]) == (16, 6, 4)
    assert told["peak_mb"] > 80
    assert "KeyError" in ended.stderr
    assert "--case 'dies:talk:" in ended.stderr


def test_what_goes_well_ends_well(monkeypatch):
    ended = planted(monkeypatch, "--cases", "9", "--only", "accepts", "--only", "refuses")
    assert ended.exit_code == 0
    assert set(json.loads(ended.stdout)["doors"]) == {"accepts", "refuses"}


def test_too_few_cases_of_a_format_are_told():
    whole = fuzz.Run()
    for case in cases({"transcripts": DOORS["transcripts"]}, 400, seed=1):
        if case.sample != "srt.srt":
            whole.add(fuzz.Outcome(case, "srt"), DOORS["transcripts"])
    assert [*whole.lacking({"transcripts": DOORS["transcripts"]})] == ["srt.srt (0)"]
