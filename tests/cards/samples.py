"""Quotes and talks to draw: short, long and ugly ones."""

from bot.cards import load_look
from bot.model import Candidate, Talk

TALK = Talk(
    id="t1",
    title="Small libraries, long lives",
    event="Northern Code Days",
    duration_ms=3_000_000,
)
THEMES = ["contrast", "daylight", "dusk", "midnight", "mono", "paper", "poster", "stage"]
LOOKS = {theme: load_look("square", theme, alone=True) for theme in THEMES}

SHORT = ["Ship it.", "Why?", "Ask twice.", "Go home!", "Enough.", "NO.", "42.", "Électricité!"]
SHORT += ["Wait – what?", "Ask who gets paged.", "Measure twice, then ship."]
QUOTES = [
    "You can't automate a conversation you've never had.",
    "Nobody reads the manual until the manual is all that's left.",
    "We spent nine months making it fast -- and then the first customer asked us whether it could "
    "also be slow.",
    "A backup you have never restored is a rumour.",
    "Every outage I have ever been part of began with a sentence that contained the word simply.",
    "The hardest part of open source isn't the code, it's saying no to someone who is being kind.",
    "If your onboarding takes three weeks, you don't have a hiring problem, you have a "
    "documentation problem with a salary.",
    "Data beats opinions, but only if somebody asked the question before they looked at the data.",
    "My grandmother ran a bakery for fifty years without a dashboard, and she knew her numbers "
    "better than any team I've worked with.",
    "A good interface is an apology you never have to make.",
    "I used to think the goal was to be right. Now I think the goal is to be easy to correct.",
    "There's a version of this talk that's four hours long, and it's mostly me crying about time "
    "zones.",
    "The first version took a weekend; the second took a year; the third, if I'm honest, is the "
    "first one again, with better error messages and 40 % less code.",
    "I've never met a deadline that was improved by a second meeting about the deadline. What "
    "helps is somebody with the nerve to say, in the first hour, which half of the work we're not "
    "going to do.",
    "The map was right, the road had moved.",
    "What you cannot explain to a tired colleague, you have not yet understood.",
    "Half of my job is finding out which of two true sentences matters today.",
    "Slow is a feeling; latency is a number; people leave because of the feeling.",
    "We deleted eleven thousand lines on a Friday, and the only ticket we got said thank you.",
    "A test that never fails teaches you nothing, and a test that always fails teaches you to look "
    "away.",
    "In 1998 we had 3 servers and 40,000 users; in 2023 we had 3,000 servers and the same users, "
    "only angrier.",
]
UGLY = [
    "He said \"we'll fix it in the '90s\" -- and nobody laughed, nobody--not one person--even "
    "looked up from the table...",
    '"Yes" is the most expensive word in a meeting, \'cause nobody writes down what it was yes to.',
    "Jigsaws, junk and (I'm told) jelly: that was the whole inventory of Jim's job, wasn't it?",
    "Internationalisation counterrevolutionaries misunderstood electroencephalographically.",
    "Complexity is a loan, and the interest is paid by whoever is on call at four in the morning, "
    "on a Sunday, in a language they never learned, reading a comment that says: temporary. So "
    "before you take the loan, go and meet that person, buy them lunch, and ask.",
    "NOBODY EVER GOT FIRED FOR TURNING IT OFF AND ON AGAIN.",
    "Zoë's naïve café façade cost €12.50 in Łódź, 90 kr. in Århus and, señor, nothing in A Coruña.",
    "\"Don't say 'never'\", my mother said, \"say 'not before lunch'\" -- and she never did, not "
    "once.",
    "The Donaudampfschifffahrtsgesellschaft answers faster than our billing service.",
    "Version 2.0.1-rc3 fixed 1,024 bugs (11 % of them ours), broke 3/4 of the plug-ins and shipped "
    "at 23:59.",
    "if it's lower-case it isn't finished, if it's finished it isn't lower-case: that's the whole "
    "style guide",
    "A, b, c: I, you, it; to be or to do, in or on, at or by, of or for—it is all the same to me.",
    "Fluffy affidavits, official offices, efficient waffles, baffling flights: five ligatures, one "
    "coffee, fifty-five flies.",
]
LONG = [  # of 50 to 70 words
    "For a year we argued about which database to buy. Then the building flooded, the old one "
    "drowned, and we ran the company from a spreadsheet for six weeks. Nobody missed a report, "
    "nobody missed a meeting, and when the new machines arrived I honestly had to think about what "
    "we would use them for.",
    "I have come to believe that every large system is really a small system that somebody trusted "
    "and a second small system that somebody bolted on in a hurry and a third that grew in between "
    "the two of them because nobody dared to ask which one of them was meant to go first when both "
    "of them wanted to",
    "Write it down. Read it aloud. Cut a third. Sleep. Cut another third. Send it to somebody who "
    "owes you nothing. Wait. If they answer with a question, you have an opening. If they answer "
    "with praise, you have a friend. If they do not answer at all, congratulations: you've been "
    "edited, and for free, by the most honest reader there is.",
    "My first manager kept a drawer of things that had gone wrong: a fuse, a floppy disk, a page "
    "torn out of a contract. Whenever one of us was new and afraid, she opened it, took out one "
    "thing, and told us what it had cost, who had broken it, and what that person does today. "
    "Every one of them was in the room, and one of them was always her.",
]
EVERY = [*SHORT, *QUOTES, *UGLY, *LONG]


def quote(
    text: str,
    start_ms: int = 1_956_000,
    *,
    end_ms: int | None = None,
    speaker: str | None = "Maya Lindqvist",
    approximate: bool = False,
) -> Candidate:
    """A candidate that shows the text."""
    return Candidate(
        said=text,
        shown=text,
        edits=(),
        start_ms=start_ms,
        end_ms=start_ms + 9000 if end_ms is None else end_ms,
        score=1.0,
        reasons=(),
        approximate=approximate,
        speaker=speaker,
    )
