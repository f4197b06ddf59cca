"""What people type into the forms of talks and persons, checked as a table of talks is. Pure.

A file of this machine is never named on the page: who could, could have any file shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.model import Person, Talk
from bot.talks import cells

LONGEST = 300
NETWORKS = ("x", "bluesky", "mastodon")
_SEVERAL = 40  # speakers of a talk, corrections of its words
TEXTS = ("title", "event", "url", "date", "language", "media", "embargo_until")
CHOICES = {"permission": ("granted", "asked", "refused"), "timeline": ("exact", "shifted")}
_CHECKS: Mapping[str, Callable[[str | None], str | None]] = {
    "url": lambda said: cells.address(said, "the address"),
    "date": cells.day,
    "embargo_until": cells.moment,
    "permission": cells.permission,
    "timeline": cells.timeline,
    "language": lambda said: _language(said),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """The values that can be kept, and by field what is wrong with the others."""

    values: Mapping[str, object]
    wrong: Mapping[str, str]


def talk_values(typed: Mapping[str, str], glossary: Mapping[str, str], known: Talk) -> Checked:
    """What a form says of a talk, field → text; ``glossary`` is misheard → meant."""
    values: dict[str, object] = {"glossary": dict(glossary)}
    wrong: dict[str, str] = {}
    for name in (*TEXTS, *CHOICES):
        said = " ".join(typed.get(name, "").split())
        try:
            values[name] = _checked(name, said, known)
        except ValueError as error:
            wrong[name] = str(error)
    names = [" ".join(one.split()) for one in cells.several(typed.get("speakers", ""))]
    values["speakers"] = tuple(dict.fromkeys(names))
    if any(len(name) > LONGEST for name in names) or len(names) > _SEVERAL:
        wrong["speakers"] = f"at most {_SEVERAL} names of {LONGEST} letters"
    if not values.get("title") and "title" not in wrong:
        wrong["title"] = "a talk has a title"
    return Checked(values, wrong)


def person_values(typed: Mapping[str, str], known: Person) -> tuple[Person, dict[str, str]]:
    """What a form says of somebody, and by field what is wrong with it."""
    wrong: dict[str, str] = {}
    role = " ".join(typed.get("role", "").split())
    if len(role) > LONGEST:
        wrong["role"] = f"at most {LONGEST} letters"
    photo: str | None = " ".join(typed.get("photo", "").split())
    try:
        photo = _where(photo, known.photo, "the portrait")
    except ValueError as error:
        wrong["photo"] = str(error)
    handles: dict[str, str] = {}
    for network in NETWORKS:
        try:
            if said := typed.get(network, "").strip():
                handles[network] = cells.handle(network, said)
        except ValueError as error:
            wrong[network] = str(error)
    return Person(known.name, role or None, photo, handles), wrong


def glossary_of(misheard: Sequence[str], meant: Sequence[str]) -> dict[str, str]:
    """Corrections from two columns of a form; UsageError for a half one, or far too many."""
    pairs = [
        (" ".join(old.split()), " ".join(new.split()))
        for old, new in zip(misheard, meant, strict=False)
    ]
    for old, new in pairs:
        if bool(old) != bool(new) or max(len(old), len(new)) > LONGEST:
            remedy = "write both, what is heard and what is meant"
            raise UsageError(f"“{old or new}” is half a correction", remedy=remedy)
    if len(pairs) > 5 * _SEVERAL:
        raise UsageError("these are too many corrections", remedy="put them into config.yaml")
    return {old: new for old, new in pairs if old}


def _checked(name: str, said: str, known: Talk) -> str | None:
    if len(said) > (2000 if name in ("url", "media") else LONGEST):
        raise ValueError("is too long")
    if name == "media":
        return _where(said, known.media, "the recording")
    return _CHECKS[name](said or None) if name in _CHECKS else said or None


def _where(said: str | None, known: str | None, what: str) -> str | None:
    """An address; a file of this machine only where it was known before."""
    if not said or said == known:
        return said or None
    try:
        return cells.address(said, what)
    except ValueError as error:
        where = "a file of this machine is named in a table of talks, not here"
        raise ValueError(f"{error}; {where}") from error


def _language(said: str | None) -> str | None:
    plain = (said or "").replace("_", "-")
    if plain and not all(part.isalnum() and len(part) <= 8 for part in plain.split("-")):
        raise ValueError(f"language {said} is not like en or pt-BR")
    return plain or None
