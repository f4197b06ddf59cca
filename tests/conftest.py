"""What the tests share: the sample talk, real files when there are some, a folder of one's own."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "assets/sample/small-libraries.txt"


@pytest.fixture(scope="session")
def sample() -> Path:
    """The talk that ships with the project."""
    return SAMPLE


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real transcripts, named by PULLQUOTE_SAMPLES."""
    folder = os.environ.get("PULLQUOTE_SAMPLES")
    if not folder:
        pytest.skip("PULLQUOTE_SAMPLES names no folder of real transcripts")
    return Path(folder)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test works in an empty folder, without settings from outside."""
    for variable in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
        if variable != "PULLQUOTE_SAMPLES":
            monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Say what was skipped and why, before the last line."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted({str(report.longrepr[2]) for report in skipped})
    for reason in reasons:
        terminalreporter.write_line(f"skipped: {reason}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Under CI a skipped test is a failure: what is not run is not proved."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr}"
