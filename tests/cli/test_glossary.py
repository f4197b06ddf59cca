"""A glossary corrects what is shown, keeps what was said, and is proved like every edit."""

from pathlib import Path

from tests.cli.conftest import Run, make_vtt

SAID = "A small town keeps its own Awesome Ferry warm for everyone."
SHOWN = "A small town keeps its own Orsen Ferry warm for everyone."


def harvested(run: Run, project: Path, glossary: str) -> dict:
    (project / "config.yaml").write_text(glossary, "utf-8")
    return run("harvest", make_vtt(project, f"<v Ann Lee>{SAID}"), "--json").array[0]


def test_a_misheard_name_is_shown_corrected_and_proved(run: Run, project: Path) -> None:
    quote = harvested(run, project, "glossary:\n  Awesome Ferry: Orsen Ferry\n")
    assert (quote["said"], quote["shown"]) == (SAID, SHOWN)
    assert [edit["kind"] for edit in quote["edits"]] == ["glossary"]
    assert run("library", "verify").code == 0


def test_a_correction_that_no_glossary_has_is_not_proved(run: Run, project: Path) -> None:
    harvested(run, project, "glossary:\n  Awesome Ferry: Orsen Ferry\n")
    (project / "config.yaml").write_text("glossary: {}\n", "utf-8")
    ran = run("library", "verify")
    assert (ran.code, "not in the glossary" in ran.out) == (1, True)


def test_parts_of_words_and_lost_meanings_are_left_alone(run: Run, project: Path) -> None:
    for glossary in ("  every: each\n", "  warm for: cold\n  own Awesome: own\n"):
        quote = harvested(run, project, f"glossary:\n{glossary}")
        assert "everyone" in quote["shown"]
        assert run("library", "verify").code == 0
