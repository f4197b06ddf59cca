"""``schedule calendar``: weeks as a picture in the terminal, or a file for a calendar program."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DryRun
from bot.cli.schedule import listed
from bot.cli.setup import now
from bot.cli.show import console, if_dry, say

if TYPE_CHECKING:
    from rich.text import Text

    from bot.post import Posted
    from bot.posting.terms import Terms

    Found = list[tuple[datetime, str, Posted]]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHOWN = 4  # posts a day
_MARKS = {"planned": ("○", ""), "sending": ("◐", "yellow"), "sent": ("●", "green"),
          "unconfirmed": ("?", "bold yellow"), "failed": ("✕", "red")}  # fmt: skip


def calendar(
    context: typer.Context,
    weeks: Annotated[int, typer.Option(min=1, max=53, help="Weeks to show.")] = 4,
    account: Annotated[str | None, typer.Option(help="Only this account.", metavar="LABEL")] = None,
    ics: Annotated[
        Path | None, typer.Option(help="Write a file for calendar programs.", metavar="FILE")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Show what goes out as weeks, or write an ICS file: pullquote schedule calendar --weeks 4"""
    found, terms = listed(context.obj, account)
    known = (one for one in found if (one.key.network, one.key.account) in terms)
    posts = [one for one in known if one.state in _MARKS]
    if ics:
        _write(ics, posts, terms, dry_run=dry_run)
        return
    _draw(_on_the_clock(posts, terms), weeks)


def _write(
    place: Path,
    posts: "Sequence[Posted]",
    terms: "Mapping[tuple[str, str], Terms]",
    *,
    dry_run: bool,
) -> None:
    from bot.cards.files import write_together
    from bot.posting.calendar import as_ics

    data = as_ics(posts, {key: one.label for key, one in terms.items()}, now())
    if not dry_run:
        write_together(place.parent, {place.name: data})
    say(f"{len(posts)} posts in {place}{if_dry(dry_run)}")


def _on_the_clock(posts: "Sequence[Posted]", terms: "Mapping[tuple[str, str], Terms]") -> "Found":
    """Posts with their time on the clock of their account, in its order."""
    found: Found = []
    for one in posts:
        of, at = terms.get((one.key.network, one.key.account)), one.at or one.due
        if of and at:
            found.append((at.astimezone(of.rota.zone), of.label, one))
    return sorted(found, key=lambda one: (one[0].replace(tzinfo=None), one[1]))


def _draw(found: "Found", weeks: int) -> None:
    from rich import box
    from rich.table import Table

    today = now().astimezone().date()
    first = today - timedelta(days=today.weekday())
    by_day: dict[date, Found] = {}
    for one in found:
        by_day.setdefault(one[0].date(), []).append(one)
    table = Table(box=box.ROUNDED, show_lines=True, expand=True, padding=0)
    for day in _DAYS:
        table.add_column(day, ratio=1, vertical="top", overflow="ellipsis", no_wrap=True)
    for week in range(weeks):
        days = [first + timedelta(days=7 * week + step) for step in range(7)]
        table.add_row(*(_cell(day, by_day.get(day, []), today) for day in days))
    console().print(table)
    beyond = sum(one[0].date() >= first + timedelta(weeks=weeks) for one in found)
    used = {one[2].state for one in found}
    legend = "  ".join(f"{mark} {state}" for state, (mark, _) in _MARKS.items() if state in used)
    more = f"  · {beyond} more after these weeks" if beyond else ""
    if legend:
        console().print(f"{legend}{more}", style="dim")


def _cell(day: date, posts: "Found", today: date) -> "Text":
    """A day: its number, then a line or two a post."""
    from rich.text import Text

    shown = f"{day.day} {day:%b}" if day.day == 1 or day == today else str(day.day)
    style = "bold reverse" if day == today else "dim" if day < today else "bold"
    cell = Text(f" {shown} " if day == today else shown, style=style)
    for at, label, post in posts[:_SHOWN]:
        mark, color = _MARKS[post.state]
        cell.append(f"\n{mark} {at:%H:%M}", style=color or "not dim")
        cell.append(f" {label}", style="cyan")
        cell.append("\n" + " ".join(post.words.text.split()), style="dim")
    if len(posts) > _SHOWN:
        cell.append(f"\n+{len(posts) - _SHOWN} more", style="dim")
    return cell
