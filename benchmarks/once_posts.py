"""What ``benchmarks.once`` publishes: a library of approved quotes, each planned as one post."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from random import Random

from PIL import Image as Pillow
from sqlalchemy import func, select

from benchmarks.library_made import WORDS, word
from benchmarks.once_servers import Reached
from bot.library import Library
from bot.model import Attribution, Candidate, Details
from bot.post import Account, Draft, Image, Key, Posted, Words
from bot.publishing import accounts, ledger, queue
from bot.sentences import sentences, stream
from bot.store import Store, open_store
from bot.store.publishing import posts, workers
from bot.transcripts import read_bytes

_SPEAKER = "Marit Oyelaran"
_DONE = ("sent", "failed", "unconfirmed")
_LEAST = 6  # words of a line that is told from all others by them


@dataclass(frozen=True)
class Ground:
    """Where workers work: a network's account and the database with its posts."""

    network: str
    database: str
    place: str
    reached: Reached
    account: Account
    posts: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the server has, held against what the ledger says.

    ``lost``: the ledger says sent and it is not there, or not and it is. ``there``: of the
    ``unconfirmed``, which wait for a person, those that went out. ``left`` are not out, as the
    ledger says: they failed, or time was over.
    """

    network: str
    database: str
    posts: int
    kills: int
    duplicates: int
    lost: int
    unconfirmed: int
    there: int
    left: int
    seconds: float


def made_up(number: int, chance: Random) -> list[str]:
    """Sentences, no two alike, of words nobody has."""
    drawn = (" ".join(word(chance.randrange(WORDS)) for _ in range(9)) for _ in range(number))
    return [f"{line.capitalize()}." for line in drawn]


def of_a_talk(data: bytes, name: str, number: int) -> list[str]:
    """The first sentences of a talk that are long enough."""
    found = dict.fromkeys(one.text for one in sentences(stream(read_bytes(data, name).cues)))
    return list(islice((text for text in found if len(text.split()) >= _LEAST), number))


def prepare(
    network: str, database: str, place: str, reached: Reached, lines: Sequence[str]
) -> Ground:
    """A library of these lines, approved and planned, all of them due."""
    now = datetime.now(UTC)
    with open_store(place) as store:
        library = Library(store)
        text = read_bytes(_captions(lines).encode(), "once.vtt")
        found = [_candidate(place, line) for place, line in enumerate(lines)]
        kept = library.keep(Details(title="Once"), text, found, now)
        library.decide([one.id for one in kept.quotes], "approve", "Pia", now)
        with store.write() as connection:
            account = accounts.know(connection, network, reached.identity, network, now)
        _plan(store, account, [(one.id, one.shown) for one in kept.quotes], now)
    return Ground(network, database, place, reached, account, len(kept.quotes))


def settled(store: Store) -> int:
    """How many posts need no worker any more."""
    done = select(func.count()).select_from(posts).where(posts.c.state.in_(_DONE))
    with store.read() as connection:
        return connection.scalar(done) or 0


def doing(store: Store, worker: str) -> str:
    """What a worker was at, as it told the ledger."""
    with store.read() as connection:
        return (
            connection.scalar(select(workers.c.doing).where(workers.c.id == worker))
            or "nothing yet"
        )


def judge(ground: Ground, texts: Sequence[str], kills: int, seconds: float) -> Verdict:
    """Count the copies of each post on the server."""
    with open_store(ground.place) as store, store.read() as connection:
        rows = queue.listing(connection)
    copies = Counter(texts)
    unconfirmed = [one for one in rows if one.state == "unconfirmed"]
    return Verdict(
        ground.network,
        ground.database,
        posts=len(rows),
        kills=kills,
        duplicates=sum(most - 1 for most in copies.values()),
        lost=sum(_is_untrue(one, copies) for one in rows),
        unconfirmed=len(unconfirmed),
        there=sum(one.words.text in copies for one in unconfirmed),
        left=sum(one.state not in ("sent", "unconfirmed") for one in rows),
        seconds=round(seconds, 1),
    )


def _is_untrue(post: Posted, copies: Counter[str]) -> bool:
    if post.state == "unconfirmed":
        return False
    return (post.state == "sent") != (post.words.text in copies)


def _captions(lines: Sequence[str]) -> str:
    """A file of captions, a line a minute."""
    times = (f"{at // 60:02}:{at % 60:02}:00.000" for at in range(len(lines) + 1))
    cues = zip(pairwise(times), lines, strict=True)
    return "\n\n".join(["WEBVTT", *(f"{one} --> {end}\n{line}" for (one, end), line in cues)])


def _candidate(place: int, line: str) -> Candidate:
    start_ms = 60_000 * place
    return Candidate(
        said=line,
        shown=line,
        edits=(),
        start_ms=start_ms,
        end_ms=start_ms + 60_000,
        score=0.5,
        reasons=(),
        speaker=_SPEAKER,
        attribution=Attribution("given", 1.0),
    )


def _plan(store: Store, account: Account, lines: Sequence[tuple[str, str]], now: datetime) -> None:
    picture = _picture()
    with store.write() as connection:
        for place, (quote, shown) in enumerate(lines):
            draft = Draft(
                key=Key(account.network, account.id, quote),
                due=now - timedelta(seconds=len(lines) - place),
                words=Words(f"“{shown}” – {_SPEAKER}"),
                images=(Image(picture, "image/png", 64, 64, f"A card: {shown}"),),
                shown=shown,
                speaker=_SPEAKER,
            )
            ledger.plan(connection, draft, now)


def _picture() -> bytes:
    file = io.BytesIO()
    Pillow.new("RGB", (64, 64), "#204060").save(file, "PNG")
    return file.getvalue()
