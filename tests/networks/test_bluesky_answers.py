"""What a Bluesky server's answer must be like for what was asked."""

from types import SimpleNamespace

import pytest

from bot.networks.bluesky_calls import Answer, _sent
from bot.networks.bluesky_failures import CallFailed
from bot.networks.bluesky_shapes import Done, Put


def answering(content: object) -> Answer:
    """A client's answer as it comes, without a server."""
    return SimpleNamespace(content=content, headers={})


def test_what_says_only_that_it_was_done_may_say_nothing() -> None:
    for content in (b"", {}, {"commit": {}}):
        assert _sent(answering, content, Done).body == Done()


@pytest.mark.parametrize("content", [b"", {}, b"<html>", {"uri": 7}, [], None])
def test_a_post_is_out_only_where_the_server_says_where(content: object) -> None:
    with pytest.raises(CallFailed) as told:
        _sent(answering, content, Put)
    assert (told.value.failure.status, told.value.failure.reached) == (None, True)
