"""Preview: a folder instead of a network, with a page of what would have gone out."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import msgspec

from bot.networks.base import Door, Kind, Network, NotNow, Prepared
from bot.post import (
    Absent,
    Found,
    Identity,
    Image,
    Limits,
    Outgoing,
    Receipt,
    Reconciled,
    Seen,
)
from bot.whole import write_whole

LIMITS = Limits(counting="plain", most=500)
PAGE = "index.html"
_OLDEST = 2000  # year
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: light-dark(#666, #aaa) }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 34rem; padding: 0 1rem }
article { border: 1px solid var(--line); border-radius: 12px; margin: 0 0 1.5rem; overflow: hidden }
header, p, details { margin: 0; padding: .75rem 1rem }
header, details { color: var(--quiet); font-size: .875rem }
p { padding-top: 0; white-space: pre-wrap; overflow-wrap: anywhere }
img { display: block; width: 100%; height: auto }
"""


class _Account(msgspec.Struct, frozen=True):
    """The file ``account.json``: an id that moves with the folder."""

    id: str


class _Post(msgspec.Struct, frozen=True):
    """The file of a post; ``alts`` has a text for each of ``pictures``."""

    network: str
    account: str
    quote: str
    at: datetime
    text: str
    counted: int
    language: str | None
    warning: str | None
    pictures: list[str]
    alts: list[str]

    def __post_init__(self) -> None:
        """``ValueError`` for what no post of ours is."""
        if len(self.pictures) != len(self.alts) or not self.at.tzinfo or self.at.year < _OLDEST:
            raise ValueError


_Told = TypeVar("_Told", _Account, _Post)


class Preview:
    """Posts as files of a folder: for each its words as JSON, its pictures beside it."""

    keyed = True  # a post's file is named after its key

    def __init__(self, folder: Path, limits: Limits = LIMITS) -> None:
        self._folder, self._limits = folder, limits

    def whoami(self) -> Identity:
        """The folder, by an id that lies in it and moves with it."""
        known = self._folder / "account.json"
        if not known.exists():
            self._write("account.json", msgspec.json.encode(_Account(uuid4().hex)))
        name = self._read(known, _Account).id
        return Identity(name, self._folder.name, (self._folder / PAGE).absolute().as_uri())

    def limits(self) -> Limits:
        """Those of the network it stands for, or roomy ones."""
        return self._limits

    def prepare(self, post: Outgoing, known: Prepared) -> Prepared:
        """Write the pictures."""
        names = [_picture_name(post, place, one) for place, one in enumerate(post.images, 1)]
        for name, image in zip(names, post.images, strict=True):
            self._write(name, image.data)
        return {"pictures": names}

    def publish(self, post: Outgoing, prepared: Prepared) -> Receipt:
        """Write the post, and the page anew."""
        key, words, name = post.key, post.words, _name(post)
        about = (key.network, key.account, key.quote, post.at, words.text, words.counted)
        pictures, alts = list(prepared["pictures"]), [one.alt for one in post.images]
        told = _Post(*about, post.language, post.warning, pictures, alts)
        self._write(f"{name}.json", msgspec.json.format(msgspec.json.encode(told), indent=1))
        self._write(PAGE, _page(self._posts()).encode())
        return Receipt(name, f"{(self._folder / PAGE).absolute().as_uri()}#{name}", post.at)

    def reconcile(self, post: Outgoing, prepared: Prepared) -> Reconciled:
        """Look for its file."""
        name = _name(post)
        if not (self._folder / f"{name}.json").exists():
            return Absent()
        return Found(Receipt(name, None, post.at))

    def timeline(self, after: str | None = None) -> Iterator[Seen]:
        """What lies in the folder, the newest first."""
        for name, told in self._posts():
            if name == after:
                return
            yield Seen(name, told.at, told.text, alts=tuple(told.alts))

    def delete(self, remote_id: str) -> None:
        """Remove the post's file; its pictures stay."""
        (self._folder / f"{remote_id}.json").unlink(missing_ok=True)
        self._write(PAGE, _page(self._posts()).encode())

    def clear(self) -> None:
        """Remove the posts and pictures that lie there, and nothing else."""
        for path in self._folder.glob("post-*"):
            path.unlink()
        if self._folder.exists():
            self._write(PAGE, _page([]).encode())

    def _posts(self) -> list[tuple[str, _Post]]:
        files = self._folder.glob("post-*.json")
        found = [(path.stem, self._read(path, _Post)) for path in files]
        return sorted(found, key=lambda one: (one[1].at, one[0]), reverse=True)

    def _read(self, path: Path, kind: type[_Told]) -> _Told:
        """What a file of ours says; ``NotNow`` for any other, as a post may be lost in it."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=kind)
        except (OSError, ValueError, RecursionError) as error:
            remedy = "bring it back from a copy, or remove it"
            reason = "is damaged, or no file of the preview"
            raise NotNow(reason, place=str(path), remedy=remedy) from error

    def _write(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all."""
        try:
            write_whole({self._folder / name: data})
        except OSError as error:
            remedy = "check the folder, its rights and the disk"
            reason = f"cannot be written: {error.strerror}"
            raise NotNow(reason, place=str(self._folder / name), remedy=remedy) from error


def _name(post: Outgoing) -> str:
    key = post.key
    return f"post-{key.quote}-{key.occasion}-{key.network}"


def _picture_name(post: Outgoing, place: int, image: Image) -> str:
    return f"{_name(post)}-{place}.{_ENDINGS.get(image.mime, 'bin')}"


def _page(posts: Sequence[tuple[str, _Post]]) -> str:
    in_order = reversed(posts)  # as they would be met
    told = "\n".join(_article(name, post) for name, post in in_order) or "<p>Nothing yet.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        "<title>What would have gone out</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style><h1>What would have gone out</h1>\n{told}\n</html>\n"
    )


def _article(name: str, post: _Post) -> str:
    pictures = "".join(
        f'<img src="{escape(src)}" alt="{escape(alt)}">'
        for src, alt in zip(post.pictures, post.alts, strict=True)
    )
    alts = "".join(
        f"<details><summary>Alt text</summary>{escape(alt)}</details>" for alt in post.alts
    )
    when = f"{post.at.astimezone(UTC):%a %Y-%m-%d %H:%M} UTC"
    head = escape(" · ".join((post.network, when, f"{post.counted} characters")))
    warning = f"<p><strong>{escape(post.warning)}</strong></p>" if post.warning else ""
    words = f"<p>{escape(post.text)}</p>"
    inner = f"<header>{head}</header>{warning}{words}{pictures}{alts}"
    return f'<article id="{escape(name)}">{inner}</article>'


def _open(door: Door) -> Network:
    return Preview(door.folder / (door.server or "preview"))


KIND = Kind(name="preview", title="Preview folder", limits=LIMITS, open=_open)
