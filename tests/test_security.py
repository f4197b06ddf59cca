"""No pinned version is one of which docs/security.md knows a hole."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from benchmarks import licences
from tests.conftest import ROOT

PAGE = (ROOT / "docs/security.md").read_text("utf-8")
CLOSED = re.findall(r"^\| ([\w.-]+) \| (\d[\d.]+) \|", PAGE, re.MULTILINE)
OURS = [Requirement(one) for several in licences.asked_for().values() for one in several]


def test_the_page_knows_some() -> None:
    assert len(CLOSED) > 15


@pytest.mark.parametrize(("name", "closed_in"), CLOSED)
def test_what_is_pinned_has_known_holes_closed(name: str, closed_in: str) -> None:
    assert Version(licences.pins()[canonicalize_name(name)]) >= Version(closed_in)


@pytest.mark.parametrize("asked", OURS, ids=str)
def test_what_is_asked_for_has_no_known_hole(asked: Requirement) -> None:
    closed = {canonicalize_name(name): Version(version) for name, version in CLOSED}
    least = max(Version(one.version) for one in asked.specifier if one.operator == ">=")
    assert least >= closed.get(canonicalize_name(asked.name), Version("0"))
