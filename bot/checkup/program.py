"""The program itself: Python, the packages it needs, and the extras that bring more."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, version

from bot import __version__
from bot.checkup.base import Check, Scene, tried
from bot.config import Project
from bot.networks import NETWORKS

SUBJECT = "program"
EXTRAS = {  # what each brings; in the order of the list people see
    "web": "the page on which people curate",
    "postgresql": "a library on a server",
    "bluesky": "posts on Bluesky",
    "mastodon": "posts on Mastodon",
    "alerts": "a message when the bot needs you",
    "keyring": "secrets in the system's own place",
    "youtube": "subtitles of video pages",
    "remote": "talks in other file systems",
    "s3": "talks in S3 buckets",
    "cluster": "a harvest by many machines",
    "semantic": "lines read by a language model",
    "docx": "transcripts in Word documents",
    "broadcast": "broadcast captions",
}


def checks(scene: Scene) -> Iterator[Check]:
    """Whether all that was installed is there, and all that the settings ask for."""
    yield Check(SUBJECT, "python", sys.version_info >= (3, 11), sys.version.split()[0])
    asked = _asked_for()
    yield _packages(asked[""])
    yield tried(SUBJECT, "scorer", _scorer)
    if scene.project.config.harvest.semantic:
        yield tried(SUBJECT, "reader", _reader)
    needed = _needed(scene.project)
    for extra in (one for one in EXTRAS if one in asked):
        yield _extra(extra, asked[extra], needed.get(extra, ""))


def _asked_for() -> dict[str, list[str]]:
    """The packages of each extra by its name, those always needed under the empty one."""
    found: dict[str, list[str]] = {"": []}
    try:
        wanted = distribution("pullquote").requires or []
    except PackageNotFoundError:
        return found
    for line in wanted:
        name = re.match(r"[\w.-]+", line)
        extra = re.search(r"extra == ['\"]([\w-]+)['\"]", line)
        if name:
            found.setdefault(extra[1] if extra else "", []).append(name[0])
    return found


def _missing(packages: list[str]) -> list[str]:
    missing = []
    for name in packages:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    return missing


def _packages(wanted: list[str]) -> Check:
    if not wanted:
        return Check(SUBJECT, "packages", None, "pullquote itself was never installed by pip here")
    missing = _missing(wanted)
    found = f"{len(wanted) - len(missing)} of {len(wanted)}, of pullquote {__version__}"
    if missing:
        found += f"; missing: {', '.join(missing)}"
    remedy = "pip install --force-reinstall pullquote" if missing else ""
    return Check(SUBJECT, "packages", not missing, found, remedy)


def _extra(extra: str, packages: list[str], needed_for: str) -> Check:
    missing = _missing(packages)
    name, brings = f"[{extra}]", EXTRAS[extra]
    if packages and not missing:
        held = ", ".join(f"{one} {version(one)}" for one in packages)
        return Check(SUBJECT, name, True, f"{brings}: {held}")
    remedy = f"pip install 'pullquote[{extra}]'"
    if needed_for:
        return Check(SUBJECT, name, False, f"not there, and {needed_for} needs it", remedy)
    return Check(SUBJECT, name, None, f"not there; brings {brings}", remedy)


def _needed(project: Project) -> dict[str, str]:
    """The extras that the settings ask for, and what asks."""
    needed = {}
    if "://" in project.config.library and not project.config.library.startswith("sqlite"):
        needed["postgresql"] = "the library"
    if project.config.harvest.semantic:
        needed["semantic"] = "harvest.semantic"
    for label, account in project.config.accounts.items():
        kind = NETWORKS.get(account.network)
        if kind and kind.needs and not account.handoff:
            needed[kind.needs] = f"account {label}"
    return needed


def _scorer() -> str:
    from bot.learned import scorer_weights

    learned = scorer_weights().provenance
    held_out = learned["out of fold"]["all"]
    talks = learned["from"]["episodes"]
    return f"learned {learned['learned']} from {talks} talks, AUC {held_out['auc']:.3f} held out"


def _reader() -> str:
    from bot.learned import reader

    reader()
    return "a language model reads the lines of English talks"
