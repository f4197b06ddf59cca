"""A library's sheets as files of a folder, and a library made from them."""

from spoken import LATER, NOW

from bot.library import Library
from bot.library.changes import Author
from bot.library.sheets import Answers, export_sheets, import_sheets
from bot.library.sheets.files import read_text
from bot.model import Post
from bot.store import open_store
from bot.store.publishing import posts

EDITOR = Author("Ed", LATER)


def exported(library, folder):
    """Every file of the sheets, by its place in the folder."""
    list(export_sheets(library, [], folder, {}))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def imported(library, folder, *, author=EDITOR, confirmed=False, only="*.yaml"):
    texts = {path: read_text(path) for path in sorted(folder.glob(only))}
    return import_sheets(library, texts, author, Answers(confirmed), {}, most_mb=8)


def elsewhere(folder):
    """An empty library with the sheets of a folder brought to it; close its store."""
    other = Library(open_store("sqlite://"))
    imported(other, folder)
    return other


def change(path, old, new, *, after=""):
    """Write in a sheet as a person does: the first ``old`` after some words becomes ``new``."""
    text = path.read_bytes().decode()
    at = text.index(old, text.index(after))
    path.write_bytes((text[:at] + new + text[at + len(old) :]).encode())


def posted(library, quote, state="sent", remote_id="1"):
    with library.store.write() as connection:
        values = {"network": "x", "account": "7", "quote": quote, "occasion": 1}
        connection.execute(
            posts.insert().values(**values, state=state, remote_id=remote_id, url=None, at=NOW)
        )
    return Post("x", "7", quote, 1, state, remote_id, None, NOW)


def write(sheet, first, **keys):
    """Write keys of a quote as a person would."""
    for key, value in keys.items():
        text = sheet.read_text("utf-8")
        at = text.index(f"    {key}: ", text.index(first.id))
        sheet.write_text(text[:at] + f"    {key}: {value}" + text[text.index("\n", at) :], "utf-8")


def line_of(sheet, first):
    return 1 + sheet.read_text("utf-8").split(first.id)[0].count("\n")
