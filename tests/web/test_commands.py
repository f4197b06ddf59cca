"""``pullquote web`` and who may: what is said, kept, refused; and it serves."""

import io
import socket
import subprocess
import sys
import time

import httpx
import pytest

from bot.store import open_store
from bot.web.passwords import matches
from bot.web.users import kept_password
from tests.cli.conftest import project, run
from tests.libraries import place_of
from tests.web.conftest import PASSWORD

__all__ = ["project", "run"]


@pytest.fixture
def typed(monkeypatch):
    """A password on standard input."""

    def typing(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    typing(f"{PASSWORD}\n")
    return typing


def add(run, name="Ann Lee", *more):
    return run("web", "adduser", name, "--password-stdin", *more)


def password_of(folder, name):
    with open_store(place_of(folder)) as store, store.read() as connection:
        return kept_password(connection, name)


def test_a_user_is_added_listed_and_removed(run, project, typed):
    assert add(run, "Ann Lee", "--role", "publisher").code == 0
    [listed] = run("web", "users", "--json").array
    assert (listed["name"], listed["role"]) == ("Ann Lee", "publisher")
    assert matches(PASSWORD, password_of(project, "ann lee"))
    assert run("web", "removeuser", "ANN LEE").code == 0
    assert run("web", "users", "--json").array == []


def test_a_new_password(run, project, typed):
    add(run)
    typed("another lantern velvet\n")
    assert run("web", "passwd", "ann lee", "--password-stdin").code == 0
    assert matches("another lantern velvet", password_of(project, "Ann Lee"))


def test_dry_runs_keep_nothing(run, project, typed):
    assert add(run, "Ann", "--dry-run").code == 0
    assert not (project / "quotes/library.db").exists()
    typed(f"{PASSWORD}\n")
    add(run)
    kept = password_of(project, "Ann Lee")
    typed("another lantern velvet\n")
    assert run("web", "passwd", "Ann Lee", "--password-stdin", "--dry-run").code == 0
    assert run("web", "removeuser", "Ann Lee", "--dry-run").code == 0
    assert password_of(project, "Ann Lee") == kept


WRONG = [
    (("adduser", "Ann", "--password-stdin"), "short\n", 2, "10 to 1000 letters"),
    (("adduser", " ", "--password-stdin"), f"{PASSWORD}\n", 2, "1 to 60 letters"),
    (("adduser", "a\nb\x1b", "--password-stdin"), f"{PASSWORD}\n", 2, "1 to 60 letters"),
    (("adduser", "Ed", "--role", "boss", "--password-stdin"), f"{PASSWORD}\n", 2, "boss"),
    (("passwd", "nobody", "--password-stdin"), f"{PASSWORD}\n", 3, "no user 'nobody'"),
    (("removeuser", "nobody"), "", 3, "web users"),
    (("--host", "0.0.0.0", "--port", "0"), "", 2, "no users"),
    (("--behind-proxy", "--port", "0"), "", 2, "web adduser"),
    (("--host", "no.such.host.invalid"), "", 2, "no users"),
]


@pytest.mark.parametrize(("arguments", "stdin", "code", "words"), WRONG)
def test_what_is_wrong_is_said(run, project, typed, arguments, stdin, code, words):
    typed(stdin)
    ran = run("web", *arguments)
    assert (ran.code, words in ran.err) == (code, True), ran.err


def test_a_name_is_taken_once(run, project, typed):
    add(run, "Ann Lee")
    typed(f"{PASSWORD}\n")
    assert "there is a user" in add(run, "ANN  LEE").error


def test_a_port_in_use_is_said(run, project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("web", "--port", str(taken.getsockname()[1]))
    assert (ran.code, "--port 0" in ran.error) == (2, True)


def test_outside_a_project_it_says_how_to_make_one(run):
    assert "pullquote init" in run("web").error


def test_it_serves_until_it_is_told_to_stop(project):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bot", "web", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert f"http://127.0.0.1:{port}/" in server.stderr.readline()
        answer = httpx.get(f"http://127.0.0.1:{port}/welcome")
        server.send_signal(2)
        deadline = time.monotonic() + 10
        while server.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert server.stderr.read() == "stopped\n"
    assert (answer.status_code, server.returncode) == (200, 0)
    assert "server" not in answer.headers


def test_other_commands_do_without_what_the_page_needs():
    code = (
        "import sys; from bot.cli import main\n"
        "try: main(['web', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pydantic', 'fastapi', 'starlette', 'argon2', 'uvicorn', 'sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.splitlines()[-1] == "[]"
    assert "pullquote web --open" in out.stdout


def test_without_the_extra_it_says_what_to_install(project):
    code = (
        "import sys; from importlib import util; found = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'fastapi' else found(name, *more)\n"
        "from bot.cli import main; main(['web'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "needs fastapi" in ran.stderr
    assert "pullquote[web]" in ran.stderr
