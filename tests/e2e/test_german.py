"""The product in its second language: every page of the map, and a case from the queue to its decision."""

import re
from collections.abc import Iterator
from contextlib import closing
from functools import cache

import httpx
from django.conf import settings
from lxml import html
from playwright.sync_api import BrowserContext, Page, expect

from compliance_site.catalogue import read
from tests.e2e.conftest import PASSWORD, Server, sign_in
from tests.e2e.test_accessibility import _map

_AS_IT_IS = {
    "script",
    "style",
    "code",
    "pre",
    "textarea",
    "bdi",
    "ins",
    "del",
}  # the last two: values as they are on the record
_READ_ALOUD = ("title", "placeholder", "aria-label", "alt")


@cache
def _english() -> frozenset[str]:
    """Texts of two words or more that German says otherwise."""
    known = ((message.id, message.string) for message in read("de") if isinstance(message.id, str))
    return frozenset(text for text, told in known if text != told and len(re.findall(r"[A-Za-z]{2,}", text)) > 1)


def _texts(page: str) -> Iterator[str]:
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        around = {element.tag, *(one.tag for one in element.iterancestors())}
        pieces = [element.get(name) for name in _READ_ALOUD]
        pieces += [] if around & _AS_IT_IS else [element.text, *(child.tail for child in element)]
        yield from (" ".join(piece.split()) for piece in pieces if piece)


def _left_in_english(page: str) -> list[str]:
    return sorted(set(_texts(page)) & _english())


def _german(server: Server, who: str) -> httpx.Client:
    client = httpx.Client(base_url=server.url, follow_redirects=True, timeout=30, headers={"Accept-Language": "de"})
    if who:
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get("/accounts/login/").text)[1]
        client.post("/accounts/login/", data={"username": who, "password": PASSWORD, "csrfmiddlewaretoken": token})
    return client


def test_no_page_leaves_in_english_what_the_catalogue_says_in_german(server: Server) -> None:
    left: dict[str, list[str]] = {}
    shown = _map(server)
    for who in dict.fromkeys(item.who for item in shown):
        with closing(_german(server, who)) as client:
            for item in (item for item in shown if item.who == who):
                answer = client.get(item.path)
                assert answer.headers["Content-Language"] == "de", item.name
                if found := _left_in_english(answer.text):
                    left[item.name] = found
    assert not left, "\n".join(f"{name}: {found}" for name, found in left.items())


def _is_german(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "de")
    left = _left_in_english(page.content())
    assert not left, left


def test_an_officer_goes_from_the_queue_to_a_decision_in_german(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "ana.analyst")
    page.goto(f"{server.url}/accounts/me/")
    page.get_by_role("button", name="Deutsch").click()
    page.goto(f"{server.url}/cases/")
    _is_german(page)
    page.locator("[data-case-row] input[type=checkbox]").first.check()
    expect(page.locator("#bulk-count")).to_have_text("1 ausgewählt")
    page.locator("[data-case-row] a[data-key=decide]").first.click()
    page.wait_for_url(re.compile("#decide"))
    page.wait_for_load_state("networkidle")
    _is_german(page)
    assert page.complaints == []
    page.goto(f"{server.url}/accounts/me/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", settings.LANGUAGE_CODE)
