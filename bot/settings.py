"""Every setting, its default and its line of config.yaml: one class a group."""

from typing import Annotated

from msgspec import Meta, Struct

from bot.model import Cleanup, Timeline


class HarvestSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How a transcript becomes candidates."""

    keep: Annotated[int, Meta(ge=1, le=500, description="candidates saved from each talk")] = 40
    cleanup: Annotated[
        Cleanup, Meta(description="none, or light: without um, stutters and what trails off")
    ] = "light"
    max_mb: Annotated[int, Meta(ge=1, le=1000, description="larger transcripts are refused")] = 64


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
    web: WebSettings = WebSettings()
