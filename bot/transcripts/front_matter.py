"""What the lines above a transcript say of the talk: front matter, a title."""

import re
from collections.abc import Sequence
from typing import Any

from bot.model import Details

_NAVIGATION = re.compile(r"\||^(?:back to|home|index|menu|transcript)\b", re.IGNORECASE)
_TITLE = ("title",)
_SPEAKERS = ("speakers", "speaker", "guests", "guest")
_URL = ("url", "youtube_url", "media", "video", "link")
_DATE = ("date", "publish_date", "published", "recorded")
_EVENT = ("event", "channel", "podcast", "show", "series")


def details_of(head: Sequence[str]) -> Details:
    """Title, speakers, url, date and event from YAML front matter, or the wordiest line."""
    lines = [line.strip() for line in head]
    if "---" in lines[:3]:
        start = lines.index("---")
        if "---" in lines[start + 1 :]:
            stop = lines.index("---", start + 1)
            return _from_yaml("\n".join(head[start + 1 : stop]))
    return Details(title=_wordiest(lines))


def _wordiest(lines: Sequence[str]) -> str | None:
    """The line with the most words that is no navigation and no paragraph."""
    bare = (line.strip("#*_ ") for line in lines)
    titles = [line for line in bare if line and not _NAVIGATION.search(line) and len(line) < 200]
    return max(titles, key=lambda line: len(line.split()), default=None)


def _from_yaml(text: str) -> Details:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError):
        return Details()
    if not isinstance(found, dict):
        return Details()
    return Details(
        _first(found, _TITLE),
        _names(found),
        _first(found, _EVENT),
        _first(found, _URL),
        _first(found, _DATE),
        _first(found, ("language", "lang")),
    )


def _first(found: dict[Any, Any], keys: Sequence[str]) -> str | None:
    values = (found.get(key) for key in keys)
    return next((" ".join(str(value).split()) for value in values if _is_word(value)), None)


def _is_word(value: Any) -> bool:
    return bool(value) and not isinstance(value, list | dict | bool)


def _names(found: dict[Any, Any]) -> tuple[str, ...]:
    values = next((found[key] for key in _SPEAKERS if found.get(key)), ())
    several = values if isinstance(values, list) else str(values).split(",") if values else ()
    return tuple(str(name).strip() for name in several if _is_word(name) and str(name).strip())
