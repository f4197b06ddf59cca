"""The lossy proxy: what the server heard, and what the client did."""

import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.networks.proxy import BLUESKY, MASTODON, X, proxy
from tests.serving import serving


@pytest.mark.parametrize(
    ("fault", "heard", "client"),
    [
        ("", True, 200),
        ("delay:0.2", True, 200),
        ("drop_answer", True, httpx.RemoteProtocolError),
        ("half_body", True, httpx.RemoteProtocolError),
        ("429", False, 429),
        ("503", False, 503),
        ("refuse", False, httpx.RemoteProtocolError),
    ],
)
def test_a_fault_meets_one_request(fault: str, heard: bool, client) -> None:
    with serving() as server, proxy(server.url) as lossy, httpx.Client(base_url=lossy.url) as web:
        server.put("/here", "twenty letters, all.")
        if fault:
            lossy.next(fault)
        started = time.monotonic()
        if isinstance(client, int):
            assert web.get("/here").status_code == client
        else:
            with pytest.raises(client):
                web.get("/here")
        assert time.monotonic() - started >= (0.2 if "delay" in fault else 0)
        assert bool(server.asked) is heard
        assert web.get("/here").text == "twenty letters, all."
        assert [asked.fault for asked in lossy.asked] == [fault, ""]


def test_a_filter_lets_other_requests_through() -> None:
    with serving() as server, proxy(server.url) as lossy, httpx.Client(base_url=lossy.url) as web:
        server.put("/here", "")
        lossy.next("503", method="POST")
        lossy.next("503", path="/there")
        assert web.get("/here").status_code == 200
        assert [web.post("/here").status_code, web.get("/there").status_code] == [503, 503]


@pytest.mark.parametrize(
    ("reset", "read"),
    [
        (X, lambda text: datetime.fromtimestamp(int(text), UTC)),
        (BLUESKY, lambda text: datetime.fromtimestamp(int(text), UTC)),
        (MASTODON, datetime.fromisoformat),
    ],
)
def test_a_429_names_when_it_is_over_as_the_network_does(reset, read) -> None:
    with serving() as server, proxy(server.url, reset) as lossy:
        lossy.next("429:90")
        answer = httpx.get(lossy.url)
        ahead = read(answer.headers[reset.header]) - datetime.now(UTC)
        assert timedelta(seconds=85) < ahead <= timedelta(seconds=90)
        lossy.next("429")
        assert reset.header not in httpx.get(lossy.url).headers


def test_chances_are_those_of_the_seed() -> None:
    def met() -> list[str]:
        with proxy("http://127.0.0.1:9") as lossy:
            lossy.at_random({"503": 0.3, "refuse": 0.2}, random.Random(7))
            return [lossy.fault_of("GET", "/") for _ in range(1000)]

    counted = Counter(met())
    assert met() == met()
    assert 250 < counted["503"] < 350 and 150 < counted["refuse"] < 250
