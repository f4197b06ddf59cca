"""Turn text: whose words are whose."""

from transcript_files import read_text, texts

from bot.sentences import sentences, stream

TALK = """Ann Lee  0:01
Ropes are older than ships.
{inside}
Bo Marsh  0:20
Who says so?

Ann Lee  0:31
Every sailor that I have met.

Transcribed by https://example.org
"""


def said(inside):
    found = sentences(stream(read_text(TALK.format(inside=inside)).cues))
    return [(one.speaker, one.text) for one in found]


def test_a_turn_lasts_until_the_next_name():
    assert said("And they hold.") == [
        ("Ann Lee", "Ropes are older than ships."),
        ("Ann Lee", "And they hold."),
        ("Bo Marsh", "Who says so?"),
        ("Ann Lee", "Every sailor that I have met."),
    ]


def test_another_name_inside_a_turn_is_never_the_turns_speaker():
    for name in ("Bo Marsh", "Cy Reed"):
        assert (None, "That is not so.") in said(f"{name}: That is not so.")


def test_a_plain_word_before_a_colon_is_no_name():
    assert ("Ann Lee", "Remember: ask first.") in said("Remember: ask first.")


def test_a_time_alone_is_the_same_voice_speaking_on():
    found = read_text(TALK.format(inside="(0:12):\nAnd they hold."))
    assert [(cue.start_ms, cue.speaker) for cue in found.cues[:2]] == [
        (1_000, "Ann Lee"),
        (12_000, "Ann Lee"),
    ]
    assert texts(found)[1] == "And they hold."
    assert found.removed[0].text.startswith("Transcribed by")
