"""How often one may try to sign in: by name and by address, kept in the library.

A try is written down before the password is looked at, so many at once are counted like many in
turn; one that succeeds takes its row away. The name is kept as a hash.
"""

import ipaddress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from bot.store.columns import UtcDateTime
from bot.store.schema import sign_ins
from bot.web.tokens import hashed
from bot.web.users import user_id

WITHIN = timedelta(minutes=15)
BY_NAME, BY_ADDRESS = 8, 24  # tries that fail within that time


def begin_try(connection: Connection, name: str, address: str, now: datetime) -> int | timedelta:
    """Write down a try and give its number; or how long to wait, if there were too many."""
    connection.execute(delete(sign_ins).where(sign_ins.c.at <= now - WITHIN))
    name_hash, network = hashed(user_id(name)), _network(address)
    for mine, most in (
        (sign_ins.c.name_hash == name_hash, BY_NAME),
        (sign_ins.c.address == network, BY_ADDRESS),
    ):
        if wait := _wait(connection, mine, most, now):
            return wait
    row = insert(sign_ins).values(name_hash=name_hash, address=network, at=now)
    return int(connection.execute(row.returning(sign_ins.c.id)).scalar_one())


def forget_try(connection: Connection, number: int) -> None:
    """Take away a try that succeeded."""
    connection.execute(delete(sign_ins).where(sign_ins.c.id == number))


def _wait(
    connection: Connection, mine: ColumnElement[bool], most: int, now: datetime
) -> timedelta | None:
    """How long until there are fewer tries than allowed; None where there are."""
    tries, first = connection.execute(
        select(func.count(), func.min(sign_ins.c.at, type_=UtcDateTime)).where(mine)
    ).one()
    return max(first + WITHIN - now, timedelta(seconds=1)) if tries >= most else None


def _network(address: str) -> str:
    """The address, or of IPv6 the network that one customer has to choose from."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        return str(known.ipv4_mapped)
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((int(known) >> 64 << 64, 64)))
