"""The server: a socket of our own, so that what is wrong with an address is told in one line."""

import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from bot.errors import UsageError
from bot.web.app import create_app
from bot.web.site import Site

_PATIENCE_S = 3  # for answers under way when it is told to stop


@dataclass(frozen=True, slots=True)
class Way:
    """How the page is reached."""

    host: str
    port: int
    root_path: str = ""
    behind_proxy: bool = False
    open_it: bool = False


def serve(site: Site, way: Way, say: Callable[[str], None]) -> None:
    """Serve until told to stop; ``UsageError`` where it may not, or cannot, listen."""
    site.check_may_start()
    with listening(way.host, way.port) as opened:
        url = address_of(opened, way)
        say(f"{site.store.place} is at {url}   (Ctrl-C stops it)")
        if way.open_it:
            webbrowser.open(url)
        try:
            server_for(site, way).run(sockets=[opened])
        except KeyboardInterrupt:
            say("stopped")


def server_for(site: Site, way: Way) -> uvicorn.Server:
    """The server of a site, ready to run on a socket."""
    proxies = ["127.0.0.1", "::1", *site.project.config.web.proxies]
    return uvicorn.Server(
        uvicorn.Config(
            create_app(site),
            proxy_headers=way.behind_proxy,
            forwarded_allow_ips=proxies,
            server_header=False,
            log_level="warning",
            timeout_graceful_shutdown=_PATIENCE_S,
        )
    )


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; ``UsageError`` says why there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        place = f"{host} port {port}"
        why = error.strerror or str(error)
        remedy = "choose another with --port, or --port 0 for any that is free"
        raise UsageError(f"cannot be listened on ({why})", place=place, remedy=remedy) from error


def address_of(opened: socket.socket, way: Way) -> str:
    """What to type into a browser on this machine."""
    host = f"[{way.host}]" if ":" in way.host else way.host
    return f"http://{host}:{opened.getsockname()[1]}{way.root_path}/"
