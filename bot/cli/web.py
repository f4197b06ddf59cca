"""``web``: serve the page on which people curate, and say who may."""

import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bot.cli.options import AsJson, DryRun
from bot.cli.setup import Setup, now, who
from bot.cli.show import as_json, say
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.config import Project
    from bot.store import Store

app = typer.Typer(
    help="The page in your browser: look, hear, decide; and who may.",
    invoke_without_command=True,
    epilog="Try it: pullquote web --open",
)
Name = Annotated[str, typer.Argument(help="The name they sign in with.", show_default=False)]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@app.callback()
def web(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", metavar="ADDRESS")
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 for a free one.")] = None,
    root_path: Annotated[
        str | None, typer.Option(help="Where a proxy puts the page: /quotes.", metavar="PATH")
    ] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="Believe what a proxy says of visitors.")
    ] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in your browser.")] = False,
) -> None:
    """Serve the page on which people curate: pullquote web --open"""
    if context.invoked_subcommand:
        return
    _want("fastapi", "uvicorn", "jinja2", "python_multipart", "argon2")
    from bot.web.serving import Way, serve
    from bot.web.site import Site

    setup: Setup = context.obj
    project = setup.project()
    ours = project.config.web
    chosen = ours.port if port is None else port
    way = Way(host or ours.host, chosen, root_path or ours.root_path, behind_proxy, open_it)
    with _open(setup, project) as store:
        site = Site(store, project, now, who(), way.host, way.root_path, way.behind_proxy)
        serve(site, way, say)


@app.command()
def adduser(
    context: typer.Context,
    name: Name,
    role: Annotated[
        Literal["editor", "publisher"], typer.Option(help="A publisher may also approve.")
    ] = "editor",
    password_stdin: FromInput = False,
    dry_run: DryRun = False,
) -> None:
    """Let somebody sign in: pullquote web adduser 'Ann Lee' --role publisher"""
    _want("argon2")
    from bot.web.users import User, add_user

    kept = _password(from_input=password_stdin)
    with _open(context.obj, dry_run=dry_run) as store, store.write() as connection:
        add_user(connection, User(name, role, now()), kept)
    _said(f"{name} may sign in as {role}", dry_run)


@app.command()
def users(context: typer.Context, as_array: AsJson = False) -> None:
    """List who may sign in: pullquote web users"""
    from bot.web.users import all_users

    with _open(context.obj) as store, store.read() as connection:
        found = all_users(connection)
    if as_array:
        as_json(
            {"name": one.name, "role": one.role, "created_at": one.created_at.isoformat()}
            for one in found
        )
        return
    for one in found:
        typer.echo(f"{one.name}  {one.role}  since {one.created_at:%Y-%m-%d}")
    if not found:
        say("no users: on this machine nobody signs in, elsewhere nobody can")


@app.command()
def removeuser(context: typer.Context, name: Name, dry_run: DryRun = False) -> None:
    """Let somebody in no more, at once: pullquote web removeuser 'Ann Lee'"""
    from bot.web.users import remove_user

    with _open(context.obj, dry_run=dry_run) as store, store.write() as connection:
        remove_user(connection, name)
    _said(f"{name} can sign in no more, and is signed out", dry_run)


@app.command()
def passwd(
    context: typer.Context, name: Name, password_stdin: FromInput = False, dry_run: DryRun = False
) -> None:
    """Give somebody another password: pullquote web passwd 'Ann Lee'"""
    _want("argon2")
    from bot.web.users import set_password

    kept = _password(from_input=password_stdin)
    with _open(context.obj, dry_run=dry_run) as store, store.write() as connection:
        set_password(connection, name, kept)
    _said(f"{name} has another password, and is signed out everywhere", dry_run)


def _open(setup: Setup, project: "Project | None" = None, *, dry_run: bool = False) -> "Store":
    from bot.store import open_store

    return open_store(setup.place(project or setup.project()), dry_run=dry_run)


def _want(*modules: str) -> None:
    """``UsageError`` for a module of the extra that is not there."""
    from importlib.util import find_spec

    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        remedy = "install pullquote[web]: pip install 'pullquote[web]'"
        raise UsageError(f"`pullquote web` needs {', '.join(missing)}", remedy=remedy)


def _password(*, from_input: bool) -> str:
    """What is kept of a password, asked twice and not shown, or read."""
    from bot.web.passwords import checked, protected

    if from_input:
        return protected(checked(sys.stdin.readline().rstrip("\r\n")))
    asked: Any = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return protected(checked(str(asked)))


def _said(words: str, dry_run: bool) -> None:
    say(words + (" (dry run)" if dry_run else ""))
