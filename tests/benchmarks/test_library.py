"""The benchmark of search runs, and its library is the same each time."""

import json

from benchmarks import library, library_made


def test_each_kind_is_measured(tmp_path, capsys):
    library.main(
        ["--quotes", "400", "--at", str(tmp_path), "--queries", "2", "--peers", "1", "--json"]
    )
    rows = json.loads(capsys.readouterr().out)
    kinds = {row["kind"] for row in rows if row["by"] == "pullquote"}
    assert kinds == {*(kind.name for kind in (*library.MIX, *library.BESIDE)), "the mix"}
    assert {row["by"] for row in rows} == {"pullquote", "LIKE", "FTS5 bm25"}
    assert next(row["matches"] for row in rows if row["kind"] == "common word") > 10


def test_words_are_each_another():
    assert len({library_made.word(rank) for rank in range(library_made.WORDS)}) == 60_000
