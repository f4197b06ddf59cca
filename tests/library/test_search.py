"""Quotes and lines are found by what they say, and the index follows every change."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spoken import LATER, NOW, OTHERS, candidates, transcript
from sqlalchemy import delete, insert, select, text, update

from bot.errors import QueryError
from bot.library.asking import parse
from bot.library.searching import marked, relevance, search
from bot.model import Cue, Details
from bot.store.packing import pack
from bot.store.publishing import posts
from bot.store.schema import (
    decisions,
    line_index,
    quote_index,
    quotes,
    talks,
    transcripts,
    unindexed,
)

HAN = ["人工知能は役に立つ。", "知識は力なり。"]


@pytest.fixture
def three(library, kept):
    bread = transcript(OTHERS, source="bread.txt")
    chosen = candidates(bread, speaker="Ümit Brød")
    library.keep(Details(title="Bread", date="2026-05-14"), bread, chosen, LATER)
    han = transcript(HAN, source="han.txt")
    library.keep(Details(title="Han", date="2025"), han, candidates(han, speaker="李明"), LATER)
    fog = library.search("navigation").quotes[0].id
    library.tag([fog], add=["On call"], remove=[], who="me", now=NOW)
    library.decide([fog], "approve", "me", NOW)
    return library


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 37),
        ("fog", 2),
        ("FOG -weather", 1),
        ('"harbour master"', 1),
        ('"master harbour"', 0),
        ("umit", 0),
        ("speaker:umit", 9),
        ('speaker:"brod"', 9),
        ("speaker:李明", 2),
        ("speaker:ada -speaker:quill", 0),
        ("talk:bread", 9),
        ("date:2026", 9),
        ("date:2025..", 11),
        ("date:2026-05-14", 9),
        ("date:2026-06", 0),
        ("status:approved", 1),
        ("-status:approved", 36),
        ("status:approved,candidate", 37),
        ('tag:"on call"', 1),
        ("tag:on", 0),
        ("score:>99", 0),
        ("score:<=100", 37),
        ("length:<25", 3),
        ("-length:<25", 34),
        ("知能", 1),
        ("知", 2),
        ("能", 1),
        ("役に立つ", 1),
        ("能力", 0),
    ],
)
def test_quotes_are_found(three, query, count):
    found = three.search(query, limit=100)
    assert (found.total, len(found.quotes), found.more) == (count, count, False)


def test_what_was_said_and_is_not_shown_is_found_too(three):
    found = three.search('"and so the sea"')
    assert found.quotes[0].shown.startswith("The sea")


def test_without_words_the_best_come_first_page_by_page(three):
    whole = three.search("speaker:ada", limit=100).quotes
    assert [one.score for one in whole] == sorted((one.score for one in whole), reverse=True)
    pages = [three.search("speaker:ada", limit=10, offset=at).quotes for at in (0, 10, 20)]
    assert sum(pages, ()) == whole


def test_with_words_the_ones_that_say_most_of_them_come_first(three):
    best = three.search("the").quotes[0].shown.casefold()
    assert best.count("the") > 1
    assert relevance("fog is fog", [("fog",)]) > relevance("fog is weather", [("fog",)])
    assert relevance("fog", [("fog",)]) > relevance("fog is only weather", [("fog",)])


def test_more_than_can_be_compared_come_by_score(three):
    with three.store.read() as connection:
        found = search(connection, parse("the"), limit=4, offset=3, most=5)
    assert (found.total, found.more, len(found.quotes)) == (5, True, 4)
    assert [one.score for one in found.quotes] == sorted(
        (one.score for one in found.quotes), reverse=True
    )


@pytest.mark.parametrize(
    ("shown", "words", "expected"),
    [
        ("A Café is a café.", [("cafe",)], ["Café", "café"]),
        ("We don’t know", [("dont", "know")], ["don’t know"]),
        ("人工知能は", [("工知", "知能")], ["工知能"]),
        ("人工知能は", [("知",)], ["知"]),
        ("on and on", [("on",), ("on", "and")], ["on and", "on"]),
        ("nothing", [("fog",)], []),
    ],
)
def test_what_was_looked_for_is_marked(shown, words, expected):
    assert [shown[first:stop] for first, stop in marked(shown, words)] == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [("x talk:brad", "character 3: .*did you mean 'bread'"), ("talk:bre", "'talk:bread'")],
)
def test_a_talk_that_is_not_there_is_told(three, query, message):
    with pytest.raises(QueryError, match=message):
        three.search(query)


@pytest.mark.parametrize(
    ("change", "query", "before", "after"),
    [
        (update(quotes).values(speaker="Bo Reed"), "speaker:reed", 0, 37),
        (update(quotes).values(shown="A buoy."), '"a buoy"', 0, 37),
        (update(quotes).values(score=10.0), "score:>5", 0, 37),
        (update(talks).values(date="2001-02-03"), "date:2001", 0, 37),
        (text("DELETE FROM decisions"), "fog", 2, 2),
        (text("DELETE FROM quotes WHERE talk = 'bread'"), "talk:bread", 9, 0),
    ],
    ids=str,
)
def test_the_index_follows_what_anybody_writes(three, change, query, before, after):
    assert three.search(query).total == before
    with three.store.write() as connection:
        connection.execute(text("DELETE FROM decisions"))
        connection.execute(change)
    assert three.search(query).total == after
    with three.store.read() as connection:
        assert connection.execute(select(unindexed)).all() == []


STATES = ("sent", "unconfirmed", "planned", "sending", "failed", "skipped", "cancelled", "deleted")


@pytest.fixture
def posted(three):
    """A post of each state on x, of one quote each; what is sent there is on mastodon, too."""
    names = sorted(one.id for one in three.search("speaker:ada", limit=20).quotes)
    rows = [("x", name, state) for name, state in zip(names, STATES, strict=False)]
    with three.store.write() as connection:
        for network, name, state in [*rows, ("mastodon", names[0], "sent")]:
            of = {"network": network, "account": "7", "quote": name, "occasion": 1}
            connection.execute(insert(posts).values(**of, state=state))
    return three


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("posted:any", 2),
        ("-posted:any", 35),
        ("posted:x", 2),
        ("posted:mastodon", 1),
        ("posted:X,mastodon -posted:mastodon", 1),
        ("posted:bluesky", 0),
    ],
)
def test_quotes_are_found_by_where_people_may_see_them(posted, query, count):
    assert posted.search(query).total == count


def test_the_index_follows_what_becomes_of_a_post(posted):
    for state, count in (("deleted", 0), ("sent", 8)):
        with posted.store.write() as connection:
            connection.execute(update(posts).where(posts.c.network == "x").values(state=state))
        assert posted.search("posted:x").total == count
    with posted.store.write() as connection:
        connection.execute(delete(posts).where(posts.c.network == "mastodon"))
    assert posted.search("posted:mastodon").total == 0


def test_what_fails_leaves_the_index_as_it_was(three):
    with pytest.raises(ZeroDivisionError), three.store.write() as connection:
        connection.execute(update(quotes).values(speaker="Bo Reed"))
        raise ZeroDivisionError
    assert three.search("speaker:reed").total == 0


def test_quotes_of_one_score_and_length_all_have_a_place(library):
    text_of = transcript()
    first = candidates(text_of)[0]
    library.keep(Details(title="Lights"), text_of, [first], NOW)
    with library.store.write() as connection:
        row = connection.execute(select(quotes)).one()._asdict()
        rows = [{**row, "id": f"q{number:05}"} for number in range(2500)]
        connection.execute(quotes.insert(), rows)
    assert library.search("lighthouse").total == 2501


def test_lines_are_found_that_nobody_picked(library):
    text_of = transcript()
    library.keep(Details(title="Lights", date="2026"), text_of, [], NOW)
    line = library.search_lines("napkin gale date:2026").lines[0]
    assert (line.talk, line.start_ms) == ("lights", 4 * 4000)
    assert [line.text[first:stop] for first, stop in line.marked] == ["napkin", "gale"]
    assert line.text.startswith("If you cannot draw it on a napkin")
    assert library.search_lines('"gale Nobody"').lines  # across two sentences
    assert library.search_lines('"so the sea does"').lines  # across two cues
    assert library.search_lines("napkin date:2025").lines == ()
    assert not library.search_lines("fog").more
    assert library.search_lines("the", 1).more


def test_only_the_newest_version_of_a_talk_is_searched(library):
    for mended in ({}, {"napkin": "postcard"}):
        text_of = transcript(mended=mended)
        library.keep(Details(title="Lights"), text_of, [], NOW)
    assert library.search_lines("napkin").lines == ()
    assert len(library.search_lines("postcard").lines) == 1


@pytest.mark.parametrize(
    "query", ["", "date:2026", "fog status:approved", "fog score:>3", "fog posted:any"]
)
def test_lines_need_words_and_no_filter_of_quotes(three, query):
    with pytest.raises(QueryError, match=r"no word|is of quotes"):
        three.search_lines(query)


SIGNS = "\" - * ^ : ( ) NEAR AND OR NOT ' ; -- \\ % _ 知 é fog date:2026 score:>1"
ODD = st.text(max_size=30) | st.lists(st.sampled_from(SIGNS.split(" "))).map(" ".join)


@given(ODD)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_query_ends_in_anything_but_an_answer_or_our_error(three, query):
    for ask in (three.search, three.search_lines):
        try:
            ask(query)
        except QueryError as error:
            assert error.reason


def test_the_index_holds_what_the_schema_says(three):
    with three.store.read() as connection:
        for table in (quote_index, line_index):
            row = connection.execute(select(table)).first()
            assert row.words
            assert "any=" in row.marks
    with three.store.write() as connection:
        connection.execute(delete(quote_index))
    assert three.search("fog").total == 0


def test_quotes_that_another_program_took_away_are_not_found(three):
    with three.store.write() as connection:
        for table in (decisions, quotes, unindexed):  # the last: it does not index
            connection.execute(delete(table))
    assert three.search("fog").quotes == three.every("") == ()


@pytest.mark.parametrize("said", [[], [Cue(0, 900, "Nothing of it.")]])
def test_lines_that_another_program_changed_are_not_found(three, said):
    with three.store.write() as connection:
        connection.execute(update(transcripts).values(cues=pack(said)))
        connection.execute(delete(unindexed))
    assert three.search_lines("napkin").lines == ()


@pytest.mark.parametrize("count", [400, 401])
def test_quotes_that_change_all_at_once_are_all_found(library, count):
    lines = [f"Lamp number {number} burns." for number in range(count)]
    talk = transcript(lines, source="lamps.txt")
    library.keep(Details(title="Lamps"), talk, candidates(talk), NOW)
    assert library.search("burns").total == count
    with library.store.write() as connection:
        connection.execute(update(quotes).values(speaker="Bo Reed"))
    assert library.search("burns speaker:reed").total == count
    with library.store.read() as connection:
        assert not connection.execute(select(unindexed)).all()
