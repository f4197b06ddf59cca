"""X through tweepy, with what it lacks: a time-out, pictures and alt text of version 2, an address.

Requests are signed for an account by OAuth 1.0a, whose tokens do not expire. Every method raises
the errors of ``base.py``.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import requests
import tweepy
from tweepy.auth import OAuth1UserHandler

from bot.networks.base import Refused
from bot.networks.x_answers import About, Me, Named, Page, Person, read
from bot.networks.x_errors import lost, refused

SERVER = "https://api.x.com"
POSTS = "/2/tweets"
_FIELDS = "attachments,created_at,entities,text"


class Client(tweepy.Client):  # type: ignore[misc]  # tweepy has no types
    """One account; ``now`` is what times of limits are compared with."""

    def __init__(
        self,
        secrets: Mapping[str, str],
        server: str | None,
        timeout_s: float,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(
            consumer_key=secrets.get("API_KEY", ""),
            consumer_secret=secrets.get("API_SECRET", ""),
            access_token=secrets.get("ACCESS_TOKEN", ""),
            access_token_secret=secrets.get("ACCESS_SECRET", ""),
            return_type=requests.Response,
            wait_on_rate_limit=False,  # it would sleep within a lease
        )
        self.server = (server or SERVER).rstrip("/")
        self.timeout_s, self.now = timeout_s, now
        # A kept connection that X closed meanwhile would leave a post unclear for nothing.
        self.session.headers["Connection"] = "close"
        self._fields = "post.fields"

    def request(
        self,
        method: str,
        route: str,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        user_auth: bool = True,
        **body: Any,
    ) -> requests.Response:
        """Ask, and give an answer of 2xx; tweepy's own would raise errors of its own."""
        posting = (method, route) == ("POST", POSTS)
        signed = OAuth1UserHandler(
            self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret
        ).apply_auth()
        try:
            response = self.session.request(
                method,
                self.server + route,
                params=params,
                json=json,
                auth=signed,
                headers={"User-Agent": self.user_agent},
                timeout=self.timeout_s,
                allow_redirects=False,
                **body,
            )
        except requests.RequestException as error:
            raise lost(error, posting=posting) from error
        if response.ok and response.status_code < 300:
            return response  # type: ignore[no-any-return]
        raise refused(response, posting=posting, now=self.now())

    def me(self) -> Person:
        """Id and username. https://docs.x.com/x-api/users/get-my-user."""
        return read(self.get_me(user_auth=True), Me).data

    def upload(self, name: str, picture: bytes, mime: str) -> Named:
        """A picture in one piece; it lives a day. https://docs.x.com/x-api/media/upload-media."""
        sent = {"media": (name, picture, mime)}
        asked = {"media_category": "tweet_image"}
        return read(self.request("POST", "/2/media/upload", data=asked, files=sent), About).data

    def describe(self, media: str, alt: str) -> None:
        """The words of a picture. https://docs.x.com/x-api/media/create-media-metadata."""
        words = {"id": media, "metadata": {"alt_text": {"text": alt}}}
        self.request("POST", "/2/media/metadata", json=words)

    def post(self, text: str, media: list[str]) -> tuple[str, requests.Response]:
        """A post: its number, and the answer. https://docs.x.com/x-api/posts/create-post."""
        answer = self.create_tweet(text=text, media_ids=media or None, user_auth=True)
        return read(answer, About, posting=True).data.id, answer

    def posts(self, account: str, most: int, **since: str) -> Page:
        """A page of its own posts, newest first. https://docs.x.com/x-api/users/get-posts.

        X's specification calls the fields of a post ``post.fields``, its pages still
        ``tweet.fields``: what it does not know, X refuses by name.
        """
        asked = {
            "max_results": most,
            "exclude": "replies,retweets",
            "expansions": "attachments.media_keys",
            "media.fields": "alt_text",
            **since,
        }
        route = f"/2/users/{account}/tweets"
        try:
            return read(self.request("GET", route, {**asked, self._fields: _FIELDS}), Page)
        except Refused as error:
            if self._fields not in error.reason or self._fields == "tweet.fields":
                raise
        self._fields = "tweet.fields"
        return read(self.request("GET", route, {**asked, self._fields: _FIELDS}), Page)

    def take_down(self, post: str) -> None:
        """A post comes down. https://docs.x.com/x-api/posts/delete-post."""
        self.delete_tweet(post, user_auth=True)
