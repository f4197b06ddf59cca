"""What holds for an account: its own settings before those under post, schedule and card."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.config import FILE, Project
from bot.errors import ConfigError, UsageError
from bot.networks import NETWORKS
from bot.post import Limits, Missed
from bot.publishing.choices import Rules
from bot.publishing.posts import Style, check_wording
from bot.publishing.slots import Rota, read_quiet, read_rota, read_slot, read_zone
from bot.settings import AccountSettings

# What other programs are handed for: each network's own help on the length of a post.
_ELSEWHERE = {"linkedin": 3000, "threads": 500, "instagram": 2200, "facebook": 5000}
_ROOMY = Limits(counting="plain", most=500)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """An account of the settings, under its name there."""

    label: str
    settings: AccountSettings
    rules: Rules
    style: Style
    limits: Limits
    template: str
    theme: str
    missed: Missed
    late_minutes: int

    @property
    def network(self) -> str:
        """The network's name."""
        return self.settings.network

    @property
    def handed(self) -> str:
        """Its id in the ledger when its posts are handed over: no network gives it one."""
        return f"handoff:{self.label}"

    @property
    def rota(self) -> Rota:
        """Its slots, zone and quiet days."""
        return self.rules.rota


def all_terms(project: Project) -> tuple[Terms, ...]:
    """The terms of every account; ConfigError names the line of what cannot be understood."""
    return tuple(terms_of(project, label) for label in project.config.accounts)


def terms_of(project: Project, label: str) -> Terms:
    """The terms of one account; UsageError when the settings have none of this name."""
    config = project.config
    own = config.accounts.get(label)
    if own is None:
        known = ", ".join(config.accounts) or "none"
        remedy = f"config.yaml has {known}; add it under accounts"
        raise UsageError(f"there is no account '{label}'", remedy=remedy)
    reading = _Reading(project, label)
    reading.alone()
    slots, quiet = reading.of("slots", "schedule"), reading.of("quiet", "schedule")
    for one in slots:
        reading.checked(read_slot, one, "slots", "schedule")
    for one in quiet:
        reading.checked(read_quiet, one, "quiet", "schedule")
    zone = reading.of("zone", "schedule")
    reading.checked(read_zone, zone, "zone", "schedule")
    wording = reading.of("wording", "post")
    reading.checked(check_wording, wording, "wording", "post")
    for one in config.schedule.evergreen_wordings:
        reading.checked(check_wording, one, "evergreen_wordings", "schedule")
    rules = Rules(
        rota=read_rota(slots, zone, quiet, paused=own.paused),
        after_talk=tuple(reading.of("after_talk", "schedule")),
        evergreen_days=reading.of("evergreen_days", "schedule"),
        themes=tuple(config.schedule.evergreen_themes),
        wordings=tuple(config.schedule.evergreen_wordings),
    )
    return Terms(
        label=label,
        settings=own,
        rules=rules,
        style=Style(wording, tuple(reading.of("tags", "post")), reading.of("link", "post")),
        limits=reading.limits(),
        template=reading.of("template", "card"),
        theme=reading.of("theme", "card"),
        missed=reading.of("missed", "schedule"),
        late_minutes=reading.of("late_minutes", "schedule"),
    )


def wrong_look(project: Project, terms: Terms, theme: str, error: UsageError) -> ConfigError:
    """What is wrong with the template or the theme of an account's cards, and in which line."""
    from bot.cards import template_names

    reading, remedy = _Reading(project, terms.label), error.remedy
    if terms.template not in template_names(project.assets):
        return reading.wrong("template", "card", error.reason, remedy)
    if theme == terms.theme:
        return reading.wrong("theme", "card", error.reason, remedy)
    return reading.wrong("evergreen_themes", "schedule", error.reason, remedy)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The settings of one account, read with the lines they stand in."""

    project: Project
    label: str

    def of(self, name: str, group: str) -> Any:
        """The account's own value, or that of the group."""
        own = getattr(self.project.config.accounts[self.label], name)
        return getattr(getattr(self.project.config, group), name) if own is None else own

    def checked(self, check: Callable[[str], object], value: str, name: str, group: str) -> None:
        """ConfigError for what a check refuses."""
        try:
            check(value)
        except ValueError as error:
            reason, _, remedy = str(error).partition("; ")
            raise self.wrong(name, group, reason, remedy) from error

    def wrong(self, name: str, group: str, reason: str, remedy: str) -> ConfigError:
        """What is wrong with a setting, and in which line."""
        lines = self.project.lines
        line = lines.get(("accounts", self.label, name)) or lines.get((group, name))
        line = line or lines.get(("accounts", self.label))
        return ConfigError(self.project.path or FILE, reason, line=line, remedy=remedy)

    def alone(self) -> None:
        """ConfigError for a second account in one preview folder, which would be the same one."""
        accounts = self.project.config.accounts
        place = _folder(accounts[self.label])
        twin = next((one for one in accounts if place and _folder(accounts[one]) == place), "")
        if twin in ("", self.label):
            return
        reason = f"'{twin}' and '{self.label}' are one preview folder"
        remedy = f"give one a folder of its own, as 'server: posts-{self.label}'"
        raise self.wrong("server", "accounts", reason, remedy)

    def limits(self) -> Limits:
        """What its network takes where the server has not been asked."""
        own = self.project.config.accounts[self.label]
        if own.network in NETWORKS:
            return NETWORKS[own.network].limits
        if own.handoff:
            most = _ELSEWHERE.get(own.network)
            return Limits(counting="plain", most=most) if most else _ROOMY
        reason = f"no network '{own.network}'"
        remedy = f"there are {', '.join(NETWORKS)}; others can be handed over: 'handoff: true'"
        raise self.wrong("network", "accounts", reason, remedy)


def _folder(account: AccountSettings) -> str:
    """Where a preview account writes; empty for others."""
    sends = account.network == "preview" and not account.handoff
    return account.server or "preview" if sends else ""
