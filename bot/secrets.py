"""Secrets of accounts: the environment over the system's keyring over a file nobody else reads.

A secret is known by its account's label and its name: ``PULLQUOTE_SECRET_MAIN_TOKEN`` is the
``TOKEN`` of the account ``main``. What is stored is in the keyring where the machine has one, else
in ``pullquote/secrets.json`` in the person's folder for settings, which only they may read.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import ConfigError
from bot.whole import part_of

if TYPE_CHECKING:
    from types import ModuleType

PREFIX = "PULLQUOTE_SECRET_"
_SERVICE = "pullquote"
_OTHERS = 0o077  # what anybody but the owner may do with a file


class Secrets(dict[str, str]):
    """Secrets by their names; shown, only the names are told."""

    def __repr__(self) -> str:
        return f"<secrets: {', '.join(sorted(self)) or 'none'}>"

    __str__ = __repr__


def read(label: str) -> Secrets:
    """An account's secrets; raises ConfigError where they are but cannot be read."""
    stored = _from_keyring(label)
    if stored is None:
        stored = _file_read().get(label, {})
    return Secrets({**stored, **_from_environment(label)})


def places(label: str) -> dict[str, str]:
    """Where each secret of an account is by its name; raises ConfigError as ``read`` does."""
    stored, where = _from_keyring(label), "keyring"
    if stored is None:
        stored, where = _file_read().get(label, {}), "file"
    return {
        **dict.fromkeys(stored, where),
        **dict.fromkeys(_from_environment(label), "environment"),
    }


def kept_in() -> str:
    """What ``keep`` writes into: the keyring by its name, or the file by its path."""
    ring = _keyring()
    return str(ring.get_keyring().name) if ring else str(_path())


def keep(label: str, new: Mapping[str, str]) -> str:
    """Store secrets beside or over those that are there; where that is, for people."""
    ring = _keyring()
    if ring:
        with _told(ring):
            kept = {**(_from_keyring(label) or {}), **new}
            ring.set_password(_SERVICE, label, json.dumps(kept))
        return "the system's keyring"
    with _locked() as path:
        everything = _file_read()
        _file_write(path, {**everything, label: {**everything.get(label, {}), **new}})
    return str(path)


def forget(label: str) -> None:
    """Store nothing of an account any more; what the environment has stays there."""
    ring = _keyring()
    if ring:
        with _told(ring), suppress(ring.errors.PasswordDeleteError):
            ring.delete_password(_SERVICE, label)
    if _path().exists():
        with _locked() as path:
            _file_write(path, {name: its for name, its in _file_read().items() if name != label})


def variable(label: str, name: str) -> str:
    """The environment's name of a secret."""
    return PREFIX + re.sub(r"\W", "_", f"{label}_{name}").upper()


def _from_environment(label: str) -> dict[str, str]:
    start = variable(label, "")
    return {
        name.removeprefix(start): os.environ[name] for name in os.environ if name.startswith(start)
    }


def _from_keyring(label: str) -> dict[str, str] | None:
    """What the keyring has; None without a keyring, or when it knows nothing of the account."""
    ring = _keyring()
    if not ring:
        return None
    with _told(ring):
        kept = ring.get_password(_SERVICE, label)
    try:
        return _checked(json.loads(kept)) if kept else None
    except (ValueError, AttributeError, RecursionError):
        reason, remedy = "holds no secrets of ours there", "remove that entry, and sign in anew"
        raise ConfigError(f"keyring, {_SERVICE} {label}", reason, remedy=remedy) from None


def _keyring() -> "ModuleType | Any | None":
    """The package ``keyring`` where it is installed and leads to a real one."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    return keyring if keyring.get_keyring().priority > 0 else None


@contextmanager
def _told(ring: Any) -> Iterator[None]:
    try:
        yield
    except ring.errors.KeyringError as error:
        remedy = f"unlock it, or set {PREFIX}LABEL_NAME in the environment"
        raise ConfigError(
            "the system's keyring", f"gives nothing: {error}", remedy=remedy
        ) from error


def _path() -> Path:
    """The file of secrets: https://specifications.freedesktop.org/basedir-spec/latest/"""
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "pullquote/secrets.json"


def _file_read() -> dict[str, dict[str, str]]:
    path = _path()
    try:
        mode = path.stat().st_mode
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from error
    if os.name == "posix" and mode & _OTHERS:
        reason = f"may be read by others (its mode is {mode & 0o777:o})"
        raise ConfigError(path, reason, remedy=f"chmod 600 '{path}', and sign in anew if they did")
    try:
        return {str(label): _checked(its) for label, its in json.loads(raw).items()}
    except (ValueError, AttributeError, RecursionError):
        remedy = "remove it, and sign in anew"
        raise ConfigError(path, "is no file of secrets", remedy=remedy) from None  # holds secrets


def _checked(kept: Any) -> dict[str, str]:
    return {str(name): str(secret) for name, secret in kept.items()}


@contextmanager
def _locked() -> Iterator[Path]:
    """The file's path, to one process at a time; its folder is made."""
    path = _path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (path.parent / "secrets.lock").open("w") as lock:
            with suppress(ImportError):  # there is none on Windows
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX)
            yield path
    except OSError as error:
        raise ConfigError(path, f"cannot be written: {error.strerror}") from error


def _file_write(path: Path, everything: Mapping[str, Mapping[str, str]]) -> None:
    """Whole or not at all, and never readable by others."""
    part = part_of(path)
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(everything, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
