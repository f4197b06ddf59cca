"""A talk that is new is indexed as it is kept, as if it had changed."""

import pytest
from spoken import LATER, NOW, OTHERS, candidates, transcript
from sqlalchemy import delete, insert, literal, select

from bot.library.keep import keep
from bot.library.talks import arrival
from bot.model import Details
from bot.store.schema import (
    line_index,
    quote_index,
    quotes,
    talk_keys,
    talks,
    transcripts,
    unindexed,
)

HAN = ["人工知能は役に立つ。", "知識は力なり。"]


def indexed(library):
    with library.store.read() as connection:
        assert not connection.execute(select(unindexed)).all()
        made = (quote_index, line_index, talk_keys)
        return [connection.execute(select(one).order_by(*one.primary_key)).all() for one in made]


def test_a_new_talk_is_indexed_as_one_that_changed(library, kept):
    bread, han = transcript(OTHERS, source="bread.txt"), transcript(HAN, source="han.txt")
    said = Details(title="Bread", date="2026-05-14", speakers=("Ümit Brød", "Ada Quill"))
    library.keep(said, bread, candidates(bread, speaker="Ümit Brød"), LATER)
    library.keep(Details(title="Han"), han, candidates(han, speaker="李明"), LATER)
    new = indexed(library)
    with library.store.write() as connection:
        for kind in ("talk", "keys"):
            noted = select(literal(kind), talks.c.id)
            connection.execute(insert(unindexed).from_select(["kind", "id"], noted))
    assert indexed(library) == new
    assert all(new)


@pytest.mark.parametrize("noted", [True, False])
def test_what_others_left_of_a_talk_is_no_part_of_a_new_one(library, kept, noted):
    with library.store.write() as connection:
        for table in (quotes, transcripts, talks):
            connection.execute(delete(table))
        if not noted:  # by another program, or one without our triggers
            connection.execute(delete(unindexed))
        text_of = transcript()
        keep(connection, arrival(Details(title="Lights"), text_of), candidates(text_of), NOW)
    assert library.search("fog").total == 2
    assert len(library.search_lines("napkin").lines) == 1
    assert len(indexed(library)[0]) == len(kept.quotes)
