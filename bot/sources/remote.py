"""Buckets and other file systems through fsspec (the extra ``remote``; ``s3`` brings it).

https://filesystem-spec.readthedocs.io says how each is signed in to: by the environment and the
files of its own tools, never by anything that is written here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from bot.errors import BotError, InputError, NetworkError, TranscriptError, UsageError
from bot.sources.patterns import is_pattern

_PACKAGES = {"s3": "'pullquote[s3]'", "s3a": "'pullquote[s3]'"}
_OTHERS = "'pullquote[remote]' and the package of that file system"


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what a file system raises into an error with the place; each has errors of its own."""
    try:
        yield
    except BotError:
        raise
    except FileNotFoundError as error:
        raise TranscriptError(place, "there is no such file", remedy="check the address") from error
    except ImportError as error:
        scheme = place.partition("://")[0].lower()
        reason = f"needs a package to be read ({error})"
        remedy = f"pip install {_PACKAGES.get(scheme, _OTHERS)}"
        raise InputError(" ".join(reason.split()), place=place, remedy=remedy) from error
    except Exception as error:
        reason = f"cannot be read: {error or type(error).__name__}"
        remedy = "check the address, the connection and the sign-in of its tools"
        raise NetworkError(reason, place=place, remedy=remedy) from error


def opened(place: str) -> IO[bytes]:
    """A file of a file system, to be read; ``NetworkError``, ``TranscriptError``."""
    with told(place):
        system, path = system_of(place)
        file: IO[bytes] = system.open(path, "rb")
        return file


def read(place: str, most: int) -> bytes:
    """The bytes of a file, or one more than ``most`` of them."""
    with opened(place) as file, told(place):
        return file.read(most + 1)


def system_of(place: str) -> tuple[Any, str]:
    """The file system of an address, listings never kept, and the path there."""
    from fsspec.core import url_to_fs

    check(place)
    system, path = url_to_fs(place, use_listings_cache=False)
    return system, path


def check(place: str) -> None:
    """``UsageError`` for an address with a password, of this machine, or of every bucket."""
    scheme, _, rest = place.partition("://")
    if "@" in rest.partition("/")[0] and ":" in rest.partition("@")[0]:
        reason = f"an address of {scheme}:// with a password in it is not read"
        raise UsageError(reason, remedy="put it where the tools of that file system look for it")
    if "::" in place or scheme.lower() in ("file", "local"):
        remedy = "name files by their paths, archives as if they were folders"
        raise UsageError(f"{place} is no address of another file system", remedy=remedy)
    if is_pattern(rest.partition("/")[0]):
        raise UsageError(f"{place} names no bucket", remedy="write its name without marks")


def listed(place: str) -> list[tuple[str, bool]]:
    """The names in a folder, sorted, and whether each is a folder."""
    with told(place):
        system, path = system_of(place)
        rows = system.ls(path, detail=True)
    names = {}
    for row in rows:
        whole = str(row["name"]).rstrip("/")
        if whole.strip("/") != path.strip("/"):  # buckets list a folder's own mark
            names[whole.rpartition("/")[2]] = row["type"] == "directory"
    return sorted(names.items())


def is_folder(place: str) -> bool:
    """Whether there is a folder at an address."""
    with told(place):
        system, path = system_of(place)
        return bool(system.isdir(path))
