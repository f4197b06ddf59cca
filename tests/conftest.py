"""What the tests share: the sample talk, real files when there are some, a folder of one's own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import postgres

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
    outside = tmp_path.parent / f"{tmp_path.name}-settings"  # where a person's secrets are
    monkeypatch.setenv("XDG_CONFIG_HOME", str(outside))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pytest_configure(config: pytest.Config) -> None:
    """Name our marks."""
    config.addinivalue_line("markers", "about_the_file: looks into the file of a SQLite library")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What needs a library runs on both databases, unless it is about the file of one."""
    if "backend" in metafunc.fixturenames:
        about_the_file = metafunc.definition.get_closest_marker("about_the_file")
        metafunc.parametrize("backend", ["sqlite"] if about_the_file else ["sqlite", "postgresql"])


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server, one for each worker."""
    with postgres.server() as running:
        yield running


NewPlace = Callable[..., str]


@pytest.fixture
def new_place(backend: str, request: pytest.FixtureRequest) -> Iterator[NewPlace]:
    """Makes addresses of empty libraries, in memory or on the server.

    ``alone``: those made before are done with, as each example of a property has its own.
    """
    if backend == "sqlite":
        yield lambda **_: "sqlite://"
        return
    server, made = request.getfixturevalue("server"), []

    def new(*, alone: bool = False) -> str:
        while alone and made:
            server.give_back(made.pop())
        made.append(server.library())
        return str(made[-1])

    yield new
    for database in made:
        server.give_back(database)


@pytest.fixture
def database(server: postgres.Server) -> Iterator[str]:
    """The address of an empty database on the server."""
    made = server.create()
    yield str(made)
    server.drop(made)


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
