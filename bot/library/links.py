"""Links into a recording: the place where a quote begins, in the way its site wants it. Pure."""

from urllib.parse import parse_qsl, urlencode, urlsplit

# https://developers.google.com/youtube/player_parameters and each site's own "share at" link
_QUERY = {
    "youtube.com": "t",
    "youtu.be": "t",
    "ted.com": "t",
    "twitch.tv": "t",
    "open.spotify.com": "t",
    "podcasts.apple.com": "t",
}
_EARLY_MS = 5000  # before a start that is only about right


def deep_link(url: str, start_ms: int, *, approximate: bool = False) -> str:
    """The recording's address at the whole second in which the quote begins.

    Where that is only about known, a few seconds earlier, so that nobody comes too late.

    Vimeo wants the unit; sites not known get a media fragment,
    https://www.w3.org/TR/media-frags/.
    """
    seconds = max(0, start_ms - (_EARLY_MS if approximate else 0)) // 1000
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[" and the like lead nowhere, however they are written
        return url
    name = _QUERY.get((parts.hostname or "").removeprefix("www.").removeprefix("m."))
    if name is None:
        unit = "s" if (parts.hostname or "").endswith("vimeo.com") else ""
        return parts._replace(fragment=f"t={seconds}{unit}").geturl()
    others = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
    return parts._replace(query=urlencode([*others, (name, seconds)])).geturl()
