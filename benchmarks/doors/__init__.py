"""The doors through which something comes in from outside, each listed by hand."""

from benchmarks.doors import (
    feeds,
    libraries,
    looks,
    networks,
    pages,
    settings,
    sheets,
    sources,
    tables,
    transcripts,
    typed,
)
from benchmarks.fuzz_door import Door

DOORS: dict[str, Door] = {
    one.name: one
    for one in (
        transcripts.DOOR,
        *(sources.ARCHIVES, sources.PLACES),
        sheets.DOOR,
        *(tables.QUOTES, tables.TALKS),
        *(settings.CONFIG, settings.SECRETS, settings.PREVIEWS, settings.WORDINGS),
        *(looks.THEMES, looks.TEMPLATES, looks.PICTURES, looks.FONTS, looks.CARDS),
        *(feeds.FEEDS, feeds.VIDEOS, feeds.DOWNLOADS),
        *networks.DOORS,
        pages.DOOR,
        *(typed.WORDS, typed.SEARCHES, typed.COMMANDS),
        *(libraries.LIBRARIES, libraries.BACKUPS),
    )
}
