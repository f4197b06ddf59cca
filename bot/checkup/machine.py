"""The machine: its clock, what it knows of time zones, its disks."""

import os
import shutil
import tempfile
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot import assets
from bot.checkup.base import Check, Scene
from bot.errors import BotError
from bot.publishing.worker import check_clock
from bot.store import open_store
from bot.store.connecting import file_of, url_of

SUBJECT = "machine"
_LEAST_FREE_MB = 50
_LAST_YEAR = 2100
_SET = "set it: timedatectl set-ntp true"
_SUMMERS = (("Europe/Berlin", 1, 2), ("Asia/Tokyo", 9, 9))  # hours from UTC in January, in July


def checks(scene: Scene) -> Iterator[Check]:
    """Whether times would come out right, and files could be written."""
    yield _clock(scene)
    yield _zones(scene)
    for name, folder in _folders(scene):
        yield _disk(name, folder)


def _clock(scene: Scene) -> Check:
    told = f"{scene.now:%Y-%m-%d %H:%M:%S} UTC"
    installed = datetime.fromtimestamp(Path(assets.__file__).stat().st_mtime, UTC)
    if scene.now < installed - timedelta(days=1):
        found = f"{told}, before this program was installed ({installed:%Y-%m-%d})"
        return Check(SUBJECT, "clock", False, found, _SET)
    if scene.now.year >= _LAST_YEAR:
        return Check(SUBJECT, "clock", False, f"{told}, far ahead", _SET)
    if scene.is_current and scene.place:
        try:
            with open_store(scene.place, create=False) as store, store.read() as connection:
                check_clock(connection, scene.now)
        except BotError as error:
            return Check(SUBJECT, "clock", False, error.reason, _SET)
    return Check(SUBJECT, "clock", True, told)


def _zones(scene: Scene) -> Check:
    wanted = [scene.project.config.schedule.zone]
    wanted += [one.zone for one in scene.project.config.accounts.values() if one.zone]
    unknown = [name for name in dict.fromkeys(wanted) if not _is_zone(name)]
    if unknown:
        found = f"no zone {', '.join(unknown)} in {_source()}"
        remedy = "write a name as Europe/Berlin, or pip install --upgrade tzdata"
        return Check(SUBJECT, "time zones", False, found, remedy)
    wrong = [name for name, *hours in _SUMMERS if _hours(name) != hours]
    if wrong:
        found = f"{_source()} has {', '.join(wrong)} wrong"
        return Check(SUBJECT, "time zones", False, found, "install the system's tzdata again")
    return Check(SUBJECT, "time zones", True, f"{_source()}: {', '.join(dict.fromkeys(wanted))}")


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _hours(name: str) -> list[float]:
    if not _is_zone(name):
        return []
    zone = zoneinfo.ZoneInfo(name)
    offsets = (datetime(2026, month, 15, 12, tzinfo=zone).utcoffset() for month in (1, 7))
    return [offset.total_seconds() / 3600 for offset in offsets if offset is not None]


def _source() -> str:
    """Where zones come from, the system's first as Python does, and of which release."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "Europe/Berlin").is_file():
            return f"the system's {_release(folder)}".strip()
    try:
        return f"the package tzdata {version('tzdata')}"
    except PackageNotFoundError:
        return "nothing (neither the system's zones nor the package tzdata)"


def _release(folder: Path) -> str:
    """The release of a system's zones, https://data.iana.org/time-zones/tz-link.html"""
    source = folder / "tzdata.zi"
    if not source.is_file():
        return "zones"
    with source.open(encoding="utf-8") as lines:
        return lines.readline().strip().removeprefix("# version ")


def _folders(scene: Scene) -> Iterator[tuple[str, Path]]:
    """The folders that are written to, by what for."""
    project = scene.project
    path = file_of(url_of(scene.place)) if scene.place else None
    if path:
        yield "library disk", path.parent
    yield "cards disk", project.folder / project.config.card.out
    yield "temporary", Path(tempfile.gettempdir())


def _disk(name: str, folder: Path) -> Check:
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not existing.is_dir():
        return Check(SUBJECT, name, False, f"{existing} is no folder", "name another folder")
    free_mb = shutil.disk_usage(existing).free // 1_000_000
    told = f"{free_mb:,} MB free at {existing}"
    if not os.access(existing, os.W_OK):
        remedy = "let this user write there, or name another folder"
        return Check(SUBJECT, name, False, f"{existing} cannot be written", remedy)
    if free_mb < _LEAST_FREE_MB:
        return Check(SUBJECT, name, False, told, "make room: `card.cache_mb` bounds kept cards")
    return Check(SUBJECT, name, True, told)
