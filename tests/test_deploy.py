"""What docs/deploy says, run as far as a machine without containers can: services as processes."""

import os
import re
import shutil
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.config import PREFIX, SECRETS, settings
from tests import postgres
from tests.conftest import ROOT
from tests.deployed import (
    FOLDER,
    Deployed,
    compose,
    containerfile,
    image_environment,
    last,
    seconds,
)
from tests.networks.servers import free_port

OURS = ("web", "worker", "bot")
DOC = (ROOT / "docs/deploy.md").read_text("utf-8")


def within(limit_s: float, is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        time.sleep(1)
        if is_so():
            return True
    return False


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """The folder in which they are made as the docs say."""
    folder = tmp_path / "deployed"
    folder.mkdir()
    (commands,) = re.findall(r"```sh\n(mkdir .*?)```", DOC, re.DOTALL)
    subprocess.run(["sh", "-ec", commands], cwd=folder, check=True)
    return folder / "secrets"


@pytest.fixture
def deployed(secrets: Path, server: postgres.Server) -> Iterator[Deployed]:
    """Secrets as the docs make them, a database that wants the password, and no service yet."""
    made = Deployed(secrets.parent, server.address.port or 5432, free_port())
    made.make_folders()
    pgpass = secrets / "pgpass"
    pgpass.write_text(pgpass.read_text().replace("db:5432", f"127.0.0.1:{made.database_port}"))
    server.run(f"CREATE ROLE quotes LOGIN PASSWORD '{(secrets / 'db_password').read_text()}'")
    server.run("CREATE DATABASE quotes OWNER quotes TEMPLATE template0")
    _want_passwords(server)
    yield made
    for process in made.started:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()
    server.run("DROP DATABASE quotes WITH (FORCE)")
    server.run("DROP ROLE quotes")


def _want_passwords(server: postgres.Server) -> None:
    """Let the tests' server, which trusts everybody, ask this user as the image's does."""
    rule = "host all quotes all scram-sha-256"
    server.run(
        f"""DO $$ DECLARE known text := pg_read_file(current_setting('hba_file')); BEGIN
        EXECUTE format('COPY (SELECT regexp_split_to_table(%L, ''\\n'')) TO %L',
            '{rule}' || chr(10) || replace(known, '{rule}' || chr(10), ''),
            current_setting('hba_file')); END $$"""
    )
    server.run("SELECT pg_reload_conf()")


@pytest.mark.skipif(bool(postgres.RUNNING), reason="the server is not ours to ask for passwords")
def test_the_services_come_up_work_and_go(deployed: Deployed, sample: Path) -> None:
    assert deployed.once("init").returncode == 0
    _, told = deployed.start("web").communicate(timeout=60)
    assert "there are no users" in told
    harvest = deployed.once("harvest", str(sample), "-n", "1")
    assert (harvest.returncode, "40 new" in harvest.stdout) == (0, True), harvest.stderr
    adding = ("web", "adduser", "Pia", "--role", "publisher", "--password-stdin")
    assert deployed.once(*adding, given="a kettle buys ten\n").returncode == 0
    assert deployed.check("web").returncode != 0
    running = {name: deployed.start(name) for name in ("web", "worker")}
    for name in running:
        assert within(30, lambda name=name: deployed.check(name).returncode == 0), name
    for name, process in running.items():
        assert process.poll() is None
        process.terminate()
        process.communicate(timeout=seconds(compose()["services"][name]["stop_grace_period"]))
        assert process.returncode in (0, -15), name
    (deployed.folder / "secrets/pgpass").write_text("")
    told = deployed.once("doctor", "--only", "library")
    assert (told.returncode, "wants another user or password" in told.stdout) == (1, True)


def test_secrets_are_made_for_their_readers_alone(secrets: Path) -> None:
    for name in ("db_password", "pgpass"):
        assert stat.S_IMODE((secrets / name).stat().st_mode) == 0o600
        assert compose()["secrets"][name]["file"] == f"./secrets/{name}"
    assert len((secrets / "db_password").read_text()) == 64


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_may_do_little(name: str) -> None:
    service = compose()["services"][name]
    assert service["user"] == last("USER") == "10001:10001"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", [*OURS, "db"])
def test_no_secret_stands_in_the_file(name: str) -> None:
    given = {**compose()["services"][name]["environment"], **image_environment()}
    assert not [one for one in given if one.startswith(SECRETS) or one == "PGPASSWORD"]
    assert not [one for one in given if "PASSWORD" in one and not one.endswith("_FILE")]


def test_every_setting_it_gives_is_one() -> None:
    known = {PREFIX + "_".join(one.keys).upper() for one in settings()}
    for name in OURS:
        given = compose()["services"][name]["environment"]
        assert {one for one in given if one.startswith(PREFIX)} <= known


def test_services_last_and_are_watched() -> None:
    for name in ("db", "web", "worker"):
        service = compose()["services"][name]
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"]
    assert all(port.startswith("127.0.0.1:") for port in compose()["services"]["web"]["ports"])


def test_the_image_holds_what_the_wheel_is_made_of_and_nothing_else() -> None:
    copied = {
        name
        for word, rest in containerfile()
        if word == "COPY" and not rest.startswith("--from")
        for name in rest.split()[:-1]
    }
    assert all((ROOT / name).exists() for name in copied)
    assert copied == {
        *("pyproject.toml", "constraints.txt", "config.yaml", "README.md", "LICENSE"),
        *("docs/licences.md", "assets", "bot"),
    }


def test_images_are_named_by_their_version() -> None:
    base = dict(rest.split("=", 1) for word, rest in containerfile() if word == "ARG")["BASE"]
    for image in (base, compose()["services"]["db"]["image"]):
        assert re.fullmatch(r"\w+:\d+[.\w-]+-bookworm", image)


@pytest.mark.parametrize("unit", sorted(FOLDER.glob("*.service")), ids=lambda path: path.name)
def test_a_unit_is_one_that_systemd_knows(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here: on Debian, apt-get install systemd")
    program = tmp_path / "pullquote"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    text = unit.read_text().replace("/opt/pullquote/bin/pullquote", str(program))
    (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit.name],
        capture_output=True,
        text=True,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
