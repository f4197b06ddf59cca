"""An instance's answers as they must be: one of another shape makes no sense, whatever is in it.

What an instance may leave out, or give as null, has a default; what nobody reads is not looked at.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, field

from bot.networks.base import NotNow

_Id = str | int
_Most = Annotated[int, Meta(gt=0)]
_Shape = TypeVar("_Shape")


class _Words(Struct):
    max_characters: _Most | None = None
    characters_reserved_per_url: _Most | None = None
    max_media_attachments: _Most | None = None


class _Pictures(Struct):
    supported_mime_types: list[str] | None = None
    image_size_limit: _Most | None = None
    image_matrix_limit: _Most | None = None
    description_limit: _Most | None = None


class _Rules(Struct):
    statuses: _Words | None = None
    media_attachments: _Pictures | None = None


class Instance(Struct):
    """What an instance says of itself: https://docs.joinmastodon.org/entities/Instance/"""

    domain: str | None = None
    configuration: _Rules | None = None

    @property
    def words(self) -> _Words:
        """What it has set for words."""
        return (self.configuration and self.configuration.statuses) or _Words()

    @property
    def pictures(self) -> _Pictures:
        """What it has set for pictures."""
        return (self.configuration and self.configuration.media_attachments) or _Pictures()


class Me(Struct):
    """Who is signed in: https://docs.joinmastodon.org/entities/Account/"""

    id: _Id
    username: str
    url: str | None = None


class Media(Struct):
    """A picture: https://docs.joinmastodon.org/entities/MediaAttachment/"""

    id: _Id
    description: str | None = None


class Status(Struct):
    """A post: https://docs.joinmastodon.org/entities/Status/"""

    id: _Id
    created_at: Annotated[datetime, Meta(tz=True)]
    content: str = ""
    url: str | None = None
    media_attachments: list[Media] = field(default_factory=list)

    @property
    def alts(self) -> tuple[str, ...]:
        """The words of its pictures."""
        return tuple(one.description or "" for one in self.media_attachments)

    def __post_init__(self) -> None:
        """Keep the time in UTC, where it is one of any calendar."""
        try:
            self.created_at = self.created_at.astimezone(UTC)
        except OverflowError as error:
            raise ValueError("a time of no calendar") from error


def shaped(answer: Any, shape: type[_Shape], place: str) -> _Shape:
    """An answer in its shape; ``NotNow`` where it has another."""
    try:
        return msgspec.convert(answer, shape)
    except (msgspec.ValidationError, UnicodeEncodeError, RecursionError) as error:
        raise NotNow("gave an answer that makes no sense", place=place) from error
