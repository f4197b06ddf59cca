"""Which posts a person looks at: the view, the day, the account; carried by every address."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from bot.errors import UsageError
from bot.post import AccountName
from bot.web.agenda import View, zone_of
from bot.web.templating import path_to
from bot.web.visit import Served

_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Looking:
    """``of`` is a day of what is shown, ``account`` is ``network:id`` or empty for all."""

    view: View
    of: date
    account: str = ""
    back: Literal["", "post"] = ""

    @property
    def name(self) -> AccountName | None:
        """The account by network and id; None for all."""
        network, _, one = self.account.partition(":")
        return (network, one) if one else None

    def shows(self, day: date) -> bool:
        """Whether a day stands in the calendar one looks at."""
        if self.view == "month":
            return (day.year, day.month) == (self.of.year, self.of.month)
        monday = self.of - timedelta(days=self.of.weekday())
        return self.view == "list" or monday <= day < monday + timedelta(days=7)

    def query(self, **other: object) -> str:
        """What an address ends in, with other values where they are given."""
        mine = {"view": self.view, "of": self.of, "account": self.account, "back": self.back}
        return urlencode({name: value for name, value in (mine | other).items() if value})

    def address(self, request: Request, route: str, /, **other: object) -> str:
        """The address of a route for the same look."""
        return f"{path_to(request, route)}?{self.query(**other)}"


def looking(
    site: Served,
    view: View = "week",
    of: date | None = None,
    account: Annotated[str, Query(max_length=300)] = "",
    back: Literal["", "post"] = "",
) -> Looking:
    """What the address says; today where it names no day."""
    day = of or site.now().astimezone(zone_of(site.project)).date()
    return Looking(view, near(day), account, back)


def near(day: date) -> date:
    """A day people plan for; ``UsageError`` for any other."""
    if day.year not in _YEARS:
        raise UsageError(f"{day:%Y} is no year to look at", remedy="choose a day of this century")
    return day


Look = Annotated[Looking, Depends(looking)]
