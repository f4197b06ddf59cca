"""What a sheet may not hold: refused with its line and what to do, and nothing is done."""

import gzip

import pytest
from sheet_files import change, elsewhere, exported, imported
from spoken import NOW, OTHERS, candidates, dump, transcript

from bot.errors import LibraryError, SheetError
from bot.library import Library
from bot.library.sheets.files import read_text, write
from bot.library.sheets.nodes import MOST_BYTES
from bot.model import Details
from bot.store import open_store


@pytest.fixture
def sheet(library, kept, tmp_path):
    exported(library, tmp_path)
    return tmp_path / "lights.yaml"


ALIASES = "x: &a [b, b]\ny: &b [*a, *a]\nsheet: 1"


@pytest.mark.parametrize(
    ("old", "new", "reason", "remedy"),
    [
        ("status: cand", "state: cand", "there is no 'state' here", "did you mean 'status'"),
        ("status: candidate", "status: aproved", "'status' is 'aproved'", "mean 'approved'"),
        ("tags: []", "tags: sea", "'tags' is no list of texts", "tags: [one, two]"),
        ("tags: []", "tags: ['a,b']", "‘a,b’ is no tag", "without commas"),
        ('note: ""', "note: [a]", "'note' is a list", "on its line"),
        ("sheet: 1", "sheet: 2", "no sheet of this version", "library export"),
        ("sheet: 1", ALIASES, "has an anchor", "write out"),
        ("sheet: 1", "sheet: !!python/object:os.system 1", "has a tag", "take it away"),
        ("sheet: 1", f"sheet: {'[' * 3000}", "nested too deeply", "brackets"),
        ("sheet: 1", "sheet: [1", "is not YAML", "mend"),
        ("sheet: 1", "sheet: 1\nsheet: 1", "has 'sheet' twice", "remove one"),
        ("sheet: 1", "sheet: 1\n---\nsheet: 1", "holds two documents", "two files"),
        ("talk: lights", "talk: ../lights", "no id of a talk", "export"),
        ("title:", "url: ftp://a.org\ntitle:", "no address like https", "mend"),
        ("title:", "embargo_until: soon\ntitle:", "is no day", "2026-11-24"),
        ('at: "0:00:', 'at: "', "'at' is no span of times", "export"),
        ("said: ", "said: not ", "is not what its transcript says", "as it was exported"),
        ("- id: ", "- id: ../", "no id of a quote", "library list"),
        ("- id: ", "- name: ", "'id' is missing", "as it was exported"),
        ('shown: "', 'shown: "No ', "the talk does not say this here", "nearest"),
        ('source: "lights.txt"', 'source: ""', "'source' is missing", "export"),
        ("score: 0", "score: much", "'score' is no number", "mend"),
        ("score: 0", "score: .inf #", "'score' is no number", "mend"),
        ("score: 0", "score: nan #", "'score' is no number", "mend"),
        ("found: ", "found: soon #", "'found' is no time", "mend"),
        ("found: ", "found: 0001-01-01T00:00+14:00 #", "'found' is no time", "mend"),
    ],
)
def test_what_is_wrong_names_its_line(sheet, old, new, reason, remedy):
    change(sheet, old, new)
    lines = sheet.read_text("utf-8").split("\n")
    here = next(at for at, line in enumerate(lines, 1) if new.split("\n")[0] in line)
    fresh = Library(open_store("sqlite://"))
    with pytest.raises(SheetError) as caught:
        imported(fresh, sheet.parent)
    assert reason in caught.value.reason
    assert remedy in caught.value.remedy
    assert caught.value.line
    assert caught.value.line == 1 or abs(caught.value.line - here) <= 8  # at least its quote
    assert fresh.quotes() == fresh.talks() == ()
    fresh.store.close()


def test_a_transcript_has_one_talk(library, sheet):
    change(sheet, "talk: lights", "talk: lamps")
    before = dump(library)
    with pytest.raises(SheetError, match="is that of the talk 'lights' here; write `talk: lights`"):
        imported(library, sheet.parent)
    assert dump(library) == before


def test_a_quote_given_twice_names_both_lines(library, kept, sheet):
    lines = sheet.read_text("utf-8").split("\n\n")
    sheet.write_text("\n\n".join([*lines, lines[1]]), "utf-8")
    with pytest.raises(SheetError, match=r"was given on line \d+ already; remove one"):
        imported(library, sheet.parent)


def test_an_id_of_another_talk_is_refused(library, kept, sheet):
    text = transcript(OTHERS, source="bread.txt")
    other = library.keep(Details(title="Bread"), text, candidates(text), NOW).quotes[0]
    change(sheet, kept.quotes[0].id, other.id)
    with pytest.raises(SheetError, match=f"quote {other.id} is of the talk 'bread'"):
        imported(library, sheet.parent)


def test_an_id_that_nobody_has_is_a_quote_only_if_the_talk_says_it_there(library, kept, sheet):
    change(sheet, kept.quotes[0].id, "zzzzzz")
    text = sheet.read_text("utf-8")
    at = text.index("at: ", text.index("zzzzzz"))
    sheet.write_text(text[:at] + 'at: "0:00:01.000–0:00:02.000"' + text[text.index("\n", at) :])
    with pytest.raises(SheetError, match="quote zzzzzz is not what its transcript says"):
        imported(library, sheet.parent)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.unlink(), "is not beside the sheet"),
        (lambda path: path.write_bytes(b"no"), "cannot be unpacked"),
        (lambda path: path.write_bytes(gzip.compress(b"other")), "is not the one the sheet names"),
        (lambda path: path.write_bytes(gzip.compress(bytes(9_000_000))), "is larger than 8 MB"),
    ],
    ids=["gone", "damaged", "other", "bomb"],
)
def test_a_transcript_that_is_not_there_whole(sheet, damage, reason):
    damage(next((sheet.parent / "transcripts").iterdir()))
    with pytest.raises(SheetError, match=reason):
        elsewhere(sheet.parent)


def test_files_that_are_no_sheets(sheet, tmp_path):
    link = tmp_path / "link.yaml"
    link.symlink_to(sheet)
    (tmp_path / "large.yaml").write_bytes(b"#" * (MOST_BYTES + 1))
    (tmp_path / "latin.yaml").write_bytes(b"sheet: 1\ntitle: caf\xe9")
    for path, reason in (
        (link, "is a link"),
        (tmp_path / "large.yaml", "is too large"),
        (tmp_path / "latin.yaml", "latin.yaml line 2: is not UTF-8"),
        (tmp_path / "none.yaml", "there is no such file"),
        (tmp_path, "is no file"),
    ):
        with pytest.raises(SheetError, match=reason):
            read_text(path)
    with pytest.raises(LibraryError, match="is a link"):
        write(link, b"")
    assert sheet.read_text("utf-8").startswith("# The quotes of one talk")


def test_an_error_in_one_sheet_leaves_all_undone(library, kept, sheet):
    text = transcript(OTHERS, source="bread.txt")
    library.keep(Details(title="Bread"), text, candidates(text), NOW)
    exported(library, sheet.parent)
    change(sheet.parent / "bread.yaml", "status: candidate", "status: rejected")
    change(sheet, "status: candidate", "status: retired")
    before = dump(library)
    with pytest.raises(SheetError):
        imported(library, sheet.parent)
    assert dump(library) == before
