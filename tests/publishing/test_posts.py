"""The words of a post: what they say, how long they are to a network, what gives way first."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.post import Limits, Words
from bot.publishing.counting import counted, fits
from bot.publishing.posts import Source, Style, alt_text, check_wording, compose
from bot.publishing.tags import hashtags

ROOT = Path(__file__).parent.parent.parent
X = Limits("weighted", 280, url=23)
BLUESKY = Limits("graphemes", 300, 3000)
MASTODON = Limits("reserved", 500, url=23)
PLAIN = Limits("plain", 120)
USUAL = "“{quote}” – {speaker}, {talk} {time}"
SOURCE = Source(
    "Build the ramp first.",
    "Ada Quill",
    "Small libraries",
    "LibConf",
    "32:36",
    "https://youtu.be/abc?t=1956",
)


def with_(**fields: str) -> Source:
    return Source(**{name: getattr(SOURCE, name) for name in Source.__slots__} | fields)


def covered(words: Words) -> list[tuple[str, str, str]]:
    return [(one.kind, words.text[one.start : one.end], one.target) for one in words.facets]


@pytest.mark.parametrize(
    ("wording", "gone", "text"),
    [
        (USUAL, "", "“Build the ramp first.” – Ada Quill, Small libraries 32:36"),
        (USUAL, "speaker", "“Build the ramp first.” – Small libraries 32:36"),
        (USUAL, "talk", "“Build the ramp first.” – Ada Quill, 32:36"),
        (USUAL, "time", "“Build the ramp first.” – Ada Quill, Small libraries"),
        (USUAL, "speaker talk", "“Build the ramp first.” – 32:36"),
        (USUAL, "speaker talk time", "“Build the ramp first.”"),
        ("{speaker}: {quote}", "speaker", "Build the ramp first."),
        ("{speaker} said: „{quote}“ ({talk})", "talk", "Ada Quill said: „Build the ramp first.“"),
        ("{quote}\n\n{speaker} ({talk}), at {time}", "time",
         "Build the ramp first.\n\nAda Quill (Small libraries)"),
        ("{quote}\n— {speaker} at {event}", "speaker", "Build the ramp first.\n— LibConf"),
        ("New: {talk} – {quote}", "talk", "New: Build the ramp first."),
        ("From {talk}: {quote}", "talk", "Build the ramp first."),
        ("{quote} – {speaker}.", "speaker", "Build the ramp first.."),
        ("«{quote}» {event}, {time} minutes in", "time", "«Build the ramp first.» LibConf"),
        ("{talk}, {time}", "", "Small libraries, 32:36"),
        ("only a remark", "", "only a remark"),
    ],
)  # fmt: skip
def test_nothing_dangles_where_a_field_is_empty(wording: str, gone: str, text: str) -> None:
    made = compose(with_(**dict.fromkeys(gone.split(), "")), Style(wording), BLUESKY)
    assert made.text == text


@pytest.mark.parametrize(
    ("wording", "named"),
    [
        ("{qoute} – {speaker}", "did you mean {quote}?"),
        ("{quote} {name}", "unknown field {name}"),
        ("{quote} {}", "unknown field {}"),
        ("{quote} {quote}", "{quote} twice"),
        ("{quote", "no field's"),
        ("  \n", "is empty"),
        ("{quote}" + "x" * 2000, "longer than 2000"),
    ],
)
def test_a_wording_that_cannot_be_filled_is_told(wording: str, named: str) -> None:
    with pytest.raises(ValueError, match="wording") as caught:
        check_wording(wording)
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("link", "limits", "line"),
    [
        ("none", X, []),
        ("text", X, ["youtu[.]be/abc?t=1956"]),
        ("text", BLUESKY, ["youtu.be/abc?t=1956"]),
        ("link", X, ["https://youtu.be/abc?t=1956"]),
        ("link", MASTODON, ["https://youtu.be/abc?t=1956"]),
    ],
)
def test_the_link_is_none_words_or_a_link(link, limits: Limits, line: list[str]) -> None:
    made = compose(SOURCE, Style(USUAL, link=link), limits)
    assert made.text.split("\n")[1:] == line
    links = [one for one in covered(made) if one[0] == "link"]
    assert links == [("link", one, SOURCE.url) for one in line if link == "link"]


def test_a_link_stands_where_the_wording_has_it() -> None:
    made = compose(SOURCE, Style("{quote} → {url} ({speaker})", link="link"), BLUESKY)
    assert made.text == f"Build the ramp first. → {SOURCE.url} (Ada Quill)"
    assert covered(made) == [("link", SOURCE.url, SOURCE.url)]


@pytest.mark.parametrize(
    ("wording", "handle", "mentions"),
    [
        (USUAL, "ada", [("mention", "@ada", "ada")]),
        (USUAL, "ada@hachyderm.io", [("mention", "@ada@hachyderm.io", "ada@hachyderm.io")]),
        (USUAL, "", []),
        ("{speaker}: {quote}", "ada", []),  # it would be a reply
        ("“{speaker}”: {quote}", "ada", []),
    ],
)
def test_a_known_speaker_is_mentioned(wording: str, handle: str, mentions: list) -> None:
    made = compose(with_(handle=handle), Style(wording), MASTODON)
    assert covered(made) == mentions
    assert ("Ada Quill" in made.text) is (not mentions)


def test_what_x_makes_a_link_of_by_itself_is_told() -> None:
    made = compose(with_(quote="We left booking.com for good."), Style(USUAL), X)
    assert covered(made) == [("link", "booking.com", "https://booking.com")]


@pytest.mark.parametrize(
    ("tags", "made"),
    [
        (["build the ramp", "#LibConf", "libconf"], ("BuildTheRamp", "LibConf")),
        (["open-source", "c++", "2026", "été"], ("OpenSource", "c", "été")),
        (["図書館", "x" * 61, "", "#"], ("図書館",)),
    ],
)
def test_tags_are_made_valid_or_left_out(tags: list[str], made: tuple[str, ...]) -> None:
    assert hashtags(tags) == made
    words = compose(SOURCE, Style(USUAL, tuple(tags)), BLUESKY)
    assert words.text.split("\n")[1] == " ".join(f"#{tag}" for tag in made)
    assert covered(words) == [("tag", f"#{tag}", tag) for tag in made]


@pytest.mark.parametrize(
    ("text", "limits", "length"),
    [
        ("plain", X, 5),
        ("日本", X, 4),
        ("👨‍👩‍👧", X, 2),
        ("…", X, 2),
        ("see https://example.org/a/very/long/way now", X, 31),
        ("booking.com", X, 23),
        ("👨‍👩‍👧é", BLUESKY, 2),
        ("e\u0301", MASTODON, 1),
        ("https://a.org", MASTODON, 23),
        ("👨‍👩‍👧", PLAIN, 5),
    ],
)
def test_words_are_counted_as_the_network_counts(text: str, limits: Limits, length: int) -> None:
    assert counted(text, limits) == length


def test_the_parser_of_x_does_without_a_part_of_setuptools() -> None:
    script = (
        "import sys; sys.modules['pkg_resources'] = None\n"
        "from bot.publishing.parser import twitter_text\n"
        "assert twitter_text().parse_tweet('日本').weightedLength == 4\n"
        "assert sys.modules['pkg_resources'] is None\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script], cwd=ROOT, check=True)


def test_mastodon_counts_of_a_mention_what_stands_before_the_server() -> None:
    made = compose(with_(handle="ada@a-rather-long.example"), Style("“{quote}” – {speaker}"),
                   MASTODON)  # fmt: skip
    assert made.counted == len("“Build the ramp first.” – @ada")


ALL = (
    "“Build the ramp first.” – Ada Quill, A rather long title of a talk, LibConf 2026 in Lund 32:36"
)
SAID = "“Build the ramp first.” – Ada Quill"


@pytest.mark.parametrize(
    ("most", "text", "quoted"),
    [
        (110, f"{ALL}\n#a #b", True),
        (99, f"{ALL}\n#a", True),
        (95, ALL, True),
        (88, f"{SAID}, A rather long title of a talk, LibConf 2026… 32:36", True),
        (75, f"{SAID}, A rather long title of a talk, 32:36", True),
        (70, f"{SAID}, A rather long title of a…, 32:36", True),
        (50, f"{SAID}, 32:36", True),
        (40, SAID, True),
        (34, "Ada Quill, A rather long…, 32:36", False),
        (12, "Ada Quill", False),
        (5, "Ada…", False),
        (2, "", False),
    ],
)
def test_the_frame_gives_way_in_order_and_never_the_quote(
    most: int, text: str, quoted: bool
) -> None:
    source = with_(talk="A rather long title of a talk", event="LibConf 2026 in Lund")
    style = Style("“{quote}” – {speaker}, {talk}, {event} {time}", ("a", "b"))
    made = compose(source, style, Limits("plain", most))
    assert (made.text, made.quoted, made.counted) == (text, quoted, len(text))


def test_what_runs_the_other_way_is_kept_apart() -> None:
    hebrew, arabic = "שלום לכולם.", "مكتبات صغيرة"
    apart = "\u2068{}\u2069".format
    made = compose(with_(quote=hebrew), Style(USUAL), BLUESKY)
    assert made.text == f"“{hebrew}” – {apart('Ada Quill')}, {apart('Small libraries')} 32:36"
    made = compose(with_(talk=arabic), Style(USUAL), BLUESKY)
    assert made.text == f"“Build the ramp first.” – Ada Quill, {apart(arabic)} 32:36"


@pytest.mark.parametrize("place", ["talk", "event", "speaker"])
def test_lines_of_the_frame_become_one(place: str) -> None:
    made = compose(with_(**{place: "two\r\nlines "}), Style("{talk} {event} {speaker}"), BLUESKY)
    assert "two lines" in made.text


@pytest.mark.parametrize(
    ("alt", "most", "made"),
    [("Quote card: “One two”", 100, "Quote card: “One two”"), ("one two three", 9, "one two…"),
     ("unbroken", 4, "unb…"), ("  ", 100, "Quote card")],
)  # fmt: skip
def test_alt_text_is_cut_at_a_word_and_never_empty(alt: str, most: int, made: str) -> None:
    assert alt_text(alt, most) == made


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)
real = st.sampled_from(
    ["Ada 👩‍💻 Quill", "مكتبات صغيرة", "図書館の小さな話をしましょう", "see a.org", "@you #it"]
)
field = st.one_of(words, real)
sources = st.builds(
    Source,
    quote=st.one_of(st.text(min_size=1, max_size=400), real).filter(str.strip),
    speaker=field,
    talk=field,
    event=field,
    time=st.sampled_from(["", "1:02:03"]),
    url=st.sampled_from(["", SOURCE.url]),
    handle=st.sampled_from(["", "ada", "ada.bsky.social", "ada@hachyderm.io"]),
)  # fmt: skip
styles = st.builds(
    Style,
    wording=st.sampled_from([USUAL, "{speaker}: {quote}", "{quote}\n{url} – {event}", "{talk}"]),
    tags=st.lists(words, max_size=3).map(tuple),
    link=st.sampled_from(["none", "text", "link"]),
)
limits = st.sampled_from([X, BLUESKY, MASTODON, PLAIN, Limits("plain", 12)])


@settings(max_examples=150, deadline=None)
@given(sources, styles, limits)
def test_words_fit_hold_the_quote_whole_or_not_and_facets_say_what_they_cover(
    source: Source, style: Style, limits: Limits
) -> None:
    made = compose(source, style, limits)
    assert made.counted <= limits.most
    assert fits(made.text, limits, made.facets)
    assert made.quoted is False or source.quote.strip() in made.text
    ends = [0]
    for one in made.facets:
        shown = made.text[one.start : one.end]
        assert ends[-1] <= one.start < one.end <= len(made.text)
        ends.append(one.end)
        begins = {"tag": "#", "mention": "@", "link": ""}[one.kind]
        assert one.target.endswith(shown.removeprefix(begins))


@pytest.mark.parametrize("limits", [X, PLAIN])
@pytest.mark.parametrize("field", ["quote", "talk"])
def test_words_without_end_are_cut_or_left_out_soon(field: str, limits: Limits) -> None:
    source = with_(**{field: "on maps " * 20_000})
    made = compose(source, Style(USUAL, tuple(f"tag{number}" for number in range(3000))), limits)
    assert made.counted <= limits.most
    assert made.quoted == (field != "quote")
