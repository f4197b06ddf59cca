"""Every setting, its default and its line of config.yaml: one class a group."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from bot.model import Cleanup, Timeline
from bot.post import LinkMode, Missed


class HarvestSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How a transcript becomes candidates."""

    keep: Annotated[int, Meta(ge=1, le=500, description="candidates saved from each talk")] = 40
    cleanup: Annotated[
        Cleanup, Meta(description="none, or light: without um, stutters and what trails off")
    ] = "light"
    semantic: Annotated[
        bool, Meta(description="a language model reads the lines: needs the extra semantic")
    ] = False
    max_mb: Annotated[int, Meta(ge=1, le=1000, description="larger transcripts are refused")] = 64
    jobs: Annotated[
        int, Meta(ge=0, le=1000, description="talks read at once; 0 for as many as there are cores")
    ] = 0


class FeedSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One feed that is followed, with what is true of all its episodes."""

    url: str
    speaker: str | None = None
    timeline: Timeline | None = None


class FollowSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How podcast feeds and video pages are read from the network."""

    feeds: Annotated[
        list[str | FeedSettings],
        Meta(description="what to follow: addresses, or url:, speaker:, timeline:"),
    ] = []
    at_once: Annotated[int, Meta(ge=1, le=1000, description="episodes taken in one run")] = 20
    timeout_s: Annotated[int, Meta(ge=1, le=600, description="seconds a download may take")] = 30
    pause_s: Annotated[float, Meta(ge=0, le=60, description="seconds between downloads")] = 1.0
    private_addresses: Annotated[
        bool, Meta(description="read from this machine and its network too")
    ] = False


class CardSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What a card looks like and where it goes."""

    out: Annotated[str, Meta(description="folder for the cards, from this file")] = "cards"
    template: Annotated[
        str, Meta(description="square, portrait, landscape, story, reel, carousel, or your own")
    ] = "square"
    theme: Annotated[
        str, Meta(description="`pullquote gallery` shows them all; brand is your own kit")
    ] = "midnight"
    photos: Annotated[
        bool, Meta(description="the speaker's photo, where a talk's table has it")
    ] = True
    code: Annotated[bool, Meta(description="a QR code to where the quote is heard")] = False
    max_kb: Annotated[
        int, Meta(ge=0, le=100_000, description="the largest file, 0 for any; Bluesky takes 950")
    ] = 950
    cache_mb: Annotated[
        int, Meta(ge=0, le=100_000, description="cards kept to be copied instead of drawn again")
    ] = 200
    colors: Annotated[
        dict[str, str], Meta(description="your colours over the theme's, as accent: '#ffb000'")
    ] = {}
    fonts: Annotated[
        dict[str, str], Meta(description="your font files over the theme's, as quote: My.ttf")
    ] = {}


class BrandSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A brand: with colours it is a theme of its own, its logo and handle stand on every card."""

    background: Annotated[str | None, Meta(description="colour of the ground, as '#0b1f3a'")] = None
    background_end: Annotated[
        str | None, Meta(description="colour it fades to, for a gradient")
    ] = None
    text: Annotated[str | None, Meta(description="colour of the words")] = None
    accent: Annotated[str | None, Meta(description="colour of marks and the time")] = None
    quote_font: Annotated[str | None, Meta(description="font file of the quote")] = None
    font: Annotated[str | None, Meta(description="font file of everything else")] = None
    logo: Annotated[str | None, Meta(description="picture file, PNG with a clear ground")] = None
    handle: Annotated[str | None, Meta(description="your name on networks, as '@pullquote'")] = None


class WebSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where `pullquote web` is found, and what it takes."""

    host: Annotated[str, Meta(description="address to listen on; all but loopback want users")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Meta(ge=0, le=65535, description="port, 0 for a free one")] = 8000
    hosts: Annotated[
        list[str], Meta(description="names it is called by, as quotes.example.org")
    ] = []
    root_path: Annotated[str, Meta(description="where a proxy puts it, as /quotes")] = ""
    proxies: Annotated[
        list[str], Meta(description="addresses of proxies believed, beside loopback")
    ] = []
    max_upload_mb: Annotated[int, Meta(ge=1, le=1000, description="larger uploads are refused")] = (
        64
    )
    session_days: Annotated[
        int, Meta(ge=1, le=365, description="days without a visit until one signs in again")
    ] = 14


class PostSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a post, where its account says nothing else."""

    wording: Annotated[
        str,
        Meta(description="{quote}, {speaker}, {talk}, {event}, {time}, {url} are filled in"),
    ] = "“{quote}” – {speaker}, {talk} {time}"
    tags: Annotated[list[str], Meta(description="put at the end, as [buildtheramp]")] = []
    link: Annotated[
        LinkMode, Meta(description="to where it is heard: none, text, or link (X takes $0.20)")
    ] = "none"


class ScheduleSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """When accounts publish, where they say nothing else, and what is planned."""

    zone: Annotated[str, Meta(description="IANA zone of the slots, as Europe/Berlin")] = "UTC"
    slots: Annotated[
        list[str],
        Meta(description="as [mon 09:30, 'wed,fri 17:00', daily 12:00, 'cron: 0 9 * * 1-5']"),
    ] = []
    quiet: Annotated[
        list[str],
        Meta(description="days without posts, as ['2026-12-24', '2027-01-01/2027-01-06']"),
    ] = []
    missed: Annotated[
        Missed, Meta(description="a slot slept through: post_late_within, next_slot or skip")
    ] = "post_late_within"
    late_minutes: Annotated[
        int, Meta(ge=1, le=10_080, description="minutes post_late_within takes")
    ] = 30
    days: Annotated[int, Meta(ge=1, le=366, description="days planned ahead")] = 14
    dry_days: Annotated[
        int, Meta(ge=0, le=366, description="alert when posts end within these days, 0 for never")
    ] = 3
    after_talk: Annotated[
        list[int], Meta(description="days after a talk's date for its posts, as [0, 2, 5]")
    ] = []
    evergreen_days: Annotated[
        int, Meta(ge=0, le=3660, description="days until a quote may go out again, 0 for never")
    ] = 0
    evergreen_themes: Annotated[
        list[str], Meta(description="looks of its next cards, in turn, as [paper, midnight]")
    ] = []
    evergreen_wordings: Annotated[
        list[str], Meta(description="words of its next posts, in turn")
    ] = []


class ApproveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is approved without a person: labelled speakers without flags alone, never inferred."""

    score: Annotated[
        Annotated[int, Meta(ge=1, le=100)] | None,
        Meta(description="quotes of this score and more; null for none"),
    ] = None


class AccountSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One account; what it leaves out holds as under post, schedule and card.

    ``handoff``: posts are written for another program by `pullquote export`, none is sent.
    """

    network: str
    server: str | None = None
    handoff: bool = False
    paused: bool = False
    zone: str | None = None
    slots: list[str] | None = None
    quiet: list[str] | None = None
    missed: Missed | None = None
    late_minutes: Annotated[int, Meta(ge=1, le=10_080)] | None = None
    after_talk: list[int] | None = None
    evergreen_days: Annotated[int, Meta(ge=0, le=3660)] | None = None
    wording: str | None = None
    tags: list[str] | None = None
    link: LinkMode | None = None
    template: str | None = None
    theme: str | None = None
    language: str | None = None
    visibility: Literal["public", "unlisted", "private"] | None = None
    warning: str | None = None
    budget_dollars: Annotated[float, Meta(ge=0, le=100_000)] = 10.0
    retry_unknown: bool = False


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings, frozen; the descriptions are the comments of config.yaml."""

    library: Annotated[
        str, Meta(description="the library: a file, or a database URL without password")
    ] = "quotes/library.db"
    speaker: Annotated[str | None, Meta(description="main speaker of talks that name nobody")] = (
        None
    )
    glossary: Annotated[
        dict[str, str],
        Meta(description="misheard words and what they were, as 'Chai-CPT: ChatGPT'"),
    ] = {}
    harvest: HarvestSettings = HarvestSettings()
    follow: FollowSettings = FollowSettings()
    card: CardSettings = CardSettings()
    brand: BrandSettings = BrandSettings()
    accounts: Annotated[
        dict[str, AccountSettings],
        Meta(description="where posts go, as 'main: {network: bluesky, slots: [mon 09:30]}'"),
    ] = {}
    post: PostSettings = PostSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    approve: ApproveSettings = ApproveSettings()
    web: WebSettings = WebSettings()
