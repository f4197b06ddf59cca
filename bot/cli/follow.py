"""``follow``: what is new in podcast feeds, harvested; safe to be run by cron again and again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.addresses import limits_of, pause, read_transcript
from bot.cli.options import AsJson, DryRun, Speaker, Timeline
from bot.cli.setup import Setup, cast, now, say_where_kept
from bot.cli.show import as_json, harvest_notes, harvest_table, progress, say
from bot.errors import BotError, InputError, NetworkError, UsageError
from bot.model import quote_json
from bot.outfit import terms_of

if TYPE_CHECKING:
    from bot.config import Project
    from bot.feeds import Episode
    from bot.feeds.fetch import Fetched
    from bot.library import Library
    from bot.library.followed import Feeds, Followed
    from bot.model import Quote
    from bot.model import Timeline as Shift
    from bot.pipeline import Harvest, Reading
    from bot.settings import FeedSettings


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a person asked of ``follow``, but for the feeds."""

    count: int
    at_once: int
    retry: bool
    quiet: bool
    as_array: bool


@dataclass(slots=True)
class _Run:
    """One run over the feeds: what it works with, and what came of it so far."""

    project: "Project"
    library: "Library"
    memory: "Feeds"
    asked: _Asked
    quotes: "list[Quote]" = field(default_factory=list)
    exit_code: int = 0

    def failed(self, error: BotError) -> None:
        """Say what failed and go on; the network's refusal of a whole feed counts most."""
        say(f"left out: {error}")
        self.exit_code = max(self.exit_code, InputError.exit_code)


def follow(
    context: typer.Context,
    feeds: Annotated[
        list[str] | None,
        typer.Argument(help="Addresses of feeds, else those of config.yaml.", show_default=False),
    ] = None,
    count: Annotated[int, typer.Option("-n", min=1, max=500, help="Quotes listed.")] = 5,
    at_once: Annotated[
        int | None, typer.Option(min=1, max=1000, help="Episodes taken in one run.")
    ] = None,
    speaker: Speaker = None,
    timeline: Timeline = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try again now what failed before.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing unless something is new or failed.")
    ] = False,
    as_array: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Harvest what is new in a podcast feed: pullquote follow https://example.com/feed.xml"""
    from bot.library.followed import Feeds

    setup: Setup = context.obj
    project = setup.project()
    asked = _Asked(count, at_once or project.config.follow.at_once, retry, quiet, as_array)
    with setup.open(project, dry_run=dry_run) as library:
        run = _Run(project, library, Feeds(library.store), asked)
        for feed in _chosen(feeds, project, speaker, timeline):
            try:
                _follow(feed, run)
            except (NetworkError, InputError) as error:
                say(f"error: {error}")
                run.exit_code = max(run.exit_code, error.exit_code)
    if as_array:
        as_json(map(quote_json, run.quotes))
    say_where_kept(setup, project, dry_run=dry_run)
    if run.exit_code:
        raise typer.Exit(run.exit_code)


def _chosen(
    given: list[str] | None, project: "Project", speaker: str | None, timeline: "Shift | None"
) -> "list[FeedSettings]":
    """The feeds to follow, each with what the options and then the settings say of it."""
    from bot.settings import FeedSettings

    set_up = [
        FeedSettings(one) if isinstance(one, str) else one for one in project.config.follow.feeds
    ]
    by_url = {one.url: one for one in set_up}
    named = dict.fromkeys(given or ())  # each once
    chosen = [by_url.get(url, FeedSettings(url)) for url in named] if named else set_up
    if not chosen:
        remedy = "give its address, or list feeds in config.yaml under follow"
        raise UsageError("there is no feed to follow", remedy=remedy)
    return [
        FeedSettings(one.url, speaker or one.speaker, timeline or one.timeline) for one in chosen
    ]


def _follow(feed: "FeedSettings", run: _Run) -> None:
    """One feed; its marks are kept only when nothing waits, so that the next run looks again."""
    from bot.feeds.fetch import fetch

    url, memory, asked = feed.url, run.memory, run.asked
    if not memory.begin(url, now()):
        say(f"{url}: another run is at it")
        return
    marks: tuple[str | None, str | None] = (None, None)
    try:
        answer = fetch(url, limits_of(run.project), {} if asked.retry else memory.marks(url))
        if answer.raw is None and not asked.quiet:
            say(f"{url}: nothing new")
        if answer.raw is None or _harvest_new(answer, feed, run):
            marks = (answer.etag, answer.modified)
    finally:
        memory.end(url, *marks)


def _harvest_new(answer: "Fetched", feed: "FeedSettings", run: _Run) -> bool:
    """Harvest what is new in a feed; whether nothing of it waits for the next run."""
    from bot.feeds import read_feed

    asked = run.asked
    found = read_feed(answer.raw or b"", answer.url)
    known = run.memory.known(feed.url)
    fresh = [one for one in found.episodes if one.links and _is_due(known.get(one.id), asked)]
    if fresh or not asked.quiet:
        say(f"{found.title}: {', '.join(_counts(found.episodes, fresh, known, asked))}")
    _harvest_all(fresh[: asked.at_once], feed, run)
    waiting = any(one.is_open for one in run.memory.known(feed.url).values())
    return len(fresh) <= asked.at_once and not waiting


def _is_due(before: "Followed | None", asked: _Asked) -> bool:
    if before is None:
        return True
    return not before.talk if asked.retry else before.is_due(now())


def _counts(
    episodes: Sequence["Episode"],
    fresh: Sequence["Episode"],
    known: Mapping[str, "Followed"],
    asked: _Asked,
) -> Iterator[str]:
    yield f"{len(episodes)} episodes"
    yield f"{sum(bool(one.talk) for one in known.values())} harvested before"
    yield f"{sum(not one.links for one in episodes)} without a transcript"
    if given_up := sum(not one.talk and not one.is_open for one in known.values()):
        yield f"{given_up} given up (--retry tries again)"
    yield f"{min(len(fresh), asked.at_once)} to harvest now"
    if len(fresh) > asked.at_once:
        yield f"{len(fresh) - asked.at_once} left for the next run"


def _harvest_all(episodes: Sequence["Episode"], feed: "FeedSettings", run: _Run) -> None:
    """Harvest episodes one by one, each remembered before the next begins."""
    from bot.harvesting import told

    asked = run.asked
    with progress("following", len(episodes)) as step:
        for place, episode in enumerate(episodes):
            if place:
                pause(run.project)
            try:
                one = _harvest(episode, feed, run)
            except BotError as error:
                run.failed(error)
                run.memory.note(feed.url, episode.id, now(), reason=str(error))
            else:
                run.memory.note(feed.url, episode.id, now(), talk=one.kept.talk.id)
                new = told(one, one.best(asked.count), asked.count)
                if not asked.as_array:
                    harvest_table(new)
                harvest_notes(new)
                run.quotes += new.quotes
            step()


def _harvest(episode: "Episode", feed: "FeedSettings", run: _Run) -> "Harvest":
    from bot import pipeline

    terms = terms_of(run.project.config, run.asked.count)
    reading = _read(episode, run.project, feed.speaker)
    details = replace(episode.details, timeline=feed.timeline)
    return pipeline.harvest(reading, details, run.library, terms, now())


def _read(episode: "Episode", project: "Project", speaker: str | None) -> "Reading":
    """The first of an episode's transcripts that can be read; else why the best one cannot."""
    who = cast(project, speaker, usual=episode.guest)
    errors: list[BotError] = []
    for link in episode.links:
        if errors:
            pause(project)
        try:
            return read_transcript(link.url, project, who)
        except UsageError:
            raise
        except BotError as error:
            errors.append(error)
    others = f" (and {len(errors) - 1} more of the episode)" if len(errors) > 1 else ""
    reason = f"{errors[0].reason}{others}"
    title = episode.details.title or episode.id
    raise InputError(reason, place=f"“{title}”, {errors[0].place}", remedy=errors[0].remedy)
