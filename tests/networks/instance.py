"""An instance of Mastodon that gives whatever a test wants."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.networks import Door
from bot.networks.mastodon_account import MastodonAccount
from tests.serving import Served, serving


@dataclass
class Instance:
    """An instance that says what a test wants: its posts, its pictures."""

    served: Served
    posts: list[dict[str, object]] = field(default_factory=list)

    def add(self, at: datetime, text: str = "by hand", media: str = "") -> None:
        """A post, older than those before."""
        attached = [{"id": media, "type": "image", "description": ""}] if media else []
        self.posts.append(
            {
                "id": str(1_000_000 - len(self.posts)),
                "created_at": at.isoformat(),
                "content": f"<p>{text}</p>",
                "url": "https://a.ex/1",
                "media_attachments": attached,
            }
        )

    def serve(self) -> None:
        """Answer what accounts ask."""
        me = {"id": "5", "username": "ann", "url": "https://a.ex/@ann"}
        self.served.put("/api/v1/accounts/verify_credentials", json.dumps(me))
        self.served.put("/api/v2/instance/", json.dumps({"domain": "a.ex"}))
        common = "/api/v1/accounts/5/statuses?exclude_replies=1&exclude_reblogs=1"
        for start in (*range(0, len(self.posts), 40), len(self.posts)):
            below = f"&max_id={self.posts[start - 1]['id']}" if start else ""
            page = json.dumps(self.posts[start : start + 40])
            self.served.put(f"{common}{below}&limit=40", page)

    def open(self) -> MastodonAccount:
        """An account of it."""
        self.serve()
        return MastodonAccount(Door({"TOKEN": "t"}, timeout_s=2), self.served.url)


@pytest.fixture
def instance() -> Iterator[Instance]:
    with serving() as served:
        yield Instance(served)
