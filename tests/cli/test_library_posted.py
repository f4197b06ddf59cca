"""``library mark-posted``, and where a quote was posted as ``library show`` tells it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, make_vtt

ACCOUNTS = """
accounts:
  pre: {network: preview, slots: [daily 12:00], zone: Europe/Berlin}
  li: {network: linkedin, handoff: true, slots: [daily 17:30]}
  one: {network: bluesky}
  two: {network: bluesky}
"""
WORDS = "<v Ada Quill>Never let one person be the only one who understands the boiler."
URL = "https://linkedin.example/1"


@pytest.fixture
def quote(project: Path, run: Run) -> str:
    """An approved quote, in a project with accounts."""
    (project / "config.yaml").write_text(ACCOUNTS, "utf-8")
    assert run("harvest", make_vtt(project, WORDS), "-n", "1").code == 0
    name: str = run("library", "list", "--json").array[0]["id"]
    assert run("library", "approve", name).code == 0
    return name


def posts(run: Run, quote: str) -> list[tuple[str, str, str, str | None]]:
    shown = run("library", "show", quote, "--json").array[0]["posts"]
    return [(one["account"], one["state"], one["at"], one["url"]) for one in shown]


def test_what_was_posted_by_hand_is_never_planned_again(run: Run, quote: str) -> None:
    marking = ("library", "mark-posted", quote, "--account", "linkedin", "--url", URL)
    tried = run(*marking, "--at", "2026-01-20 17:30", "--dry-run")
    assert (tried.code, posts(run, quote)) == (0, [])
    assert run(*marking, "--at", "2026-01-20 17:30").code == 0
    sent = ("li", "sent", "2026-01-20T17:30:00+00:00", URL)
    assert posts(run, quote) == [sent]
    assert (
        f"post      sent on li (linkedin), 2026-01-20 17:30 UTC  {URL}"
        in run("library", "show", quote).out
    )
    for again in (marking, marking[:5]):
        assert "as the library knew" in run(*again).err
    run("schedule", "plan")
    assert [one[:2] for one in posts(run, quote)] == [("li", "sent"), ("pre", "planned")]
    assert run("library", "search", "posted:linkedin", "--json").array[0]["id"] == quote


def test_a_planned_post_of_it_is_taken_out(run: Run, quote: str) -> None:
    run("schedule", "plan", "--account", "pre")
    ran = run("library", "mark-posted", quote, "--account", "preview", "--at", "2026-01-20")
    assert (ran.code, "its planned post is taken out" in ran.err) == (0, True)
    assert posts(run, quote) == [("pre", "sent", "2026-01-20T11:00:00+00:00", None)]


def test_another_post_of_it_is_its_next_occasion(run: Run, quote: str) -> None:
    for place in ("1", "2"):
        marking = ("library", "mark-posted", quote, "--account", "li")
        assert run(*marking, "--url", f"https://linkedin.example/{place}").code == 0
    assert len(posts(run, quote)) == 2


@pytest.mark.about_the_file
@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (("--account", "one"), 6, "account one: nobody signed in there yet.*network login one"),
        (("--account", "bluesky"), 2, "2 accounts at bluesky; name one: one, two"),
        (("--account", "mani"), 2, "no account 'mani'"),
        (("--account", "li", "--url", "here"), 2, "--url here is no address"),
        (("--account", "li", "--url", "https://"), 2, "--url https:// is no address"),
        (("--account", "li", "--at", "soon"), 2, "'soon' is no time; write it as 2026-11-20"),
        (("--account", "li", "--at", "2999-01-01"), 2, "has not come yet"),
    ],
)
def test_what_cannot_be_is_told(
    run: Run, quote: str, options: tuple[str, ...], code: int, reason: str
) -> None:
    import re

    ran = run("library", "mark-posted", quote, *options)
    assert (ran.code, bool(re.search(reason, ran.error))) == (code, True), ran.error
    assert posts(run, quote) == []


def test_a_take_down_names_what_takes_it_down_there(run: Run, quote: str) -> None:
    run("schedule", "plan", "--account", "pre")
    run("library", "mark-posted", quote, "--account", "li", "--url", URL)
    ran = run("library", "retract", quote, "--yes")
    assert f"{quote}: its planned post on preview is cancelled" in ran.err
    assert f"{quote}: went out on linkedin: {URL}" in ran.err
    assert f"`pullquote unpublish --quote {quote}`" in ran.err
