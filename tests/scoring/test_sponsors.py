"""Sponsor reads: where they begin and end."""

from scored_talks import talk

from bot.scoring.filters import refusals

READ = (
    "So that is how we mend a net.",
    "For ten years Harbour Lights has told what ropes are for.",
    "Do you wonder which knot to learn first?",
    "It is the home of candid talks about the sea.",
    "From hemp to nylon, it tells how rope is made.",
    "There are new episodes twice a week, wherever you listen.",
    "Just visit knots.fm/lights and subscribe.",
    "And one more thing.",
    "Our sponsors only know that you come from us if you use our link.",
    "Thank you to Harbour Lights for sponsoring the show.",
)


def test_a_sponsor_read_reaches_one_back_and_three_on_within_its_turn():
    lines = ["Rope holds."] * 2 + ["Our sponsor sells rope."] + ["Tar smells."] * 5
    assert refusals(talk(*lines)) == [None, *["sponsor"] * 5, None, None]
    speakers = [*["Ann"] * 3, *["Bo"] * 5]
    assert refusals(talk(*lines, speakers=speakers)) == [None, *["sponsor"] * 2, *[None] * 5]


def test_a_sponsor_read_begins_where_it_names_what_it_sells():
    found = refusals(talk(*READ))
    assert found == [None, "sponsor", "question", *["sponsor"] * 7]


def test_a_read_of_another_turn_is_another_read():
    found = refusals(talk(*READ, speakers=[*"AABBBBBBBB"]))
    assert found[:2] == [None, None]


def test_one_tell_tale_alone_says_nothing_of_what_is_far_before():
    lines = ["I grew up in Harbour Lights, by the sea.", *["Rope holds."] * 8]
    told = "The work in Harbour Lights was made possible by four of us."
    found = refusals(talk(*lines, told, "Tar smells."))
    assert found == [*[None] * 8, *["sponsor"] * 3]
