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

SHORT = ["Ship it.", "Why?", "Ask twice.", "Go home!"]
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
]


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
