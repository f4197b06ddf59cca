"""From what was said to what a person typed: the edits found are lawful, or it is told why none."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.editing import NotSaid, edits_to
from bot.editing.texts import as_typed
from bot.wording import replay, trimmed
from tests.wording_cases import CASES
from tests.wording_laws import LAWFUL, UNLAWFUL

GLOSSARY = {"Andre": "Andrej", "pie torch": "PyTorch", "Reddis": "Redis", "can't": "can"}
NIGHT = "And so I think the the rope, um, held all night. It rained, which is good."
TALK = (
    "And so I think the the rope, um, held all night. It did not break, which nobody believed, and"
    " we don’t say “luck” -- we say tar. Andre bought pie torch, you know, in May. Is it wet?"
)


@pytest.mark.parametrize(("said", "shown"), CASES)
def test_every_trim_is_found_again(said, shown):
    assert edits_to(said, shown) == trimmed(said)[1]
    light, _ = trimmed(said, light=True)
    assert replay(said, edits_to(said, light)) == light


def unmarked(marked, new):
    """A text of the laws with what goes, and without it."""
    said = marked.replace("⟦", "").replace("⟧", "")
    return said, marked[: marked.index("⟦")] + new + marked[marked.index("⟧") + 1 :]


@pytest.mark.parametrize(("kind", "marked", "new", "shown"), LAWFUL)
def test_every_lawful_edit_is_found(kind, marked, new, shown):
    said, _ = unmarked(marked, new)
    edits = edits_to(said, shown, GLOSSARY)
    straight = str.maketrans("“”", '""')
    assert replay(said, edits, GLOSSARY).translate(straight) == shown.translate(straight)


ALSO_LAWFUL = {"We start now.", "Rope holds."}  # by another kind of edit, or the same words


@pytest.mark.parametrize(("kind", "marked", "new", "why"), UNLAWFUL)
def test_no_unlawful_edit_is_found(kind, marked, new, why):
    said, typed = unmarked(marked, new)
    glossary = {key: GLOSSARY[key] for key in ("Andre", "pie torch", "Reddis")}
    if said in ALSO_LAWFUL and as_typed(typed).keys == as_typed(said).keys:
        return
    with pytest.raises(NotSaid) as told:
        edits_to(said, typed, glossary)
    for spot in told.value.spots:
        assert 0 <= spot.start <= spot.stop <= len(typed)
        assert spot.reason


@pytest.mark.parametrize(
    ("said", "typed", "shown"),
    [
        (NIGHT, "The rope held all night.", None),
        (NIGHT, "  The  rope\u00a0held all night ", "The rope held all night"),
        (NIGHT, "the rope, um, held all night.", None),
        (NIGHT, "“The rope held all night.”", "The rope held all night."),
        (NIGHT, "The rope held all night...", "The rope held all night…"),
        (NIGHT, "The rope held all night. It rained...", "The rope held all night. It rained…"),
        (TALK, TALK.replace("--", "–"), None),
        (TALK, TALK.replace("--", "—").replace("’", "`"), TALK.replace("--", "—")),
        (TALK, TALK.replace("--", "-").replace("“", '"').replace("”", '"'), TALK),
        (TALK, TALK.upper().replace("’", "'"), TALK.upper()),
        (
            TALK,
            TALK.replace("Andre", "Andrej").replace("pie torch, you know,", "PyTorch"),
            TALK.replace("Andre", "Andrej").replace("pie torch, you know,", "PyTorch"),
        ),
    ],
)
def test_marks_typed_in_another_way_are_understood(said, typed, shown):
    assert replay(said, edits_to(said, typed, GLOSSARY), GLOSSARY) == (shown or typed)


@pytest.mark.parametrize(
    ("said", "typed", "red", "reason"),
    [
        (TALK, "The rope broke all night.", "broke", "the talk says “um held” here"),
        (TALK, "The rope old held all night.", "old", "the talk says “um” here"),
        (TALK, "The rope held old all night.", "old", "the talk does not say this here"),
        (TALK, "Sand is it wet.", "Sand", None),
        (NIGHT, "The rope held all night. It rained.", "rained", "cuts a sentence short"),
        (NIGHT, "The rope held.", "held", "cuts a sentence short"),
        (NIGHT, "The rope all night.", "rope all", "“held” is left out"),
        (NIGHT, "Rope held all night.", "Rope", "“the” is left out"),
        ("It did not break.", "It did break.", "did break", "loses the negation 'not'"),
        ("Rope holds if dry.", "Rope holds.", "holds", "loses the condition 'if'"),
        ("He said rope holds.", "Rope holds.", "Rope", "loses the attribution 'said'"),
        ("Is it wet?", "It is wet.", "It", None),
        ("Is it wet?", "Is it wet.", "wet", "changes more than punctuation"),
        (NIGHT, "", "", "there are no words"),
        (NIGHT, "…", "…", "there are no words"),
        (NIGHT, "word " * 10_000, "word " * 10_000, "words at most"),
    ],
)
def test_what_is_not_said_is_pointed_at(said, typed, red, reason):
    with pytest.raises(NotSaid) as told:
        edits_to(said, typed, GLOSSARY)
    first = told.value.spots[0]
    assert typed[first.start : first.stop] == red
    assert (reason or "") in str(told.value)


SPOKEN = "the the rope um uh you know i mean and so think not don't if held . , … -- tar We he said"
WORDS = st.sampled_from(SPOKEN.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14), st.data())
@example(["the", "the", "the", "rope", "held", "."], None)
def test_what_is_found_is_what_was_typed(words, data):
    said = " ".join(words).replace(" .", ".").replace(" ,", ",")
    kept = [word for word in words if data is None or data.draw(st.booleans())]
    typed = " ".join(kept).replace(" .", ".").replace(" ,", ",")
    try:
        edits = edits_to(said, typed, GLOSSARY)
    except NotSaid as error:
        assert error.spots
        assert all(0 <= one.start <= one.stop <= len(typed) for one in error.spots)
    else:
        shown = replay(said, edits, GLOSSARY)
        assert as_typed(shown).keys == as_typed(typed).keys
        assert as_typed(shown).between == as_typed(typed).between or "--" in said


def test_sixty_words_take_no_time_to_be_judged():
    said = " ".join([TALK, TALK])
    typed = said.replace("the the rope", "the rope", 1).replace("wet", "dry")
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        with pytest.raises(NotSaid):
            edits_to(said, typed, GLOSSARY)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.02
