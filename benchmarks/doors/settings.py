"""What people write as settings: config.yaml, the environment, kept secrets, slots and wordings."""

import os
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

from benchmarks.doors import prepared
from benchmarks.fuzz_door import Door, Sample
from bot import assets, secrets
from bot.config import PREFIX, load
from bot.errors import ConfigError
from bot.networks import NETWORKS
from bot.networks.base import Door as ToNetwork
from bot.outfit import overrides
from bot.posting.terms import all_terms
from bot.publishing.posts import Source, Style, compose
from bot.publishing.slots import read_moment, read_past, read_rota, read_zone, upcoming

_ACCOUNTS = """\
accounts:
  club:
    network: bluesky
    slots: [mon 09:30, "wed,fri 17:00", "cron: 0 9 * * 1-5"]
    zone: Europe/Berlin
    quiet: [2026-12-24/2027-01-06, "sat,sun"]
    wording: "{quote} – {speaker}, {talk} {time} {url}"
    tags: [libraries]
"""
_BRAND = """\
speaker: Ada Quill
brand: {background: '#ffffff', text: '#111111', accent: '#204060', handle: '@ada', logo: logo.png}
card:
  {template: square, theme: midnight, colors: {quote: '#ffffff'}, fonts: {quote: Inter-Medium.ttf}}
harvest: {keep: 20, max_mb: 8}
glossary: {Bindel: Bindle}
web: {hosts: [quotes.example.org], session_days: 7}
"""
_KINDS = ("bytes", "text", "yaml")
_ENVIRONMENT = "HARVEST_KEEP=20\nCARD_THEME=paper\nLIBRARY=a.db\nWEB_PORT=8000\nCARD_CODE=yes\n"
_SECRETS = b'{"club": {"HANDLE": "ada.bsky.social", "APP_PASSWORD": "abcd-efgh-ijkl-mnop"}}'
_ACCOUNT = b'{"id": "0123456789abcdef"}'
_POST = """{"network": "x", "account": "a", "quote": "kx3m9", "at": "2026-11-27T09:00:00Z",
 "text": "Small libraries win.", "counted": 20, "language": "en", "warning": null,
 "pictures": ["post-a-1.png"], "alts": ["A card."]}"""
_TIMES = "mon 09:30\nwed,fri 17:00\ndaily 12:00\ncron: 0 9 * * 1-5\nEurope/Berlin\nsat-mon\n"
_TIMES += (
    "2026-12-24/2027-01-06\n2026-12-24 17:30\n2026-11-20T17:30+01:00\ncron: */5 8-18 1,15 * *\n"
)
_WORDING = "“{quote}” – {speaker}, {talk} ({event}) at {time}: {url}\n#libraries #knots\nx"


def _configs() -> Sequence[Sample]:
    """The shipped file, one with accounts, and one with a brand."""
    shipped = assets.default_config().encode()
    return [
        Sample("shipped.yaml", shipped, _KINDS),
        Sample("accounts.yaml", _ACCOUNTS.encode(), _KINDS),
        Sample("brand.yaml", _BRAND.encode(), _KINDS),
        Sample("environment", _ENVIRONMENT.encode(), ("bytes", "text")),
    ]


def _config(name: str, raw: bytes) -> str:
    if name == "environment":
        lines = (one.partition("=") for one in prepared.text(raw.replace(b"\0", b"")).splitlines())
        load(prepared.folder(), {PREFIX + key: value for key, _, value in lines if key})
        return "environment"
    path = prepared.written("settings/config.yaml", raw)
    project = load(path.parent, {}, path)
    overrides(project)
    all_terms(project)
    return "settings"


def _secrets() -> Sequence[Sample]:
    return [Sample("secrets.json", _SECRETS, ("bytes", "text", "json"))]


def _secret(_: str, raw: bytes) -> str:
    path = prepared.written("secrets/pullquote/secrets.json", raw)
    path.chmod(0o600)
    null = {"XDG_CONFIG_HOME": str(path.parent.parent),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}  # fmt: skip
    with patch.dict(os.environ, null):
        secrets.read("club")
        secrets.keep("club", {"SESSION": "x"})
    return "secrets"


def _previewed() -> Sequence[Sample]:
    """The files of a preview's folder, which people copy, sync and clear."""
    kinds = ("bytes", "text", "json")
    return [Sample("account.json", _ACCOUNT, kinds), Sample("post-a.json", _POST.encode(), kinds)]


def _preview(name: str, raw: bytes) -> str:
    path = prepared.written(f"previews/{name[:-5]}/preview/{name}", raw)
    preview = NETWORKS["preview"].open(ToNetwork({}, folder=path.parent.parent))
    preview.whoami()
    return "post" if list(preview.timeline()) else "account"


def _words() -> Sequence[Sample]:
    """Times as people write them, and a wording with tags and a quote."""
    return [
        Sample("times", _TIMES.encode()),
        Sample("wording", _WORDING.encode()),
        Sample("words", "Small libraries win. 🪢 Ошибки! 图书馆\nAda Quill\nOn maps".encode()),
    ]


def _worded(name: str, raw: bytes) -> str:
    lines = prepared.text(raw).split("\n")
    try:
        if name == "times":
            return _timed(lines)
        wording = lines[0] if name == "wording" else _WORDING.split("\n")[0]
        said = [*(lines if name == "words" else lines[1:]), "", "", ""]
        source = Source(
            said[0], said[1], said[2], said[2], "1:02", "https://example.org/v?t=62", "ada"
        )
        for kind in NETWORKS.values():
            made = compose(source, Style(wording, tuple(said[1].split()), "link"), kind.limits)
            if made.counted > kind.limits.most:
                raise AssertionError(f"{made.counted} of {kind.limits.most}")
    except ValueError as error:  # which the settings say with their line
        raise ConfigError(Path("config.yaml"), str(error)) from error
    return name


def _timed(lines: list[str]) -> str:
    """Each line as a slot, a quiet day, a zone, a time to come and one that was."""
    zone, now = ZoneInfo("Europe/Berlin"), prepared.NOW
    reads: tuple[Callable[[str], object], ...] = (
        lambda line: list(islice(upcoming(read_rota([line], zone.key), now), 3)),
        lambda line: read_rota([], zone.key, [line]),
        read_zone,
        lambda line: read_moment(line, zone, now),
        lambda line: read_past(line, zone, now),
    )
    read = [_is_read(one, line) for line in lines[:40] for one in reads]
    return "times" if any(read) else ""


def _is_read(read: Callable[[str], object], line: str) -> bool:
    try:
        read(line)
    except ValueError as error:
        return "\n" in str(error)
    return True


CONFIG = Door("config", _configs, _config, share=8)
SECRETS = Door("secrets", _secrets, _secret)
PREVIEWS = Door("previews", _previewed, _preview, share=2)
WORDINGS = Door("wordings", _words, _worded, share=6)
