"""The recording of a talk on this machine: its own file, below the project's folder."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.config import Project
from bot.model import Talk

_ALSO = {".opus": "audio/ogg", ".m4a": "audio/mp4", ".m4b": "audio/mp4", ".mka": "audio/x-matroska"}


@dataclass(frozen=True, slots=True)
class Recording:
    """A file of sound or moving pictures, and how browsers know it."""

    path: Path
    media_type: str

    @property
    def kind(self) -> Literal["audio", "video"]:
        """The element that plays it."""
        return "video" if self.media_type.startswith("video/") else "audio"


def recording_of(project: Project, talk: Talk) -> Recording | None:
    """The talk's recording; None where it is an address, lies elsewhere or is no recording."""
    if not talk.media or "://" in talk.media or "\0" in talk.media:
        return None
    try:
        folder = project.folder.resolve()
        path = (folder / talk.media).resolve()
        found = path.is_relative_to(folder) and path.is_file()
    except (OSError, RuntimeError):  # a name too long, links that go round
        return None
    kind = _ALSO.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or ""
    known = kind.startswith(("audio/", "video/"))
    return Recording(path, kind) if found and known else None
