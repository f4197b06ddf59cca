"""One account of a Mastodon instance, through Mastodon.py."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import count
from urllib.parse import urlsplit

import requests
from mastodon import Mastodon

from bot.networks.base import Door, NotNow, Prepared, Refused, SignedOut, Unclear
from bot.networks.mastodon_answers import Answers
from bot.networks.mastodon_shapes import Instance, Me, Media, Status, shaped
from bot.networks.mastodon_text import plain, same_words
from bot.post import (
    Absent,
    Doubtful,
    Found,
    Identity,
    Image,
    Key,
    Limits,
    Outgoing,
    Receipt,
    Reconciled,
    Seen,
)

_PAGE = 40  # posts of an account in one answer, the most there are
_PAGES = 20  # looked through for a lost post
_SLACK = timedelta(seconds=60)
_UPLOADS_LAST = timedelta(hours=20)  # those in no post go after a day
_PROCESSING = (202, 206)


class MastodonAccount:
    """An account with its token; see ``bot.networks.base.Network``."""

    keyed = False  # the key is forgotten after an hour, and kept only after the post went around

    def __init__(self, door: Door, address: str) -> None:
        session = requests.Session()
        place = urlsplit(address).netloc
        self._door, self._place, self.answers = door, place, Answers(session, place)
        self._client = Mastodon(
            access_token=door.secrets["TOKEN"],
            api_base_url=address,
            mastodon_version="4.3.0",  # all that is called is older; asking would cost two calls
            version_check_mode="created",
            ratelimit_method="throw",
            request_timeout=door.timeout_s,
            session=session,
            user_agent="pullquote",
        )

    @cached_property
    def _instance(self) -> Instance:
        """What the instance says of itself: https://docs.joinmastodon.org/methods/instance/#v2"""
        with self.answers.meaning(self._client):
            return shaped(self._client.instance_v2(), Instance, self._place)

    @cached_property
    def _me(self) -> Me:
        """Who is signed in: https://docs.joinmastodon.org/methods/accounts/#verify_credentials"""
        with self.answers.meaning(self._client):
            return shaped(self._client.account_verify_credentials(), Me, self._place)

    def whoami(self) -> Identity:
        """Who is signed in; an id is one of its instance alone, so it goes with its name."""
        domain, me = self._instance.domain or self._place, self._me
        return Identity(f"{me.id}@{domain}", f"{me.username}@{domain}", me.url)

    def limits(self) -> Limits:
        """As the instance has set them."""
        words, pictures = self._instance.words, self._instance.pictures
        mimes = pictures.supported_mime_types or ("image/png", "image/jpeg")
        return Limits(
            counting="reserved",
            most=words.max_characters or 500,
            url=words.characters_reserved_per_url or 23,
            images=words.max_media_attachments or 4,
            image_bytes=pictures.image_size_limit or 10_485_760,
            image_pixels=pictures.image_matrix_limit or 16_777_216,
            alt=pictures.description_limit or 1500,
            mimes=tuple(mime for mime in mimes if mime.startswith("image/")),
        )

    def prepare(self, post: Outgoing, known: Prepared) -> Prepared:
        """Upload what is not there yet; ``at`` is the instance's time before anything was."""
        self._check_whose(post.key)
        at = known.get("at") or self._server_now().isoformat()
        kept = self._still_there(known)
        media = {
            name: kept.get(name) or self._upload(image)
            for name, image in ((_name(image), image) for image in post.images)
        }
        return {"at": at, "media": media}

    def _check_whose(self, key: Key) -> None:
        """``SignedOut`` when the token is another account's than the post is for."""
        if key.account != (mine := self.whoami().id):
            reason = f"the post is for {key.account}, signed in is {mine}"
            raise SignedOut(reason, place=self._place, remedy="sign in anew, to its account")

    def _server_now(self) -> datetime:
        with self.answers.meaning(self._client):
            self._client.instance_v2()
        return self.answers.server_time or self._door.now().astimezone(UTC)

    def _still_there(self, known: Prepared) -> dict[str, str]:
        """Earlier uploads that wait for their post.

        One that is gone although it is young is in a post already, which ``Unclear`` says.
        """
        kept: dict[str, str] = {}
        for name, media in (known.get("media") or {}).items():
            if self._processed(media):
                kept[name] = media
            elif self._door.now() - datetime.fromisoformat(known["at"]) < _UPLOADS_LAST:
                raise Unclear("its picture is in a post already", place=self._place)
        return kept

    def _upload(self, image: Image) -> str:
        """Upload a picture with its words: https://docs.joinmastodon.org/methods/media/#v2"""
        with self.answers.meaning(self._client):
            made = self._client.media_post(image.data, image.mime, description=image.alt or None)
        media = str(shaped(made, Media, self._place).id)
        if self.answers.status in _PROCESSING and not self._processed(media):
            raise Refused("lost the picture it was given", place=self._place)
        return media

    def _processed(self, media: str) -> bool:
        """Wait until a picture is taken in; False when there is none (any more).

        https://docs.joinmastodon.org/methods/media/#get
        """
        started = time.monotonic()
        for tries in count():
            try:
                with self.answers.meaning(self._client):
                    self._client.media(media)
            except Refused:
                if self.answers.status == 404:
                    return False
                raise
            if self.answers.status not in _PROCESSING:
                return True
            if time.monotonic() - started > self._door.timeout_s:
                break
            time.sleep(min(0.25 * 2**tries, 4))
        raise NotNow("has not taken in the picture yet", place=self._place)

    def publish(self, post: Outgoing, prepared: Prepared) -> Receipt:
        """Make the post: https://docs.joinmastodon.org/methods/statuses/#create"""
        media = prepared.get("media") or {}
        with self.answers.meaning(self._client, posting=True):
            made = self._client.status_post(
                post.words.text,
                media_ids=[media[_name(image)] for image in post.images] or None,
                visibility=post.visibility,
                spoiler_text=post.warning,
                language=post.language,
                idempotency_key=idempotency_key(post.key),
            )
        try:
            return self._receipt(shaped(made, Status, self._place))
        except NotNow as error:
            raise Unclear(error.reason, place=error.place) from error

    def _receipt(self, status: Status) -> Receipt:
        rest = self.answers.rest_until(self._client)
        return Receipt(str(status.id), status.url, status.created_at, rest)

    def reconcile(self, post: Outgoing, prepared: Prepared) -> Reconciled:
        """Look for its pictures, then its words and alt texts, down to before the first upload."""
        self._check_whose(post.key)
        media = set((prepared.get("media") or {}).values())
        since = self._since(post, prepared)
        for seen, status in enumerate(self._statuses(None)):
            if status.created_at < since:
                return Absent()
            attached = {str(one.id) for one in status.media_attachments}
            if media & attached or _is_same(post, status):
                return Found(self._receipt(status))
            if seen + 1 >= _PAGE * _PAGES:
                return Doubtful(f"more than {seen} posts were made since; it is not among them")
        return Absent()

    def _since(self, post: Outgoing, prepared: Prepared) -> datetime:
        """Before which, by the instance's clock, it cannot have been posted."""
        if prepared.get("at"):
            return datetime.fromisoformat(prepared["at"]) - _SLACK
        wrong = abs(self._server_now() - self._door.now())
        return post.at - _SLACK - wrong

    def timeline(self, after: str | None = None) -> Iterator[Seen]:
        """Its posts; what it boosts or answers others is left out."""
        for status in self._statuses(after):
            words = plain(status.content)
            yield Seen(str(status.id), status.created_at, words, status.url, status.alts)

    def _statuses(self, after: str | None) -> Iterator[Status]:
        """The account's posts, the newest first, page by page: https://docs.joinmastodon.org/methods/accounts/#statuses"""
        below = None
        while True:
            with self.answers.meaning(self._client):
                found = self._client.account_statuses(
                    self._me.id,
                    exclude_replies=True,
                    exclude_reblogs=True,
                    since_id=after,
                    max_id=below,
                    limit=_PAGE,
                )
            page = shaped(found, list[Status], self._place)
            if not page or page[-1].id == below:  # an instance that gives the same for ever
                return
            yield from page
            below = page[-1].id

    def delete(self, remote_id: str) -> None:
        """Take a post down: https://docs.joinmastodon.org/methods/statuses/#delete"""
        try:
            with self.answers.meaning(self._client):
                self._client.status_delete(remote_id)
        except Refused:
            if self.answers.status != 404:
                raise


def idempotency_key(key: Key) -> str:
    """What a post is known by to the instance, the same on every try."""
    parts = (key.network, key.account, key.quote, str(key.occasion))
    return sha256("\n".join(parts).encode()).hexdigest()


def _name(image: Image) -> str:
    """What an upload is remembered by: the picture and its words."""
    return sha256(image.data + b"\n" + image.alt.encode()).hexdigest()


def _is_same(post: Outgoing, status: Status) -> bool:
    """Whether words are a post's, and alt texts where there are: cards alone share their words."""
    same = same_words(plain(status.content), post.words.text)
    alts = [image.alt.split() for image in post.images]
    unlike = alts and any(status.alts) and [one.split() for one in status.alts] != alts
    return same and not unlike
