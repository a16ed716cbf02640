"""An officer's day in the browser."""

import re
import time

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Server, sign_in

_PATIENCE = 60_000


def _queue_of_all(page: Page, server: Server) -> None:
    """The queue once the demonstration's runs have put their cases into it."""
    page.goto(f"{server.url}/cases/")
    deadline = time.monotonic() + 60
    while page.get_by_role("link", name=re.compile("CASE-")).count() < 4 and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.reload()


def test_a_hit_is_decided_proposed_and_approved_by_two_people(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    page = sign_in(context, server, "ana.analyst")
    _queue_of_all(page, server)
    page.get_by_role("row").filter(has_text="Morosenko").get_by_role("link").first.click()
    page.get_by_role("button", name="Claim").click()
    page.get_by_role("link", name="Review the hit").click()
    page.get_by_role("radio", name="True match").check()
    page.get_by_role("radio", name="Identity confirmed by documents").check()
    page.get_by_label("Rationale").fill("Name and birth date are those of the entry.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("The hit is decided.")).to_be_visible()
    page.goto(f"{server.url}/cases/")
    page.get_by_label("Search the queue").fill("Morosenko")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile("CASE-")).first.click()
    case = page.url
    page.get_by_role("combobox", name="Decision").select_option("reject")
    page.get_by_role("combobox", name="Reason").select_option("sanctioned")
    page.get_by_label("Rationale").fill("The customer is the listed person.")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("somebody else must approve").first).to_be_visible()
    assert page.complaints == []
    other = browser.new_context()
    second = sign_in(other, server, "rui.reviewer")
    second.goto(case)
    second.get_by_role("button", name="Approve").click()
    expect(second.get_by_text("The decision is approved")).to_be_visible()
    assert second.complaints == []
    other.close()


def test_a_document_is_shown_with_boxes_values_and_checks(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "ana.analyst")
    page.goto(f"{server.url}/customers/")
    page.get_by_label("Search customers").fill("Okonjo")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile("Okonjo")).click()
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="passport").first.click()
    expect(page.locator("svg .doc-box").first).to_be_attached()
    expect(page.get_by_text("AMARA").first).to_be_visible()
    assert page.complaints == []


def test_the_queue_refreshes_by_itself_when_a_case_changes(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    page = sign_in(context, server, "ana.analyst")
    _queue_of_all(page, server)
    expect(page.locator("html[data-live-open=yes]")).to_be_attached(timeout=_PATIENCE)
    other = browser.new_context()
    second = sign_in(other, server, "rui.reviewer")
    second.get_by_role("button", name="Next case").click()
    expect(page.get_by_role("cell", name="rui.reviewer").first).to_be_visible(timeout=15_000)
    other.close()


def test_the_queue_fits_a_phone(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = sign_in(context, server, "ana.analyst")
    _queue_of_all(page, server)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
