"""The benchmark of sentence times counts what it promises."""

import json

from typer.testing import CliRunner

from benchmarks import sentence_times
from bot.model import Word


def test_captions_end_at_voices_pauses_and_lengths():
    words = [(Word("rope", 400 * at, 400 * at + 300), "Ann") for at in range(40)]
    words += [(Word("knot", 20_000, 20_300), "Ann"), (Word("knot", 20_400, 20_700), "Bo")]
    made = sentence_times.captions(words)
    assert sum(len(cue.text.split()) for cue in made) == 42
    assert all(cue.end_ms - cue.start_ms <= 6_000 and len(cue.text) <= 84 for cue in made)
    assert [cue.speaker for cue in made[-2:]] == ["Ann", "Bo"]


def test_errors_are_those_of_starts(tmp_path):
    words = [
        {"word": word, "start": at * 0.4 + (at % 5) / 50, "end": at * 0.4 + 0.1 + (at % 7) / 40}
        for at, word in enumerate(" ".join(f"Rope {number} holds." for number in range(60)).split())
    ]
    segment = {"start": 0, "end": 80, "text": " ".join(one["word"] for one in words)}
    path = tmp_path / "talk.json"
    path.write_text(json.dumps({"segments": [{**segment, "words": words}]}))
    result = CliRunner().invoke(_app(sentence_times.main), [str(path), "--json"])
    row = json.loads(result.stdout)
    assert (row["files"], row["sentences"]) == (1, 60)
    assert row["pooled"]["pullquote"]["median"] < row["pooled"]["caption's start"]["median"]


def _app(command):
    import typer

    app = typer.Typer()
    app.command()(command)
    return app
