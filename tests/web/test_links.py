"""Links for speakers: none is guessed, each ends by itself or by a person, only a hash is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import InputError, Unknown
from bot.store.schema import speaker_links
from bot.web.links import LONGEST, link_of, links_for, make_link, revoke_link
from tests.web.conftest import NOW

WEEK = timedelta(days=7)


@pytest.fixture
def talk(harvested):
    return harvested.library.talks()[0].id


@pytest.fixture
def connection(harvested):
    with harvested.store.write() as connection:
        yield connection


def test_a_link_is_found_by_its_token_alone(connection, talk):
    token = make_link(connection, talk, " Marit  Oyelaran ", "Pia", NOW, WEEK)
    link = link_of(connection, token)
    assert (link.talk, link.speaker, link.created_by) == (talk, "Marit Oyelaran", "Pia")
    assert link_of(connection, token[:-1]) is None
    assert len(token) >= 43
    assert token not in str(connection.execute(select(speaker_links)).all())


@pytest.mark.parametrize(
    ("later", "holds"), [(timedelta(), True), (WEEK, False), (WEEK - timedelta(seconds=1), True)]
)
def test_a_link_ends_by_itself(connection, talk, later, holds):
    token = make_link(connection, talk, "Marit", "Pia", NOW, WEEK)
    assert link_of(connection, token).holds(NOW + later) is holds


def test_a_link_that_was_revoked_says_when_first(connection, talk):
    token = make_link(connection, talk, "Marit", "Pia", NOW, WEEK)
    other = make_link(connection, talk, "Joss", "Pia", NOW, WEEK)
    for later in (1, 2):
        number = link_of(connection, token).id
        revoke_link(connection, talk, number, NOW + timedelta(hours=later))
    assert link_of(connection, token).revoked_at == NOW + timedelta(hours=1)
    assert not link_of(connection, token).holds(NOW)
    assert link_of(connection, other).holds(NOW)
    assert [one.speaker for one in links_for(connection, talk)] == ["Joss", "Marit"]


def test_what_cannot_be_is_refused(connection, talk):
    with pytest.raises(Unknown):
        make_link(connection, "no such talk", "Marit", "Pia", NOW, WEEK)
    with pytest.raises(Unknown):
        revoke_link(connection, talk, 99, NOW)
    token = make_link(connection, talk, "Marit", "Pia", NOW, WEEK)
    with pytest.raises(Unknown):
        revoke_link(connection, "another talk", link_of(connection, token).id, NOW)
    for speaker, length in ((" ", WEEK), ("Marit", LONGEST * 2), ("Marit", timedelta())):
        with pytest.raises(InputError):
            make_link(connection, talk, speaker, "Pia", NOW, length)
