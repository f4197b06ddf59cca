"""A library with posts: two accounts in two zones, quotes approved and planned on them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image as Picture
from sqlalchemy import insert, update

from bot.config import Project
from bot.post import Draft, Facet, Image, Key, Posted, Words
from bot.publishing import ledger, queue
from bot.settings import AccountSettings, Config, ScheduleSettings
from bot.store.publishing import accounts, posts
from bot.web.site import Site
from tests.web.conftest import NOW

MAIN, RAMP = ("bluesky", "did:plc:main"), ("mastodon", "1099")
FIRST_DUE = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)  # a Monday, 09:30 in Berlin
_LIMITS = {"counting": "graphemes", "most": 300}


def with_zones(site: Site, **schedule) -> Site:
    """The same site whose accounts live in Berlin and Chicago, under these settings."""
    config = Config(
        accounts={
            "main": AccountSettings("bluesky"),
            "ramp": AccountSettings("mastodon", zone="America/Chicago"),
        },
        schedule=ScheduleSettings(zone="Europe/Berlin", **schedule),
    )
    return Site(site.store, Project(config), site.now, login="ada")


def plan(site: Site, account=MAIN, due: datetime = FIRST_DUE, at: int = 0, **more) -> Posted:
    """Plan the best quote but ``at`` on an account; approved, should it not be."""
    quote = site.library.quotes()[at]
    site.library.decide([quote.id], "approve", "Pia", NOW, confirmed=True)
    text = f"“{quote.shown}” #ramp"
    draft = Draft(
        key=Key(*account, quote.id),
        due=due,
        words=Words(text, (Facet("tag", len(text) - 5, len(text), "ramp"),), len(text)),
        images=(Image(png(at), "image/png", 400, 400, "Quote card of a kettle"),),
        **{"why": "the best that waits", "shown": quote.shown, "speaker": quote.speaker, **more},
    )
    with site.store.write() as connection:
        assert ledger.plan(connection, draft, NOW - timedelta(days=2))
        return queue.listing(connection, quote=quote.id, account=account)[-1]


def become(site: Site, number: int, state: str, **more) -> None:
    """Let a post be in a state, as a worker would have left it."""
    with site.store.write() as connection:
        changed = update(posts).where(posts.c.id == number).values(state=state, **more)
        connection.execute(changed)


def introduce(site: Site, **more) -> None:
    """Let the ledger know both accounts."""
    known = {"main": MAIN, "ramp": RAMP}
    with site.store.write() as connection:
        for label, (network, name) in known.items():
            row = {"network": network, "id": name, "label": label, "handle": f"{label}.example"}
            row |= {"url": f"https://{network}.example/{label}", "limits": _LIMITS}
            connection.execute(insert(accounts).values({**row, "reconciled_at": NOW, **more}))


def kept(site: Site, number: int) -> Posted:
    """The post of this number as it is now."""
    with site.store.read() as connection:
        return queue.one(connection, number)


def png(shade: int) -> bytes:
    """A picture of its own for each shade."""
    file = BytesIO()
    Picture.new("RGB", (400, 400), (shade, 80, 120)).save(file, "PNG")
    return file.getvalue()
