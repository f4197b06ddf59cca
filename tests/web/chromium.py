"""A real browser on the page: Debian's Chromium, with nothing to reach but the page itself.

``address`` serves ``site`` on a free port of loopback; ``tab`` is a fresh visit to it, which fails
its test on an error in the console and on a request to anywhere else.
"""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from bot.web.serving import Way, listening, server_for
from bot.web.site import Site

PATIENCE_MS = 30_000  # of a machine that has much else to do
expect.set_options(timeout=PATIENCE_MS)
WIDE, NARROW = {"width": 1600, "height": 1000}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, started once a file."""
    found = shutil.which("chromium")
    if not found:
        pytest.skip("there is no chromium: `make system` installs it, as root on Debian")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def served(site: Site, way: Way) -> Iterator[str]:
    """Serve a site on a free port; its address without a slash at the end."""
    with listening("127.0.0.1", 0) as opened:
        server = server_for(site, way)
        running = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        running.start()
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{opened.getsockname()[1]}"
        server.should_exit = server.force_exit = True
        running.join(10)


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """Where the page is served."""
    with served(site, Way("127.0.0.1", 0)) as url:
        yield url


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong in the browser."""
    return []


@pytest.fixture
def meant() -> list[str]:
    """Parts of complaints that are no fault; those a test means to cause may come after its end.

    htmx complains when it gives up asking for what has left the page; of what fails it says more.
    """
    return ["htmx:sendAbort", "htmx:afterRequest"]


@pytest.fixture
def visit(
    chromium: Browser, address: str, complaints: list[str], meant: list[str]
) -> Iterator[BrowserContext]:
    """A visitor with no cookies yet; ``new_page()`` gives one more tab."""
    context = chromium.new_context(base_url=address, viewport=WIDE, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)

    def only_ours(route: Route) -> None:
        if route.request.url.startswith((f"{address}/", "data:", "blob:")):
            route.continue_()
        else:
            complaints.append(f"asked for {route.request.url}")
            route.abort()

    context.route("**/*", only_ours)
    context.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert [one for one in complaints if not any(part in one for part in meant)] == []


@pytest.fixture
def tab(visit: BrowserContext) -> Page:
    """A tab of the visitor."""
    return visit.new_page()


def faults(tab: Page) -> list[str]:
    """What axe finds wrong for people who do not see, or do not use a mouse, as they would."""
    found = Axe().run(tab).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


def is_too_wide(tab: Page) -> bool:
    """Whether one has to scroll sideways."""
    return bool(tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
