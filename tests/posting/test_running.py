"""A run of the bot: a dry run alerts nobody, a plan that cannot be made stops no post."""

from dataclasses import replace
from datetime import timedelta

import pytest
from desks import project

from bot.errors import ConfigError
from bot.posting.running import Bot


def bot_of(desk, alerts=()):
    return Bot(desk.project, desk.library.store, lambda: desk.now, lambda told: None, alerts)


def test_a_dry_run_alerts_nobody(desk, tmp_path) -> None:
    alerts: list[str] = []
    desk.approve(0)
    bot_of(desk, alerts.append).rehearse(tmp_path, timedelta(days=3))
    assert alerts == []


def test_a_theme_that_is_gone_stops_no_post_planned_before(desk, tmp_path) -> None:
    accounts = {"pre": {"network": "preview", "slots": ["daily 12:00"]}}
    desk.project = replace(project(accounts), path=tmp_path / "config.yaml")
    desk.approve(0)
    desk.plan()
    desk.approve(1)
    desk.now += timedelta(hours=3, minutes=1)
    broken = project({"pre": accounts["pre"] | {"theme": "gone", "slots": ["daily 13:00"]}})
    desk.project = replace(broken, path=desk.project.path)
    with pytest.raises(ConfigError, match="no theme"):
        bot_of(desk, lambda text: None).run()
    assert len(desk.listing("sent")) == 1
