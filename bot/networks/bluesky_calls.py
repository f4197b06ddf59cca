"""Calls of a Bluesky server as one account, which is signed in when needed."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bot.networks.base import Door, SignedOut
from bot.networks.bluesky_failures import (
    EXPIRED,
    CallFailed,
    Failure,
    answered,
    lost,
    meaning,
    reset,
)

if TYPE_CHECKING:
    from atproto import Client

PUBLIC = "https://bsky.social"
_Call = Callable[["Client"], Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; ``error`` names an error that was expected."""

    body: Mapping[str, Any]
    error: str = ""
    rest_until: datetime | None = None


class Calls:
    """One account at its server. Every method raises the four errors of ``base``.

    ``gives`` names what an answer must have; errors named in ``expects`` are answers.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._own = _web_address(door.server)
        self._client: Client | None = None
        self._session: Any = None

    @property
    def did(self) -> str:
        """The permanent id of who is signed in."""
        self._signed_in()
        return str(self._session.did)

    @property
    def handle(self) -> str:
        """The handle of who is signed in, as of the sign-in."""
        self._signed_in()
        return str(self._session.handle)

    def get(
        self, method: str, gives: str, *, expects: Collection[str] = (), **params: Any
    ) -> Answer:
        """Ask a question."""

        def send(client: "Client") -> Any:
            return client.invoke_query(f"{method}?{urlencode(params)}")

        return self._call(send, gives, expects=expects)

    def post(
        self,
        method: str,
        body: Mapping[str, Any],
        gives: str = "",
        *,
        expects: Collection[str] = (),
        posting: bool = False,
    ) -> Answer:
        """Tell, in JSON as it is: the client's own types would drop what is null."""

        def send(client: "Client") -> Any:
            return client.invoke_procedure(method, json=body)

        return self._call(send, gives, expects=expects, posting=posting)

    def upload(self, data: bytes, mime: str) -> Mapping[str, Any]:
        """The blob of a picture: https://docs.bsky.app/docs/api/com-atproto-repo-upload-blob"""
        method, headers = "com.atproto.repo.uploadBlob", {"Content-Type": mime}

        def send(client: "Client") -> Any:
            return client.invoke_procedure(method, content=data, headers=headers)

        return dict(self._call(send, "blob").body["blob"])

    def _call(
        self, send: _Call, gives: str, *, expects: Collection[str] = (), posting: bool = False
    ) -> Answer:
        client = self._signed_in()
        try:
            try:
                return _sent(send, client, gives)
            except CallFailed as failed:
                if failed.failure.error not in EXPIRED:
                    raise
            return _sent(send, self._sign_in(), gives)
        except CallFailed as failed:
            if failed.failure.error in expects:
                return Answer({}, failed.failure.error)
            raise meaning(failed.failure, place=self.place, posting=posting) from failed

    @property
    def place(self) -> str:
        """Where errors say they happened."""
        return f"Bluesky, @{self._door.secrets.get('HANDLE') or '?'}"

    def _signed_in(self) -> "Client":
        if self._client is None:
            self._client = self._resumed() or self._sign_in()
        return self._client

    def _resumed(self) -> "Client | None":
        """Signed in by the session kept, unless it is another's, too old, or its server left."""
        mark, _, session = self._door.secrets.get("SESSION", "").partition(" ")
        if mark != self._mark:
            return None
        client = self._new()
        try:
            client.login(session_string=session, fetch_bsky_profile=False)  # asks nobody
        except ValueError:  # somebody wrote in it
            return None
        try:
            _sent(lambda one: one.invoke_query("com.atproto.server.getSession"), client, "did")
        except CallFailed as failed:
            if failed.failure.error in EXPIRED or not failed.failure.reached:
                return None
            raise meaning(failed.failure, place=self.place, posting=False) from failed
        return client

    def _sign_in(self) -> "Client":
        """https://docs.bsky.app/docs/api/com-atproto-server-create-session, 30 in 5 minutes."""
        handle, password = (self._door.secrets.get(name) for name in ("HANDLE", "APP_PASSWORD"))
        if not (handle and password):
            remedy = "`pullquote network login bluesky`"
            raise SignedOut("HANDLE or APP_PASSWORD is missing", place=self.place, remedy=remedy)
        client = self._new()
        try:
            _sent(lambda one: one.login(handle, password, fetch_bsky_profile=False), client)
        except CallFailed as failed:
            raise meaning(failed.failure, place=self.place, posting=False) from failed
        self._client = client
        return client

    def _new(self) -> "Client":
        import httpx
        from atproto import Client, Request, SessionEvent

        # No connection is kept: one that was open while the machine slept would lose an answer.
        alone = httpx.Limits(max_keepalive_connections=0)
        request = Request(timeout=self._door.timeout_s, limits=alone)
        client = Client(self._own or PUBLIC, request)

        def changed(event: SessionEvent, session: Any) -> None:
            if self._own:  # a server that was named is asked, whatever address it says it has
                client.update_base_url(self._own)
            self._session = session
            if event is not SessionEvent.IMPORT:
                self._door.keep({"SESSION": f"{self._mark} {session.export()}"})

        client.on_session_change(changed)
        return client

    @property
    def _mark(self) -> str:
        """What a kept session goes with: none is used for another handle, password or server."""
        secrets = self._door.secrets
        of = (secrets.get("HANDLE", ""), secrets.get("APP_PASSWORD", ""), self._own or "")
        return hashlib.sha256("\n".join(of).encode()).hexdigest()[:16]


def _web_address(server: str | None) -> str | None:
    return f"https://{server}" if server and "://" not in server else server


def _sent(send: _Call, client: "Client", gives: str = "") -> Answer:
    import httpx
    from atproto.exceptions import AtProtocolError, RequestErrorBase

    try:
        response = send(client)
    except RequestErrorBase as error:
        raise CallFailed(answered(error)) from error
    except httpx.HTTPError as error:  # half an answer, or an address that is none
        raise CallFailed(lost(error)) from error
    except AtProtocolError as error:  # a session that is none
        raise CallFailed(Failure(401, "InvalidToken", str(error))) from error
    except ValueError as error:
        raise CallFailed(Failure(None, message="the answer cannot be read")) from error
    content = getattr(response, "content", {})
    if gives and not (isinstance(content, dict) and gives in content):
        raise CallFailed(Failure(None, message="the answer is not one of Bluesky's"))
    headers = getattr(response, "headers", {})
    spent = headers.get("ratelimit-remaining") == "0"
    return Answer(content, rest_until=reset(headers) if spent else None)
