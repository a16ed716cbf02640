"""An officer without a mouse on a phone, from the queue to a proposed decision, never losing sight of the focus; and one
whose line breaks: what the page says meanwhile, and that it goes on by itself.
"""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Server, sign_in

_MOST_STOPS = 150
_AWAY = "Probity does not answer now."
# What has the focus differs from what has not: an outline, a ring, or another border or ground; and it is on the screen.
_SEEN = """() => {
  const at = document.activeElement;
  const around = [at, at.parentElement, at.nextElementSibling].filter(Boolean);
  const parts = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor", "backgroundColor", "stroke"];
  const settle = () => around.forEach((one) => one.getAnimations({ subtree: true }).forEach((each) => each.finish()));
  const look = () => { settle(); return around.map((one) => parts.map((part) => getComputedStyle(one)[part]).join()).join(); };
  const box = at.getBoundingClientRect();
  const isInside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const focused = look();
  if (at.type?.startsWith("date")) return { at: at.name, isSeen: getComputedStyle(at).boxShadow !== "none", isInside };
  at.blur();
  const plain = look();
  at.focus({ preventScroll: true, focusVisible: true });
  return { at: at.outerHTML.slice(0, 160), isSeen: focused !== plain, isInside };
}"""


def _tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the element has the focus; every stop on the way must be seen and on the screen."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        stop = page.evaluate(_SEEN)
        assert stop["isSeen"], stop
        assert stop["isInside"], stop
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{wanted} is not reached in {_MOST_STOPS} stops")


def _press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    _tab_to(page, wanted)
    page.keyboard.press(key)


def _choose(page: Page, name: str, value: str) -> None:
    box = page.get_by_role("combobox", name=name)
    label = box.locator(f"option[value={value}]").inner_text()
    _tab_to(page, box)
    page.keyboard.type(label)
    expect(box).to_have_value(value)


def test_the_main_job_is_done_by_keyboard_on_a_phone_in_either_theme(browser: Browser, server: Server) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = sign_in(phone, server, "ana.analyst")
    page.goto(f"{server.url}/cases/?view=open")
    _press(page, page.locator("[data-case-row]").filter(has_text="Morosenko").get_by_role("link").first)
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/"))
    _press(page, page.get_by_role("button", name="Claim"))
    expect(page.get_by_role("button", name="Release")).to_be_visible()
    _press(page, page.get_by_role("link", name="Review the hit"))
    page.wait_for_url(re.compile("/hits/"))
    page.wait_for_load_state("networkidle")
    page.emulate_media(color_scheme="dark")
    _press(page, page.get_by_role("radio").first, "ArrowDown")
    expect(page.get_by_role("radio", name="False positive")).to_be_checked()
    _press(page, page.get_by_role("radio", name=re.compile("Other")).first, "Space")
    _tab_to(page, page.get_by_label("Rationale"))
    page.keyboard.type(" Told by the passport.")
    _press(page, page.get_by_role("button", name="Decide"))
    page.wait_for_url(re.compile("/cases/"))
    _choose(page, "Decision", "reject")
    _choose(page, "Reason", "documents_not_acceptable")
    _tab_to(page, page.get_by_label("Rationale"))
    page.keyboard.type("The passport is a specimen.")
    _press(page, page.get_by_role("button", name="Propose", exact=True))
    expect(page.get_by_text("somebody else must approve").first).to_be_visible()
    assert page.complaints == []
    phone.close()


def test_a_page_says_that_the_product_is_away_and_goes_on_when_it_is_back(
    context: BrowserContext, server: Server
) -> None:
    page = sign_in(context, server, "ana.analyst")
    page.clock.install()
    page.goto(f"{server.url}/cases/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Search the queue").fill("half a name")
    context.set_offline(True)
    page.locator("[data-case-row] [data-key=peek]").first.click()
    expect(page.get_by_text(_AWAY)).to_be_visible()
    page.clock.fast_forward(6000)
    expect(page.get_by_text(_AWAY)).to_have_count(1)
    context.set_offline(False)
    with page.expect_request(lambda request: "/cases/" in request.url and "hx-request" in request.headers):
        page.clock.fast_forward(6000)
    expect(page.get_by_text(_AWAY)).to_have_count(0)
    expect(page.get_by_label("Search the queue")).to_have_value("half a name")
