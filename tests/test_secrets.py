"""Where secrets of accounts are: the environment, a keyring, a file that nobody else reads."""

import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from bot import secrets
from bot.errors import ConfigError
from bot.networks import Door


class Ring(KeyringBackend):
    """A keyring in memory; locked, it gives nothing."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("is locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not there")


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def file() -> Path:
    return Path(os.environ["XDG_CONFIG_HOME"]) / "pullquote/secrets.json"


def test_without_a_keyring_a_file_has_them() -> None:
    assert secrets.read("main") == {}
    assert secrets.keep("main", {"TOKEN": "one"}) == str(file())
    secrets.keep("main", {"SESSION": "two"})
    secrets.keep("other", {"TOKEN": "three"})
    assert secrets.read("main") == {"TOKEN": "one", "SESSION": "two"}
    secrets.forget("main")
    assert (secrets.read("main"), secrets.read("other")) == ({}, {"TOKEN": "three"})


def test_nobody_else_reads_the_file() -> None:
    secrets.keep("main", {"TOKEN": "one"})
    assert stat.S_IMODE(file().stat().st_mode) == 0o600
    assert stat.S_IMODE(file().parent.stat().st_mode) == 0o700
    assert {path.name for path in file().parent.iterdir()} == {"secrets.json", "secrets.lock"}


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_read_is_refused(mode: int) -> None:
    secrets.keep("main", {"TOKEN": "one"})
    file().chmod(mode)
    with pytest.raises(ConfigError, match=f"mode is {mode:o}.*chmod 600"):
        secrets.read("main")


NO_SECRETS = [b"", b"[]", b'{"main": 3}', b'{"main": "hunter2', b"\xff\xfe", b"[" * 100_000]


@pytest.mark.parametrize("raw", NO_SECRETS)
def test_what_is_no_file_of_secrets_is_refused_unread(raw: bytes) -> None:
    secrets.keep("main", {"TOKEN": "one"})
    file().write_bytes(raw)
    with pytest.raises(ConfigError) as told:
        secrets.read("main")
    assert "hunter2" not in str(told.value) and told.value.__suppress_context__


def test_a_keyring_is_used_where_there_is_one(ring: Ring) -> None:
    assert secrets.keep("main", {"TOKEN": "one"}) == "the system's keyring"
    secrets.keep("main", {"SESSION": "two"})
    assert json.loads(ring.kept["pullquote", "main"]) == {"TOKEN": "one", "SESSION": "two"}
    assert secrets.read("main") == {"TOKEN": "one", "SESSION": "two"}
    assert not file().exists()
    secrets.forget("main")
    secrets.forget("main")
    assert secrets.read("main") == {}


@pytest.mark.parametrize("kept", ["hunter2", "[1]", "[" * 9999])
def test_an_entry_that_is_not_ours_is_refused_unread(ring: Ring, kept: str) -> None:
    ring.kept["pullquote", "main"] = kept
    with pytest.raises(ConfigError, match=r"keyring, pullquote main: .* remove that entry") as told:
        secrets.read("main")
    assert "hunter2" not in str(told.value) and told.value.__suppress_context__


def test_a_locked_keyring_says_so(ring: Ring) -> None:
    ring.locked = True
    with pytest.raises(ConfigError, match="unlock it"):
        secrets.read("main")


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets.keep("team-news", {"TOKEN": "kept", "SESSION": "kept"})
    monkeypatch.setenv("PULLQUOTE_SECRET_TEAM_NEWS_TOKEN", "given")
    assert secrets.read("team-news") == {"TOKEN": "given", "SESSION": "kept"}
    assert secrets.variable("team-news", "TOKEN") == "PULLQUOTE_SECRET_TEAM_NEWS_TOKEN"


def test_secrets_are_never_shown() -> None:
    secrets.keep("main", {"TOKEN": "hunter2"})
    found = secrets.read("main")
    assert "hunter2" not in f"{found} {found!r} {[found]} {Door(found)!r}"
    assert "TOKEN" in repr(found)


def test_two_who_keep_at_once_lose_nothing() -> None:
    keeping = [
        threading.Thread(target=secrets.keep, args=(f"account{number}", {"TOKEN": str(number)}))
        for number in range(12)
    ]
    for thread in keeping:
        thread.start()
    for thread in keeping:
        thread.join()
    assert len(json.loads(file().read_text())) == 12
