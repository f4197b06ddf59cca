"""Calls of a Bluesky server as one account, which is signed in when needed."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

import msgspec

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
from bot.networks.bluesky_shapes import Done, Session, Uploaded

if TYPE_CHECKING:
    from atproto import Client

PUBLIC = "https://bsky.social"
_Call = Callable[["Client"], Any]


_Shape = TypeVar("_Shape")


@dataclass(frozen=True, slots=True)
class Answer(Generic[_Shape]):
    """What a server answered."""

    body: _Shape
    rest_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """An error that was expected, by the server's own name for it."""

    error: str


class Calls:
    """One account at its server. Every method raises the four errors of ``base``.

    ``shape`` is what an answer must be like; errors named in ``expects`` are answers.
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

    def get(self, method: str, shape: type[_Shape], **params: Any) -> _Shape:
        """Ask a question."""
        found = self.find(method, shape, (), **params)
        assert isinstance(found, Answer)  # noqa: S101 - no error is expected
        return found.body

    def find(
        self, method: str, shape: type[_Shape], expects: Collection[str], **params: Any
    ) -> Answer[_Shape] | Expected:
        """Ask for what may not be there."""

        def send(client: "Client") -> Any:
            return client.invoke_query(f"{method}?{urlencode(params)}")

        return self._call(send, shape, expects=expects)

    def post(
        self,
        method: str,
        body: Mapping[str, Any],
        shape: type[_Shape],
        *,
        expects: Collection[str] = (),
        posting: bool = False,
    ) -> Answer[_Shape] | Expected:
        """Tell, in JSON as it is: the client's own types would drop what is null."""

        def send(client: "Client") -> Any:
            return client.invoke_procedure(method, json=body)

        return self._call(send, shape, expects=expects, posting=posting)

    def upload(self, data: bytes, mime: str) -> Mapping[str, Any]:
        """The blob of a picture: https://docs.bsky.app/docs/api/com-atproto-repo-upload-blob"""
        method, headers = "com.atproto.repo.uploadBlob", {"Content-Type": mime}

        def send(client: "Client") -> Any:
            return client.invoke_procedure(method, content=data, headers=headers)

        made = self._call(send, Uploaded)
        assert isinstance(made, Answer)  # noqa: S101 - no error is expected
        return made.body.blob

    def _call(
        self,
        send: _Call,
        shape: type[_Shape],
        *,
        expects: Collection[str] = (),
        posting: bool = False,
    ) -> Answer[_Shape] | Expected:
        client = self._signed_in()
        try:
            try:
                return _sent(send, client, shape)
            except CallFailed as failed:
                if failed.failure.error not in EXPIRED:
                    raise
            return _sent(send, self._sign_in(), shape)
        except CallFailed as failed:
            if failed.failure.says(expects):
                return Expected(failed.failure.error)
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
            _sent(lambda one: one.invoke_query("com.atproto.server.getSession"), client, Session)
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
            _sent(lambda one: one.login(handle, password, fetch_bsky_profile=False), client, Done)
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


def _sent(send: _Call, client: "Client", shape: type[_Shape]) -> Answer[_Shape]:
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
    except (ValueError, RecursionError) as error:
        raise CallFailed(Failure(None, message="the answer cannot be read")) from error
    try:
        told = getattr(response, "content", b"") or {}  # older servers say nothing when it is done
        body = msgspec.convert(told, shape)
    except (msgspec.ValidationError, UnicodeEncodeError, RecursionError) as error:
        raise CallFailed(Failure(None, message="the answer is not one of Bluesky's")) from error
    headers = getattr(response, "headers", {})
    spent = headers.get("ratelimit-remaining") == "0"
    return Answer(body, reset(headers) if spent else None)
