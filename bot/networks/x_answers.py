"""X's answers as they must be: one of another shape makes no sense, whatever is in it.

What X may leave out, or give as null, has a default; what nobody reads is not looked at.
"""

from typing import Annotated, TypeVar

import msgspec
import requests
from msgspec import Meta, Struct

from bot.networks.x_errors import senseless

Number = Annotated[str, Meta(pattern=r"^[0-9]{1,20}\Z")]  # https://docs.x.com/fundamentals/x-ids
_Shape = TypeVar("_Shape")


class Named(Struct):
    """What was made, by its number; ``expires_after_secs`` is how long an upload lives."""

    id: Number
    expires_after_secs: int | float | None = None


class Person(Struct):
    """Who is signed in."""

    id: Number
    username: str


class Link(Struct):
    """A short link in a post, and where it leads."""

    url: str | None = None
    expanded_url: str | None = None
    media_key: str | None = None


class _Entities(Struct):
    urls: list[Link] | None = None


class _Attachments(Struct):
    media_keys: list[str] | None = None


class Post(Struct):
    """A post on a page of them."""

    id: Number
    text: str = ""
    entities: _Entities | None = None
    attachments: _Attachments | None = None

    @property
    def links(self) -> list[Link]:
        """The links in its text."""
        return (self.entities and self.entities.urls) or []

    @property
    def pictures(self) -> list[str]:
        """The keys of its pictures."""
        return (self.attachments and self.attachments.media_keys) or []


class Picture(Struct):
    """A picture that posts of a page show, and its words."""

    media_key: str = ""
    alt_text: str | None = None


class _Includes(Struct):
    media: list[Picture] | None = None


class _Meta(Struct):
    next_token: str | None = None


class Page(Struct):
    """A page of posts, the newest first; an empty one has ``meta`` that counts none."""

    data: list[Post] | None = None
    includes: _Includes | None = None
    meta: _Meta | None = None

    def __post_init__(self) -> None:
        """Refuse an answer without posts that is no page: it does not say that there are none."""
        if self.data is None and self.meta is None:
            raise ValueError("neither posts nor their count")

    @property
    def words(self) -> dict[str, str]:
        """The words of its pictures by their keys."""
        media = (self.includes and self.includes.media) or []
        return {one.media_key: one.alt_text or "" for one in media}

    @property
    def following(self) -> str:
        """What leads to the page after it; empty on the last."""
        return (self.meta and self.meta.next_token) or ""


class About(Struct):
    """An answer about one thing that was made."""

    data: Named


class Me(Struct):
    """The answer about who is signed in."""

    data: Person


def read(response: requests.Response, shape: type[_Shape], *, posting: bool = False) -> _Shape:
    """An answer in its shape; ``Unclear`` of a post, else ``NotNow``, where it has another."""
    try:
        return msgspec.json.decode(response.content, type=shape)
    except msgspec.ValidationError as error:
        raise senseless("gave an answer that makes no sense", posting=posting) from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise senseless("gave an answer that cannot be read", posting=posting) from error
