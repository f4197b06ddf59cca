"""Said to shown: what is trimmed, and the laws an edit must keep."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.edits import shown_offset
from bot.losses import lost
from bot.model import Edit
from bot.wording import EditRefused, replay, trimmed
from tests.wording_cases import CASES
from tests.wording_laws import LAWFUL, UNLAWFUL


def edit(kind, marked, new):
    """What was said, and the edit that gives ``new`` for what stands between ``⟦`` and ``⟧``."""
    before, rest = marked.split("⟦")
    old, after = rest.split("⟧")
    return before + old + after, Edit(kind, len(before), old, new)


@pytest.mark.parametrize(("said", "shown"), CASES, ids=[said for said, _ in CASES])
def test_a_wind_up_is_trimmed_and_no_more(said, shown):
    found, edits = trimmed(said)
    assert found == shown
    assert replay(said, edits) == shown
    assert bool(edits) == (said != shown)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("I had a neighbor that says, never trust a wet ladder.", None),
        ("I have a boss saying, work until the tar is dry.", None),
        ("I had a post where he said that, tar never dries here.", None),
        ("I have a sign saying, the tar is never dry here.", "The tar is never dry here."),
        ("And I wrote a post about, number one, buy more rope.", "Number one, buy more rope."),
        ("ısı her odada başka türlü davranır.", None),
        ("ſo the rope outlives every hand on it.", "The rope outlives every hand on it."),
        ("I think no rope is innocent.", "No rope is innocent."),
        ("I think no, the rope is wet.", None),
        ("iPhone cables are the new rope.", None),
        ("", None),
        ("…", None),
    ],
)
def test_only_the_speakers_own_note_is_trimmed(said, shown):
    assert trimmed(said)[0] == (said if shown is None else shown)


GLOSSARY = {
    "Andre": "Andrej",
    "pie torch": "PyTorch",
    "Reddis": "Redis",
    "can't": "can",
    "art": "Art",
}


@pytest.mark.parametrize(("kind", "marked", "new", "shown"), LAWFUL)
def test_a_lawful_edit_is_replayed(kind, marked, new, shown):
    said, lawful = edit(kind, marked, new)
    assert replay(said, [lawful], GLOSSARY) == shown


@pytest.mark.parametrize(("kind", "marked", "new", "reason"), UNLAWFUL)
def test_an_unlawful_edit_is_refused(kind, marked, new, reason):
    said, unlawful = edit(kind, marked, new)
    with pytest.raises(EditRefused, match=reason) as caught:
        replay(said, [unlawful], GLOSSARY)
    assert caught.value.index == 0


def test_every_kind_has_lawful_and_unlawful_cases():
    lawful, unlawful = (Counter(row[0] for row in rows) for rows in (LAWFUL, UNLAWFUL))
    assert len(lawful) == 8
    assert all(count >= 3 and unlawful[kind] >= 5 for kind, count in lawful.items())


@pytest.mark.parametrize(
    ("at", "old"),
    [
        *((-1, "."), (-5, "olds."), (-5, "olds"), (99, ""), (12, "")),
        *((99, "Rope"), (0, "rope"), (1, "Rope"), (8, "ds. ")),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(at, old):
    with pytest.raises(EditRefused, match="does not fit"):
        replay("Rope holds.", [Edit("punctuation", at, old, "")])


def test_a_glossary_edit_needs_a_glossary():
    with pytest.raises(EditRefused, match="glossary"):
        replay("Ask Andre.", [Edit("glossary", 4, "Andre", "Andrej")])


def test_a_refusal_names_the_edit():
    edits = [Edit("case", 0, "r", "R"), Edit("cut", 5, " holds,", " …"), Edit("case", 0, "R", "T")]
    with pytest.raises(EditRefused) as caught:
        replay("rope, holds, fast.", edits)
    assert (caught.value.index, str(caught.value)) == (2, "edit 3 changes more than capitals")


def test_edits_are_replayed_one_after_the_other():
    said = "And so, um, the the rope, from Bergen, holds"
    edits = [
        *(Edit("trim-start", 0, "And so, ", ""), Edit("filler", 0, "um, ", "")),
        *(Edit("repeat", 0, "the ", ""), Edit("cut", 8, ", from Bergen,", " …")),
        *(Edit("case", 0, "t", "T"), Edit("punctuation", 16, "", ".")),
    ]
    assert replay(said, edits) == "The rope … holds."
    assert shown_offset(said, edits) == said.index("the rope")


@pytest.mark.parametrize(
    ("said", "edits", "word"),
    [
        ("Rope holds.", [], "Rope"),
        ("So rope holds.", [Edit("trim-start", 0, "So ", "")], "rope"),
        ("So rope holds.", [Edit("trim-start", 0, "So", "")], "rope"),
        ("rope holds.", [Edit("case", 0, "r", "R")], "rope"),
        ("Old rope here holds.", [Edit("cut", 0, "Old rope here ", "… ")], "holds"),
        (
            "So rope holds.",
            [Edit("punctuation", 0, "", "“"), Edit("trim-start", 0, "“So ", "")],
            "rope",
        ),
        ("Andre holds.", [Edit("glossary", 0, "Andre", "Andrej")], "Andre"),
        ("Rope um holds.", [Edit("filler", 5, "um ", "")], "Rope"),
    ],
)
def test_the_first_shown_word_is_found_in_what_was_said(said, edits, word):
    assert shown_offset(said, edits) == said.index(word)


@pytest.mark.parametrize(
    ("removed", "reason"),
    [
        ("so ", None),
        ("I think ", None),
        ("I'd also argue that ", None),
        ("I really believe ", None),
        ("you know, ", None),
        ("I wrote a note about, ", None),
        ("hardly", "loses the negation 'hardly'"),
        ("without", "loses the negation 'without'"),
        ("oughtn't", 'loses the negation "oughtn\'t"'),
        ("mustn’t", 'loses the negation "mustn\'t"'),
        ("until", "loses the condition 'until'"),
        ("depending", "loses the condition 'depending'"),
        ("she insists", "loses the attribution 'insists'"),
        ("according to Bo", "loses the attribution 'according'"),
        ("my aunt thinks", "loses the attribution 'thinks'"),
        ("we say", "loses the attribution 'say'"),
    ],
)
def test_what_words_would_be_lost_is_named(removed, reason):
    assert lost(removed) == reason


WINDUPS = st.sampled_from(["And ", "So, ", "I think ", "Um ", "well, ", "not ", "if ", "he said "])
SAID = st.tuples(st.lists(WINDUPS, max_size=4).map("".join), st.text(max_size=40)).map("".join)


@settings(max_examples=400, deadline=None, database=None)
@given(SAID | st.text(alphabet="so and I think it's rope. ıßŉǆİ-'", max_size=40))
def test_whatever_is_trimmed_replays_and_only_takes_a_beginning(said):
    shown, edits = trimmed(said)
    assert replay(said, edits) == shown
    closing = [each for each in edits if each.kind == "punctuation"]  # spaces before marks
    assert {each.old.strip(" ") + each.new for each in closing} <= {""}
    said = replay(said, closing)
    assert {each.kind for each in edits[len(closing) :]} <= {"trim-start", "case"}
    assert said[len(said) - len(shown) :].casefold() == shown.casefold()


def test_a_dash_that_belongs_to_a_number_is_no_windup():
    said = "–169 And nobody has looked back at the boats since then."
    assert trimmed(said) == (said, ())


@pytest.mark.parametrize(
    "opening",
    [
        "And so, I think we mend the net before we mend the boat.",
        "Well, nobody who ever mended a net by night forgets the smell.",
        "So the harbour keeps its own time and no clock ever told it.",
    ],
)
def test_an_opening_is_trimmed_alike_whatever_follows(opening):
    _, edits = trimmed(opening)
    for rest in ("And so on.", "I think, well, no.", "It holds, you know."):
        assert trimmed(f"{opening} {rest}")[1] == edits


def test_what_follows_decides_where_an_opening_is_in_doubt():
    opening = "I think when the wind drops and the sea goes quite flat."
    assert trimmed(opening) == (opening, ())
    assert trimmed(f"{opening} Then, we row.")[0].startswith("When the wind drops")
