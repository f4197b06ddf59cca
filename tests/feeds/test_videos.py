"""Which subtitles of a video page are taken, and what its details become."""

import pytest

from bot.errors import InputError
from bot.feeds.videos import _best, _details, _plain, _read

URL = "https://film.example/1"


def tracks(*languages, ending="vtt"):
    return {name: [{"ext": ending, "url": f"{name}.{ending}"}] for name in languages}


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ({"subtitles": tracks("de", "en"), "language": "en"}, "en.vtt"),
        ({"subtitles": tracks("de", "en"), "language": "de-AT"}, "de.vtt"),
        ({"subtitles": tracks("live_chat", "fr")}, "fr.vtt"),
        ({"subtitles": tracks("en"), "automatic_captions": tracks("en-orig")}, "en.vtt"),
        ({"subtitles": tracks("fr"), "automatic_captions": tracks("en")}, "fr.vtt"),
        ({"automatic_captions": tracks("de", "en", "en-orig")}, "en-orig.vtt"),
        (
            {"automatic_captions": {"en": tracks("en")["en"] + tracks("en", ending="json3")["en"]}},
            "en.json3",
        ),
    ],
)
def test_people_before_machines_and_the_spoken_language_first(page, address):
    assert _best(_read(page, URL), URL).address == address


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ({}, "has no subtitles"),
        ({"automatic_captions": tracks("de"), "language": "fr"}, "has no subtitles"),
        ({"_type": "playlist"}, "is a list of videos"),
        ({"subtitles": {"en": None, "de": []}}, "has no subtitles"),
        ([], "has no subtitles"),
        ("a page", "makes no sense"),
        ({"\ud800": 1}, "makes no sense"),
        ({"subtitles": "en"}, "makes no sense"),
        ({"subtitles": {"en": ["en.vtt"]}}, "makes no sense"),
        ({"title": {"en": "Knots"}}, "makes no sense"),
    ],
)
def test_what_has_none_is_refused(page, reason):
    with pytest.raises(InputError, match=reason):
        _best(_read(page, URL), URL)


def test_the_details_of_a_page():
    told = {
        "title": "Knots",
        "channel": "Rope TV",
        "upload_date": "20240229",
        "webpage_url": "https://film.example/watch?v=1",
        "subtitles": tracks("en"),
    }
    page = _read(told, URL)
    found = _details(page, URL, _best(page, URL))
    assert (found.title, found.event, found.date) == ("Knots", "Rope TV", "2024-02-29")
    assert (found.url, found.language) == ("https://film.example/watch?v=1", "en")


def test_the_site_s_reason_without_advice_for_others():
    told = "\x1b[0;31mERROR: [site] 1: Sign in. Use --cookies for the authentication"
    assert _plain(told) == "[site] 1: Sign in"
