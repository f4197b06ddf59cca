"""Bluesky: a post is a record under a key of our own, so a repeat finds it there.

``putRecord`` with ``swapRecord: null`` makes a record only where none is. The same bytes again are
answered with the same receipt; other bytes are refused as ``InvalidSwap``, and then it is there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.networks.base import Asking, Door, Kind, NotNow, Prepared, Refused, SignedOut, Unclear
from bot.networks.bluesky_calls import PUBLIC, Answer, Calls, Expected
from bot.networks.bluesky_record import (
    POSTS,
    address,
    made_at,
    mentioned,
    record,
    rkey,
    seen,
)
from bot.networks.bluesky_shapes import Done, Page, Put, Record, Resolved, Session
from bot.post import (
    Absent,
    Found,
    Identity,
    Limits,
    Outgoing,
    Receipt,
    Reconciled,
    Seen,
)

# 300 graphemes, 3000 bytes, 4 pictures: the lexicon app.bsky.feed.post. Older servers take
# pictures of 976,560 bytes; the app shows 2000 letters of what is said of one.
LIMITS = Limits("graphemes", 300, most_bytes=3000, image_bytes=950_000, images=4, alt=2000)
_APP_PASSWORD = re.compile(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}")
_KEPT = timedelta(hours=1)  # how long a picture is kept that no post shows, at least
_PAGE = 100


class Bluesky:
    """One account at its server."""

    keyed = True

    def __init__(self, door: Door) -> None:
        self._calls = Calls(door)
        self._now = door.now

    def whoami(self) -> Identity:
        """https://docs.bsky.app/docs/api/com-atproto-server-get-session"""
        me = self._calls.get("com.atproto.server.getSession", Session)
        return Identity(me.did, me.handle, f"https://bsky.app/profile/{me.handle}")

    def limits(self) -> Limits:
        """What every server holds to; none says so itself."""
        return LIMITS

    def prepare(self, post: Outgoing, known: Prepared) -> Prepared:
        """Upload the pictures and look up who is mentioned; what is known is not asked again."""
        now = self._now()
        if known and now - datetime.fromisoformat(known["uploaded"]) < _KEPT:
            return known
        blobs = [self._calls.upload(image.data, image.mime) for image in post.images]
        dids = {handle: self._did_of(handle) for handle in mentioned(post)}
        # Who was mentioned stays: the record shall be the same.
        return {"uploaded": now.isoformat(), "blobs": blobs, "dids": dids | known.get("dids", {})}

    def publish(self, post: Outgoing, prepared: Prepared) -> Receipt:
        """https://docs.bsky.app/docs/api/com-atproto-repo-put-record"""
        answer = self._put(post, prepared, "InvalidSwap", "BlobNotFound")
        if answer == Expected("BlobNotFound"):
            # A picture is named by the hash of its bytes, so the record stays.
            for image in post.images:
                self._calls.upload(image.data, image.mime)
            answer = self._put(post, prepared, "InvalidSwap")
        if isinstance(answer, Answer):
            return self._receipt(answer, record(post, prepared))
        try:
            there = self.reconcile(post, prepared)
        except (NotNow, SignedOut) as error:  # something is there
            raise Unclear(error.reason, place=self._calls.place) from error
        if isinstance(there, Found):
            return there.receipt
        reason = "this post was made, and Bluesky took it down"
        raise Refused(reason, place=self._calls.place, remedy="read the mail Bluesky sent about it")

    def reconcile(self, post: Outgoing, prepared: Prepared) -> Reconciled:
        """https://docs.bsky.app/docs/api/com-atproto-repo-get-record"""
        answer = self._calls.find(
            "com.atproto.repo.getRecord",
            Record,
            {"RecordNotFound"},
            repo=post.key.account,
            collection=POSTS,
            rkey=rkey(post.key),
        )
        if isinstance(answer, Expected):
            return Absent()
        return Found(self._receipt(answer, answer.body.value))

    def timeline(self, after: str | None = None) -> Iterator[Seen]:
        """https://docs.bsky.app/docs/api/com-atproto-repo-list-records, without replies.

        Records are listed by key, and our keys are no times: all are read, then put in order.
        """
        posts = [one for one in self._records() if not one.value.get("reply")]
        ordered = sorted((seen(one, self._calls.handle) for one in posts), key=lambda one: one.at)
        for one in reversed(ordered):
            if one.remote_id == after:
                return
            yield one

    def delete(self, remote_id: str) -> None:
        """https://docs.bsky.app/docs/api/com-atproto-repo-delete-record"""
        key = remote_id.rpartition("/")[2]
        body = {"repo": self._calls.did, "collection": POSTS, "rkey": key}
        self._calls.post("com.atproto.repo.deleteRecord", body, Done)

    def _put(self, post: Outgoing, prepared: Prepared, *expects: str) -> Answer[Put] | Expected:
        if post.key.account != self._calls.did:
            reason = f"the post is for {post.key.account}, signed in is {self._calls.did}"
            remedy = "sign in anew, to the account it was planned for"
            raise SignedOut(reason, place=self._calls.place, remedy=remedy)
        body = {
            "repo": post.key.account,
            "collection": POSTS,
            "rkey": rkey(post.key),
            "record": record(post, prepared),
            "swapRecord": None,
        }
        method = "com.atproto.repo.putRecord"
        return self._calls.post(method, body, Put, posting=True, expects=expects)

    def _receipt(self, answer: Answer[Put] | Answer[Record], value: Mapping[str, Any]) -> Receipt:
        uri = answer.body.uri
        url = address(self._calls.handle, uri)
        return Receipt(uri, url, made_at(value), answer.rest_until)

    def _did_of(self, handle: str) -> str | None:
        """https://docs.bsky.app/docs/api/com-atproto-identity-resolve-handle"""
        unknown = {"HandleNotFound", "InvalidRequest"}
        method = "com.atproto.identity.resolveHandle"
        answer = self._calls.find(method, Resolved, unknown, handle=handle)
        return None if isinstance(answer, Expected) else answer.body.did

    def _records(self) -> Iterator[Record]:
        where: dict[str, Any] = {"repo": self._calls.did, "collection": POSTS, "limit": _PAGE}
        while True:
            page = self._calls.get("com.atproto.repo.listRecords", Page, **where)
            yield from page.records
            if not page.cursor or len(page.records) < _PAGE:
                return
            where["cursor"] = page.cursor


def login(asking: Asking, door: Door) -> Mapping[str, str]:
    """Lead to an app password, and sign in with it: HANDLE, APP_PASSWORD and SESSION."""
    asking.say(
        "1. In the Bluesky app: Settings, Privacy and security, App passwords, Add App Password.\n"
        "2. Call it pullquote, leave direct messages off, and copy what it shows.\n"
        "It can post and nothing more: it cannot change the account, and is revoked there alone."
    )
    handle = asking.ask("Your handle, as name.bsky.social").strip().lstrip("@")
    if "." not in handle and not door.server:
        handle += ".bsky.social"
    password = asking.ask("The app password", secret=True).strip()
    while not _APP_PASSWORD.fullmatch(password):
        asking.say("An app password looks like abcd-efgh-ijkl-mnop; your own is never asked for.")
        password = asking.ask("The app password", secret=True).strip()
    secrets = {"HANDLE": handle, "APP_PASSWORD": password}
    kept: dict[str, str] = {}
    who = Bluesky(replace(door, secrets=secrets, keep=kept.update)).whoami()
    asking.say(f"Signed in as @{who.handle} at {door.server or PUBLIC}.")
    return secrets | kept


def _open(door: Door) -> Bluesky:
    import atproto  # noqa: F401 - it takes a second, and may not be there

    return Bluesky(door)


KIND = Kind(
    name="bluesky",
    title="Bluesky",
    limits=LIMITS,
    open=_open,
    login=login,
    secrets=("HANDLE", "APP_PASSWORD"),
    needs="bluesky",
)
