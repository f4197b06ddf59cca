"""Mastodon's answers of another shape than they must have."""

import json
from datetime import UTC, datetime

import pytest

from bot.errors import UsageError
from bot.networks import NotNow
from bot.networks.mastodon import address_of
from tests.networks.instance import Instance, instance

__all__ = ["instance"]

TIMELINE = "/api/v1/accounts/5/statuses?exclude_replies=1&exclude_reblogs=1&limit=40"
ODD = ["null", "7", '"x"', "{}", '{"id": 7.5}', "[[]]"]


@pytest.mark.parametrize("body", ODD)
@pytest.mark.parametrize(
    ("path", "ask"),
    [
        ("/api/v1/accounts/verify_credentials", lambda account: account.whoami()),
        ("/api/v2/instance/", lambda account: account.limits().most // 1),
    ],
)
def test_an_answer_of_another_shape_is_asked_for_again(instance: Instance, path, ask, body) -> None:
    account = instance.open()
    instance.served.put(path, body)
    if path == "/api/v2/instance/" and body.startswith("{"):
        assert ask(account) == 500  # of which nothing is needed
    else:
        with pytest.raises(NotNow, match="makes no sense"):
            ask(account)


@pytest.mark.parametrize(
    "odd",
    [
        *(
            {"created_at": "0001-01-01T00:00:00+14:00"},
            {"created_at": "soon"},
            {"created_at": None},
        ),
        *({"id": None}, {"media_attachments": [7]}),
    ],
)
def test_a_post_of_another_shape_is_asked_for_again(instance: Instance, odd) -> None:
    instance.add(datetime.now(UTC))
    account = instance.open()
    instance.served.put(TIMELINE, json.dumps([{**instance.posts[0], **odd}]))
    with pytest.raises(NotNow, match="makes no sense"):
        list(account.timeline())


@pytest.mark.parametrize("setting", [-5, 0])
def test_limits_that_are_none_are_asked_for_again(instance: Instance, setting) -> None:
    account = instance.open()
    rules = {"configuration": {"statuses": {"max_characters": setting}}}
    instance.served.put("/api/v2/instance/", json.dumps(rules))
    with pytest.raises(NotNow, match="makes no sense"):
        account.limits()


def test_an_answer_nested_without_end_makes_no_sense(instance: Instance) -> None:
    account = instance.open()
    instance.served.put("/api/v1/accounts/verify_credentials", "[" * 100_000)
    with pytest.raises(NotNow, match="makes sense"):
        account.whoami()


def test_a_name_that_no_instance_has_is_told() -> None:
    with pytest.raises(UsageError, match=r"\[ is the name of no instance"):
        address_of("[")
