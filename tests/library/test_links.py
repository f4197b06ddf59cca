"""Links into a recording."""

import pytest

from bot.library.links import deep_link


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&t=83"),
        ("https://youtube.com/watch?v=abc&t=5s&x=", "https://youtube.com/watch?v=abc&x=&t=83"),
        ("https://m.youtube.com/watch?v=abc", "https://m.youtube.com/watch?v=abc&t=83"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=83"),
        ("https://vimeo.com/123", "https://vimeo.com/123#t=83s"),
        ("https://example.org/a.mp3?x=1#top", "https://example.org/a.mp3?x=1#t=83"),
        ("https://open.spotify.com/episode/7?si=x", "https://open.spotify.com/episode/7?si=x&t=83"),
        ("media/maps.mp3", "media/maps.mp3#t=83"),
        ("http://[", "http://["),
    ],
)
def test_a_link_leads_to_the_second_in_which_the_quote_begins(url, expected):
    assert deep_link(url, 83_999) == expected


def test_a_link_to_about_a_time_is_a_little_early():
    assert deep_link("https://youtu.be/abc", 83_999, approximate=True).endswith("?t=78")
    assert deep_link("https://youtu.be/abc", 2_000, approximate=True).endswith("?t=0")
