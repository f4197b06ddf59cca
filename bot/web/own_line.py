"""A line that a person picks themselves, from the transcript or by its words."""

from bot.model import Quote, Talk
from bot.web.site import Site
from bot.web.spoken import paragraphs, spoken


def own_line(
    site: Site, talk: Talk, words: str, who: str, at_ms: int | None = None
) -> tuple[Quote, int]:
    """Add the words of a talk as a quote; it, and the number of the paragraph it is in.

    ``at_ms`` is where they were selected, if they were. InputError when the talk does not say
    them, with what it says nearest.
    """
    added = site.library.add(talk.id, words, who, site.now())
    quote = site.library.quote(added.id)
    for paragraph in paragraphs(talk, spoken(site, talk), (quote,)):
        if any(passage.quote for passage in paragraph.passages):
            return quote, paragraph.number
    return quote, 0
