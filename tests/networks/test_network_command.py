"""``network``: an account signed in from nothing, tested, shown, paused and let go on."""

import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot import secrets
from bot.config import load
from bot.publishing import accounts, alerts
from bot.store import open_store
from tests.cli.conftest import Run, project, run
from tests.networks.conftest import Servers
from tests.networks.proxy import proxy
from tests.networks.servers import Place, free_port

__all__ = ["project", "run"]
NOW = datetime.now(UTC)


@pytest.fixture
def place(servers: Servers) -> Place:
    return servers("mastodon")


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch):
    """Let a person type these lines."""

    def call(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return call


def code_of(place: Place) -> str:
    """What the instance's page shows whoever allows it."""
    page = httpx.post(f"{place.lossy.url}/oauth/authorize", data={"username": "testuser"})
    return re.findall(r"code: ([^<]+)", page.text)[0]


@pytest.fixture
def signed_in(place: Place, project: Path, run: Run, types) -> Place:
    types(code_of(place))
    ran = run("network", "login", "mastodon", "--label", "main", "--server", place.lossy.url)
    assert ran.code == 0, ran.err
    place.lossy.forget()
    return place


def stored(label: str = "main"):
    with open_store(load(Path.cwd()).config.library) as store, store.read() as connection:
        return accounts.account_of_label(connection, "mastodon", label)


def test_signing_in_keeps_secrets_and_writes_the_account_down(
    signed_in: Place, project: Path
) -> None:
    assert secrets.read("main")["TOKEN"]
    account = stored()
    assert account and account.handle.startswith("testuser@")
    config = load(project).config.accounts["main"]
    assert (config.network, config.server) == ("mastodon", signed_in.lossy.url)
    text = (project / "config.yaml").read_text("utf-8")
    assert "accounts:  # where posts go" in text and "secret" not in text.split("accounts:")[1]


def test_a_token_is_never_printed(place: Place, project: Path, run: Run, types) -> None:
    code = code_of(place)
    types(code)
    ran = run("network", "login", "mastodon", "--server", place.lossy.url)
    assert code not in ran.out + ran.err
    assert secrets.read("mastodon")["TOKEN"] not in ran.out + ran.err


def test_a_dry_run_keeps_nothing(place: Place, project: Path, run: Run, types) -> None:
    before = (project / "config.yaml").read_text("utf-8")
    types(code_of(place))
    ran = run("network", "login", "mastodon", "--server", place.lossy.url, "--dry-run")
    assert (ran.code, "signed in as @testuser" in ran.err) == (0, True)
    assert secrets.read("mastodon") == {} and stored("mastodon") is None
    assert (project / "config.yaml").read_text("utf-8") == before


def test_signing_in_anew_lets_a_paused_account_go_on(signed_in: Place, run: Run, types) -> None:
    with open_store(load(Path.cwd()).config.library) as store, store.write() as connection:
        account = accounts.account_of_label(connection, "mastodon", "main")
        assert account
        accounts.pause(connection, account, "the sign-in holds no more", NOW)
        alerts.raise_alert(connection, alerts.paused(account), "Sign in", NOW)
    types(code_of(signed_in))
    assert run("network", "login", "main").code == 0
    again = stored()
    assert again and again.id == account.id and not again.paused
    with open_store(load(Path.cwd()).config.library) as store, store.write() as connection:
        assert alerts.raise_alert(connection, alerts.paused(account), "Sign in", NOW)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nosuch"], 2, "no account and no network 'nosuch'"),
        (["buffer"], 2, "handed over"),
        (["mastodon", "--label", "a b"], 2, "is no label"),
        (["mastodon", "--label", "alerts"], 2, "is no label"),
        (["mastodon", "--server", "http://127.0.0.1:1"], 5, "no instance"),
        (["alerts"], 2, "nobody answered"),
    ],
)
def test_what_cannot_be_signed_in_says_why(
    arguments: list[str], code: int, told: str, project: Path, run: Run, types
) -> None:
    _accounts(project, "  buffer: {network: mastodon, handoff: true}")
    types()
    ran = run("network", "login", *arguments)
    assert (ran.code, told in ran.error) == (code, True), ran.err


def test_testing_posts_nothing_and_names_limits(signed_in: Place, run: Run) -> None:
    (tested,) = run("network", "test", "--json").array
    assert tested["ok"] and tested["limits"]["most"] == 500
    assert abs(tested["clock_s"]) < 5
    assert {asked.method for asked in signed_in.lossy.asked} == {"GET"}
    shown = run("network", "test", "main")
    assert "500 characters" in shown.out and "note" not in shown.err


@pytest.mark.parametrize(("ahead_s", "side"), [(-600, "ahead of"), (600, "behind")])
def test_a_clock_that_is_wrong_is_told(
    signed_in: Place, run: Run, ahead_s: float, side: str
) -> None:
    signed_in.lossy.ahead_s = ahead_s
    assert re.search(rf"this clock is (59|60)\d s {side} the server", run("network", "test").err)


def test_an_account_that_cannot_be_used_is_told(signed_in: Place, run: Run) -> None:
    signed_in.lossy.next("401", path="verify_credentials")
    ran = run("network", "test", "--json")
    assert (ran.code, "main" in ran.error) == (5, True)
    assert not ran.array[0]["ok"] and "sign in anew" in ran.array[0]["problem"]


def test_status_shows_every_account(signed_in: Place, project: Path, run: Run) -> None:
    text = (project / "config.yaml").read_text("utf-8")
    more = "  new: {network: mastodon}\n  hand: {network: mastodon, handoff: true}\n"
    text = text.replace("\n  main:", f"\n{more}  main:")
    (project / "config.yaml").write_text(text, "utf-8")
    rows = {row["label"]: row for row in run("network", "status", "--json").array}
    assert list(rows) == ["new", "hand", "main"]
    assert (rows["new"]["paused"], rows["hand"]["paused"]) == ("never signed in", "")
    assert rows["main"]["id"] and rows["main"]["reconciled_at"] is None
    shown = run("network", "status").out
    assert "@testuser" in shown and "timeline never matched" in shown


def test_an_account_whose_label_is_gone_is_still_shown(
    signed_in: Place, project: Path, run: Run
) -> None:
    (project / "config.yaml").write_text(f"library: {load(project).config.library}\n", "utf-8")
    (row,) = run("network", "status", "--json").array
    assert (row["label"], row["paused"]) == ("", "not in config.yaml")


def test_resume(signed_in: Place, run: Run) -> None:
    def pause() -> None:
        with open_store(load(Path.cwd()).config.library) as store, store.write() as connection:
            account = accounts.account_of_label(connection, "mastodon", "main")
            assert account
            accounts.pause(connection, account, "over budget", NOW)

    pause()
    assert "over budget" in run("network", "resume", "main", "--dry-run").err
    assert stored().paused == "over budget"
    assert run("network", "resume", "main").code == 0
    assert stored().paused == ""
    assert (run("network", "resume", "nosuch").code) == 2


def test_what_a_test_costs_is_booked(project: Path, run: Run, servers: Servers) -> None:
    place = servers("x")
    _accounts(project, f"  paid: {{network: x, server: '{place.lossy.url}'}}")
    secrets.keep("paid", place.secrets)
    with open_store(load(project).config.library) as store, store.write() as connection:
        accounts.know(connection, "x", place.open().whoami(), "paid", NOW)
    (tested,) = run("network", "test", "--json").array
    assert tested["costs"]["a post with a link"] == 0.2
    (row,) = run("network", "status", "--json").array
    assert row["spent_dollars"] == 0.01
    assert "$0.01 of $10.00 this month" in run("network", "status").out


def test_alerts_are_tried_before_they_are_kept(project: Path, run: Run, types) -> None:
    with proxy(f"http://127.0.0.1:{free_port()}") as lossy:
        address = lossy.url.replace("http://", "json://") + "/here"
        types(address)
        assert run("network", "login", "alerts").code == 2
        assert secrets.read("alerts") == {}
        lossy.next("200", method="POST")
        types(address)
        assert run("network", "login", "alerts").code == 0
        assert "Pullquote's alerts" in json.loads(lossy.asked[-1].body)["message"]
    assert secrets.read("alerts") == {"URLS": address}


def _accounts(project: Path, lines: str) -> None:
    path = project / "config.yaml"
    text = re.sub(r"(?m)^accounts: \{\}.*$", f"accounts:\n{lines}", path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def test_doctor_asks_the_accounts_only_when_told_to(signed_in: Place, run: Run) -> None:
    told = {one["name"]: one for one in run("doctor", "--only", "accounts", "--json").array}
    assert "mastodon @testuser" in told["main"]["found"]
    assert "secrets: file; its timeline was never matched" in told["main"]["found"]
    assert signed_in.lossy.asked == []
    asked = {one["name"]: one for one in run("doctor", "--online", "--json").array}
    assert asked["sign-in main"]["found"].endswith(" is let in")
    assert asked["clock by theirs"]["ok"]
