"""What a row of a table may say, and the programmes that other tools export."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.model import Details, Person
from bot.talks import COLUMNS, read_table

PLACE = Path("/tables/talks.csv")


def table(*lines: str):
    return read_table("\n".join(lines).encode(), PLACE)


def only(*lines: str):
    found = table(*lines)
    assert not found.errors
    (one,) = found.entries
    return one


def test_every_column_is_read():
    one = only(
        ",".join(COLUMNS),
        "a.vtt,K7,Ropes,Boat days,2031-04-02,https://youtu.be/abc,a.mp3,en,2031-05-01,yes,shifted,"
        "Ada Quill; Bo Marsh,Rigger; -,ada.jpg,@ada,ada.example.org,@ada@sea.example,S1=Ada Quill",
    )
    assert one.file == str(PLACE.parent / "a.vtt")
    assert one.code == "K7"
    assert one.details == Details(
        title="Ropes",
        speakers=("Ada Quill", "Bo Marsh"),
        event="Boat days",
        url="https://youtu.be/abc",
        date="2031-04-02",
        language="en",
        media="/tables/a.mp3",
        embargo_until="2031-05-01",
        permission="granted",
        timeline="shifted",
    )
    assert one.people == (
        Person(
            "Ada Quill",
            "Rigger",
            "/tables/ada.jpg",
            {"x": "ada", "bluesky": "ada.example.org", "mastodon": "ada@sea.example"},
        ),
        Person("Bo Marsh"),
    )
    assert one.voices == {"S1": "Ada Quill"}


@pytest.mark.parametrize(
    ("column", "said", "meant"),
    [
        ("x", "https://twitter.com/ada?lang=en", "ada"),
        ("x", "https://x.com/ada", "ada"),
        ("bluesky", "https://bsky.app/profile/ada.example.org", "ada.example.org"),
        ("mastodon", "https://sea.example/@ada", "ada@sea.example"),
        ("mastodon", "@ada@Sea.Example", "ada@sea.example"),
    ],
)
def test_handles_are_known_by_the_address_of_a_profile_too(column, said, meant):
    one = only(f"file,speaker,{column}", f"a.vtt,Ada Quill,{said}")
    assert one.people[0].handles == {column: meant}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ada Quill", ["Ada Quill"]),
        ("Ada Quill; Bo", ["Ada Quill", "Bo"]),
        ('"Ada Quill, Bo Marsh"', ["Ada Quill", "Bo Marsh"]),
        ('"Ada Quill\nBo Marsh"', ["Ada Quill", "Bo Marsh"]),
        ('"Ada Quill, Jr."', ["Ada Quill, Jr."]),
        ('"Quill, Ada"', ["Quill, Ada"]),
    ],
)
def test_names_of_several_speakers(cell, names):
    one = only("file,speaker", f"a.vtt,{cell}")
    assert [person.name for person in one.people] == names


@pytest.mark.parametrize(
    ("column", "said", "reason"),
    [
        ("x", "Ada Quill", "x Ada Quill is not like @name"),
        ("bluesky", "ada", "bluesky ada is not like"),
        ("mastodon", "@ada", "mastodon @ada is not like"),
        ("permission", "maybe", "permission maybe is none of"),
        ("timeline", "about", "timeline about is none of exact, shifted"),
        ("embargo_until", "next week", "embargo_until next week is not like"),
        ("date", "1/2/2031", "date 1/2/2031 is not like"),
        ("photo", "a.jpg; b.jpg", "2 of photo for 1 speakers"),
        ("voices", "S1", "no LABEL=NAME"),
    ],
)
def test_a_cell_that_cannot_be_is_an_error_of_its_row(column, said, reason):
    found = table(f"file,speaker,{column}", f"a.vtt,Ada Quill,{said}", "b.vtt,Bo,")
    assert reason in str(found.errors[0])
    assert "line 2" in str(found.errors[0])
    assert [Path(one.file).name for one in found.entries] == ["b.vtt"]


def test_a_row_over_several_lines_is_named_by_its_first():
    found = table("file,title,date", 'a.vtt,"Ropes\nand knots",soon', "b.vtt,Knots,later")
    assert [f"line {at}" in str(error) for at, error in zip((2, 4), found.errors, strict=True)]


def test_a_date_with_a_time_is_a_day_and_an_embargo_keeps_its_zone():
    one = only("file,start,embargo", "a.vtt,2031-04-02 10:30:00+02:00,2031-05-01T09:00+02:00")
    assert one.details.date == "2031-04-02"
    assert one.details.embargo_until == "2031-05-01T09:00+02:00"


SESSIONIZE_CSV = (
    "Session Id,Title,Description,Owner,Status,Scheduled At,Recording URL,Speaker Id,FirstName,"
    "LastName,TagLine,X (Twitter),Profile Picture",
    "4711,Ropes,Of rope,Ada,Accepted,02 Apr 2031 10:00 AM,https://youtu.be/abc,1,Ada,Quill,Rigger,"
    "https://twitter.com/ada,https://example.org/a.jpg",
    "4711,Ropes,Of rope,Ada,Accepted,02 Apr 2031 10:00 AM,https://youtu.be/abc,2,Bo,Marsh,,"
    "https://twitter.com/bo,",
    "4712,Knots,Of knots,Cy,Declined,,,3,Cy,Reed,,,",
)


def test_sessionizes_line_for_each_speaker_is_one_talk():
    found = table(*SESSIONIZE_CSV)
    (one,) = found.entries
    assert one.details.speakers == ("Ada Quill", "Bo Marsh")
    assert one.details.date == "2031-04-02"
    assert [person.handles for person in one.people] == [{"x": "ada"}, {"x": "bo"}]
    assert one.people[1].role is None
    assert any("1 row passed over: their state is declined" in note for note in found.notes)


SESSIONIZE_JSON = {
    "sessions": [
        {
            "id": "4711",
            "title": "Ropes",
            "startsAt": "2031-04-02T10:00:00Z",
            "speakers": ["u1", "u2"],
            "recordingUrl": "https://youtu.be/abc",
            "liveUrl": None,
            "status": "Accepted",
            "isServiceSession": False,
        },
        {"id": "x", "title": "Lunch", "speakers": [], "isServiceSession": True},
    ],
    "speakers": [
        {
            "id": "u1",
            "firstName": "Ada",
            "lastName": "Quill",
            "fullName": "Ada Quill",
            "tagLine": "Rigger; sailor",
            "profilePicture": "https://example.org/a.jpg",
            "links": [{"title": "X", "url": "https://x.com/ada", "linkType": "Twitter"}],
        },
        {"id": "u2", "firstName": "Bo", "lastName": "Marsh", "tagLine": None, "links": []},
    ],
    "rooms": [],
}
PRETALX_SCHEDULE = {
    "schedule": {
        "version": "1.0",
        "conference": {
            "title": "Boat days",
            "days": [
                {
                    "date": "2031-04-02",
                    "rooms": {
                        "Hall": [
                            {
                                "id": 7,
                                "code": "KQ7RSD",
                                "date": "2031-04-02T10:00:00+02:00",
                                "title": "Ropes",
                                "language": "en",
                                "url": "https://example.org/talk/KQ7RSD/",
                                "do_not_record": True,
                                "persons": [
                                    {"public_name": "Ada Quill", "avatar": None},
                                    {"name": "Bo Marsh"},
                                ],
                            }
                        ]
                    },
                }
            ],
        },
    }
}
PRETALX_SESSIONS = [
    {
        "ID": "KQ7RSD",
        "Proposal title": {"en": "Ropes"},
        "Proposal state": "confirmed",
        "Speaker names": ["Ada Quill", "Bo Marsh"],
        "Start": "2031-04-02T10:00:00+02:00",
    },
    {"ID": "ZZ2222", "Proposal title": "Knots", "Proposal state": "rejected"},
]


@pytest.mark.parametrize(
    ("document", "code"),
    [(SESSIONIZE_JSON, "4711"), (PRETALX_SCHEDULE, "KQ7RSD"), (PRETALX_SESSIONS, "KQ7RSD")],
    ids=["sessionize", "schedule.json", "sessions.json"],
)
def test_a_programme_is_a_table(document, code):
    found = read_table(json.dumps(document).encode(), PLACE)
    assert not found.errors
    (one,) = found.entries
    assert (one.code, one.details.title, one.details.date) == (code, "Ropes", "2031-04-02")
    assert one.details.speakers == ("Ada Quill", "Bo Marsh")
    assert one.file is None


def test_what_a_programme_says_of_people_and_recording():
    (one,) = read_table(json.dumps(SESSIONIZE_JSON).encode(), PLACE).entries
    assert one.people[0].role == "Rigger, sailor"
    assert one.people[0].handles == {"x": "ada"}
    (other,) = read_table(json.dumps(PRETALX_SCHEDULE).encode(), PLACE).entries
    assert other.details.permission == "refused"
    assert other.details.event == "Boat days"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"PK\x03\x04 and so on", "is a workbook"),
        (b'{"sessions": 7}', "no programme"),
        (b"[1, 2", "no whole JSON"),
        (b"[" * 100_000, "no whole JSON"),
        (b"colour,size\nred,9\n", "no column called file or title"),
    ],
)
def test_what_is_no_table_is_refused(raw, reason):
    with pytest.raises(InputError, match=reason):
        read_table(raw, PLACE)


def any_json():
    leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
    keys = st.sampled_from(
        [
            "sessions",
            "speakers",
            "schedule",
            "conference",
            "days",
            "rooms",
            "id",
            "title",
            "persons",
        ]
    )
    return st.recursive(
        leaves, lambda one: st.lists(one, max_size=3) | st.dictionaries(keys, one, max_size=4)
    )


@given(any_json())
def test_odd_programmes_are_read_or_refused(document):
    with suppress(InputError):
        read_table(json.dumps(document).encode(), PLACE)
