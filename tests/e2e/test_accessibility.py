"""Every page of the product under axe, in the light and in the dark."""

import re
from contextlib import ExitStack
from functools import cache

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from scripts.page_map import Shown, pages
from tests.e2e.conftest import PASSWORD, Server, sign_in

_QUIET = 100  # milliseconds in which nothing is asked for: what a page loads by itself it asks for at once
_PATIENCE = 20_000
_COLOURS = """axe.run({runOnly: ["color-contrast", "link-in-text-block"], resultTypes: ["violations"]})
    .then((result) => result.violations)"""


def _map(server: Server) -> list[Shown]:
    with ExitStack() as stack:
        clients: dict[str, httpx.Client] = {}

        @cache
        def read(who: str, path: str) -> str:
            if who not in clients:
                client = stack.enter_context(httpx.Client(base_url=server.url, follow_redirects=True, timeout=30))
                token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get("/accounts/login/").text)[1]
                told = {"username": who, "password": PASSWORD, "csrfmiddlewaretoken": token}
                client.post("/accounts/login/", data=told)
                clients[who] = client
            return clients[who].get(path).text

        return pages(read)


def _serious(page: Page) -> list[str]:
    """What is serious or worse in the light; in the dark only the colours are others."""
    rules = Axe().run(page).response["violations"]
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")  # no colour half way
    rules += page.evaluate(_COLOURS)
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in rules
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"][:2]
    ]


def _open(page: Page, address: str, asked: set[Request]) -> None:
    """Goes there and waits until all that the page asks for has come."""
    asked.clear()
    page.goto(address)
    for _ in range(_PATIENCE // _QUIET):
        page.wait_for_timeout(_QUIET)
        if not asked:
            return
    raise AssertionError(f"{address} still waits for {[request.url for request in asked]}")


def test_no_page_breaks_a_serious_accessibility_rule(browser: Browser, server: Server) -> None:
    broken: dict[str, list[str]] = {}
    shown = _map(server)
    for who in dict.fromkeys(item.who for item in shown):
        context = browser.new_context(
            color_scheme="light", reduced_motion="reduce", viewport={"width": 1400, "height": 900}
        )
        page = sign_in(context, server, who) if who else context.new_page()
        asked: set[Request] = set()
        page.on("request", lambda request, asked=asked: asked.add(request))
        page.on("requestfinished", lambda request, asked=asked: asked.discard(request))
        page.on("requestfailed", lambda request, asked=asked: asked.discard(request))
        for item in (item for item in shown if item.who == who):
            _open(page, f"{server.url}{item.path}", asked)
            if found := _serious(page):
                broken[item.name] = found
        context.close()
    assert not broken, "\n".join(f"{name}: {found}" for name, found in broken.items())
