"""Podcast feeds: every way in which episodes and transcripts were written."""

import pytest

from bot.errors import InputError
from bot.feeds import read_feed

URL = "https://show.example/feeds/rope.xml"


def rss(*items: str, root: str = "<rss>") -> bytes:
    bodies = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<channel><title>Rope</title><language>en-us</language>{bodies}</channel>"
    return f"{root}{channel}</rss>".encode()


def transcript(url: str, kind: str = "text/vtt", more: str = "", prefix: str = "podcast") -> str:
    return f'<{prefix}:transcript url="{url}" type="{kind}" {more}/>'


@pytest.mark.parametrize(
    "root",
    [
        "<rss>",  # a prefix that nobody declared
        '<rss xmlns:podcast="https://podcastindex.org/namespace/1.0">',
        '<rss xmlns:podcast="https://github.com/old/namespace/docs/1.0.md">',
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<rss>',
        "\ufeff<rss>",
        "\n\n <rss>",
    ],
)
def test_a_transcript_is_found_in_any_namespace(root):
    found = read_feed(rss("<guid>e1</guid>" + transcript("a.vtt"), root=root), URL)
    assert [one.links[0].url for one in found.episodes] == ["https://show.example/feeds/a.vtt"]


def test_another_prefix_is_the_same():
    found = read_feed(rss("<guid>e1</guid>" + transcript("a.vtt", prefix="pc20")), URL)
    assert len(found.episodes[0].links) == 1


def test_what_promises_most_comes_first():
    links = [("a.txt", "text/plain"), ("a.srt", "application/srt"), ("a.html", "text/html")]
    links += [("a.json", "application/json"), ("a.vtt", "text/vtt"), ("a.bin", "")]
    found = read_feed(rss("".join(transcript(*pair) for pair in links)), URL)
    endings = [one.url.rpartition(".")[2] for one in found.episodes[0].links]
    assert endings == ["json", "vtt", "srt", "html", "txt", "bin"]


def test_the_language_of_the_show_comes_before_a_translation():
    item = transcript("de.vtt", more='language="de"') + transcript("en.txt", "text/plain")
    links = read_feed(rss(item), URL).episodes[0].links
    assert [one.url[-6:] for one in links] == ["en.txt", "de.vtt"]


def test_details_of_an_episode():
    item = (
        "<title>Knots &amp; &lt;b&gt;bends&lt;/b&gt;</title><guid>e1</guid>"
        "<link>https://show.example/1</link><pubDate>Tue, 10 Oct 2023 08:46:31 +0000</pubDate>"
        '<podcast:person role="host">Bo Marsh</podcast:person>'
        '<podcast:person role="Guest">Ada  Quill</podcast:person>'
    )
    one = read_feed(rss(item), URL).episodes[0]
    assert one.details.title == "Knots & bends"
    assert (one.details.event, one.details.date) == ("Rope", "2023-10-10")
    assert (one.details.url, one.details.language) == ("https://show.example/1", "en-us")
    assert (one.id, one.guest) == ("e1", "Ada Quill")


def test_of_two_guests_none_is_the_main_speaker():
    people = "".join(f'<podcast:person role="guest">{n}</podcast:person>' for n in ("Ada", "Bo"))
    assert read_feed(rss(people), URL).episodes[0].guest is None


def test_a_link_that_episodes_share_is_no_address_of_a_talk():
    items = [f"<guid>{n}</guid><link>https://show.example/</link>" for n in "ab"]
    assert [one.details.url for one in read_feed(rss(*items), URL).episodes] == [None, None]


def test_without_a_guid_the_recording_names_the_episode():
    item = '<title>One</title><enclosure url="https://show.example/1.mp3"/>'
    assert read_feed(rss(item), URL).episodes[0].id == "https://show.example/1.mp3"


def test_an_episode_given_twice_is_one():
    found = read_feed(rss("<guid>a</guid><title>1</title>", "<guid>a</guid><title>2</title>"), URL)
    assert [one.details.title for one in found.episodes] == ["1"]


def test_broken_letters_are_mended():
    item = "<title>R&D &nbsp;at Caf&eacute; &amp; Bar\x0b</title>" + transcript("a.vtt?x=1&y=2")
    one = read_feed(rss(item), URL).episodes[0]
    assert one.details.title == "R&D at Café & Bar"
    assert one.links[0].url.endswith("a.vtt?x=1&y=2")


def test_atom():
    raw = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Rope</title><entry><id>urn:1</id>'
        '<title>One</title><published>2024-02-29T23:00:00Z</published><link rel="enclosure" '
        'href="1.mp3"/><link href="https://show.example/1"/>'
        '<x:transcript xmlns:x="urn:x" url="1.srt" type="text/srt"/></entry></feed>'
    )
    one = read_feed(raw.encode(), URL).episodes[0]
    assert (one.id, one.details.date, one.details.url) == (
        "urn:1",
        "2024-02-29",
        "https://show.example/1",
    )
    assert one.links[0].url == "https://show.example/feeds/1.srt"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is no podcast feed"),
        (b"<html><p>Subscribe<br></html>", "is no podcast feed"),
        (b"<opml/>", "is XML, but no podcast feed"),
        (b"\xff\xfe\x00", "is no podcast feed"),
        (
            b'<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
            "declares entities",
        ),
        (b'<?xml version="1.0" encoding="rot13"?><rss><a:b/></rss>', "encoding"),
    ],
)
def test_what_is_no_feed_is_refused(raw, reason):
    with pytest.raises(InputError, match=reason):
        read_feed(raw, URL)


def test_addresses_that_are_none_are_left_out():
    item = "".join(
        map(transcript, ["file:///etc/passwd", "javascript:1", "ftp://x/y", "", "http://["])
    )
    item += '<link>http://[</link><enclosure url="//["/>'
    found = read_feed(rss(item), URL).episodes[0]
    assert (found.links, found.details.url, found.details.media) == ((), None, None)


def test_a_date_that_is_none_is_none():
    for date in ("soon", "Tue, 99 Foo 2023", "2024-13-45", "0"):
        assert read_feed(rss(f"<pubDate>{date}</pubDate>"), URL).episodes[0].details.date is None
