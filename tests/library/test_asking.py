"""The query language, as a table; and that no query ends in anything but an answer or our error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import QueryError
from bot.library.asking import parse


def told(text):
    """A query as it was understood: key, phrases with / between, - for not; ranges."""
    query = parse(text)
    clauses = [
        ("-" if one.negated else "") + "/".join(" ".join(phrase) for phrase in one.phrases)
        for one in query.clauses
    ]
    ranges = [
        f"{'-' if one.negated else ''}{one.key} {one.low:g}..{one.high:g}" for one in query.ranges
    ]
    return clauses + ranges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("ramp", ["ramp"]),
        ("Two WORDS", ["two", "words"]),
        ('"an exact phrase"', ["an exact phrase"]),
        ("don't", ["dont"]),
        ("twenty-two", ["twenty two"]),
        ("-ramp", ["-ramp"]),
        ('-"not this"', ["-not this"]),
        ("--ramp", ["-ramp"]),
        ("one – two", ["one", "two"]),
        ("知能 人", ["知能", "人"]),
        ("speaker:karpathy", ["speaker=karpathy"]),
        ('SPEAKER:"Ada Quill"', ["speaker=ada speaker=quill"]),
        ("-speaker:ada", ["-speaker=ada"]),
        ("status:approved,candidate", ["status=approved/status=candidate"]),
        ('tag:ramp,"on call"', ["tag=ramp/tag=on_call"]),
        ("talk:on-maps-2", ["talk=on_maps_2"]),
        ('flag:"unknown word"', ["flag=unknown_word"]),
        ("date:2026", ["date=2026"]),
        ("date:2026-05", ["date=2026_05"]),
        ("date:2026-5-4", ["date=2026_05_04"]),
        ("date:2026-01..2026-03", ["date=2026_01/date=2026_02/date=2026_03"]),
        ("date:1990..2009", ["date=199/date=200"]),
        ("date:2026-11-29..2027", ["date=2026_11_29/date=2026_11_30/date=2026_12/date=2027"]),
        ("date:>2099-12-30 date:<1900-01-02", ["date=2099_12_31", "date=1900_01_01"]),
        ("date:1850", ["date=never"]),
        ("posted:any", ["posted=any"]),
        ("posted:Preview,threads", ["posted=preview/posted=threads"]),
        ("-posted:any", ["-posted=any"]),
        ("score:>70", ["score 70.001..1e+07"]),
        ("score:>=70", ["score 70..1e+07"]),
        ("score:70", ["score 69.5..70.499"]),
        ("score:70.5", ["score 70.5..70.5"]),
        ("score:60..80", ["score 60..80"]),
        ("-score:..60", ["-score 0..60"]),
        ("length:<120", ["length 0..119"]),
        ("length:60..", ["length 60..1e+07"]),
        ("12:30", ["12 30"]),
        ("a*b ^c NEAR(x OR y)", ["a b", "c", "near x", "or", "y"]),
        ("'; DROP TABLE quotes;", ["drop", "table", "quotes"]),
    ],
)
def test_a_query_is_understood(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("ramp -", 6, "there is no word.*-ramp"),
        ('""', 1, "there is no word"),
        ('ramp "open', 6, 'the " has no partner; close it'),
        ('speaker:"ada', 9, "no partner"),
        ("spekaer:ada", 1, "no filter 'spekaer:'; did you mean 'speaker:'"),
        ("see https://a.b", 5, "no filter 'https:'.*quotes"),
        ("speaker:", 1, "'speaker:' has no value; write a name"),
        ("x tag:…", 3, "no letter or digit"),
        ("status:aproved", 1, "did you mean 'status:approved'"),
        ("status:proposed", 1, "write flag:proposed"),
        ("status:blue", 1, "one of candidate, approved"),
        ("posted:privew", 1, "no network 'privew'; did you mean 'posted:preview'"),
        ("posted:", 1, "has no value; write posted:any"),
        ("date:soon", 1, "'soon' is no date; write date:2026"),
        ("date:2026-02-30", 1, "no day '2026-02-30'"),
        ("date:2026-13", 1, "no day '2026-13'"),
        ("date:0000", 1, "no day"),
        ("date:2027..2026", 1, "ends before it begins; write 2026..2027"),
        ("date:..", 1, "is no date"),
        ("score:high", 1, "'high' is no number"),
        ("score:80..60", 1, "write 60..80"),
        ("score:1,2", 1, "has a comma"),
        ("length:>", 1, "is no number"),
        ("x" * 10_000, 1001, "10,000 characters; ask with 1,000"),
        ("a " * 41, 81, "41 parts; ask with 40"),
    ],
)
def test_what_is_not_understood_names_place_and_remedy(text, at, message):
    with pytest.raises(QueryError, match=message) as told_error:
        parse(text)
    assert (told_error.value.at, told_error.value.query[:5]) == (at, text[:5])
    assert f"query, character {at}: " in str(told_error.value)


@given(st.text(max_size=60) | st.from_regex(r'(-?(speaker|date|score|tag):)?["<>.\w,-]{0,9} *'))
@settings(deadline=None)
def test_every_query_is_understood_or_refused(text):
    try:
        assert parse(text).text == text
    except QueryError as error:
        assert 1 <= error.at <= len(text) + 1
