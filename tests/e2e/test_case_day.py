"""A case's day in the browser: a hit by three keys, a value corrected, proposed, approved by another; a conflict; the network."""

import re
import time

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Server, sign_in


def _open_case(page: Page, server: Server, subject: str, query: str = "?view=open") -> str:
    """Opens the case of a customer from the queue, once the demonstration has put it there; gives its address."""
    deadline = time.monotonic() + 60
    row = page.get_by_role("row").filter(has_text=subject)
    page.goto(f"{server.url}/cases/{query}")
    while not row.count() and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.reload()
    address = row.get_by_role("link", name=re.compile("CASE-")).first.get_attribute("href")
    page.goto(f"{server.url}{address}")
    return page.url


def _claim(page: Page) -> None:
    if page.get_by_role("button", name="Claim").count():
        page.get_by_role("button", name="Claim").click()
    expect(page.get_by_role("button", name="Release")).to_be_visible()


def test_hit_by_keys_value_corrected_proposed_and_approved(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    page = sign_in(context, server, "ana.analyst")
    case = _open_case(page, server, "Morosenko")
    _claim(page)
    page.get_by_role("link", name="Review the hit").click()
    expect(page.get_by_role("columnheader", name="Listed")).to_be_visible()
    page.wait_for_load_state("networkidle")  # keys work once the page's scripts do
    page.keyboard.press("2")
    page.keyboard.press("1")
    expect(page.get_by_label("Rationale")).to_have_value(re.compile("Other birth date"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("The hit is decided.")).to_be_visible()
    page.wait_for_url(re.compile("/cases/"))
    page.goto(f"{case.partition('?')[0]}?tab=documents")
    page.locator("#document-panel article a").first.click()
    value = page.locator("#value-nationality")
    value.fill("RUS")
    page.get_by_label("Reason for correcting nationality").fill("printed so on the page")
    page.get_by_role("button", name="Save").locator("visible=true").click()
    expect(page.get_by_text("Nationality is corrected and the checks ran again.")).to_be_visible()
    page.goto(case)
    page.get_by_role("combobox", name="Decision").select_option("reject")
    page.get_by_role("combobox", name="Reason").select_option("documents_not_acceptable")
    page.get_by_label("Rationale").fill("The passport is a specimen.")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("somebody else must approve").first).to_be_visible()
    assert page.complaints == []
    other = browser.new_context()
    second = sign_in(other, server, "rui.reviewer")
    second.goto(case)
    expect(second.get_by_text("The evidence is unchanged since the proposal")).to_be_visible()
    second.get_by_role("button", name="Approve").click()
    expect(second.get_by_text("The decision is approved")).to_be_visible()
    other.close()


def test_conflict_says_who_changed_what_and_keeps_what_was_typed(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    page = sign_in(context, server, "ana.analyst")
    case = _open_case(page, server, "Fernweh")
    _claim(page)
    page.get_by_role("combobox", name="Decision").select_option("reject")
    page.get_by_role("combobox", name="Reason").select_option("outside_appetite")
    page.get_by_label("Rationale").fill("Typed with care before the conflict.")
    other = browser.new_context()
    second = sign_in(other, server, "ana.analyst")
    second.goto(case)
    second.get_by_role("button", name="Escalate", exact=True).click()
    second.locator("#escalate-panel").get_by_label("Reason").fill("A senior should see this")
    second.get_by_role("button", name="Escalate the case").click()
    expect(second.get_by_text("The case is escalated.")).to_be_visible()
    expect(page.get_by_text("This case changed since you opened it.")).to_be_visible(timeout=40_000)
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text(re.compile("Status In review → Escalated")).first).to_be_visible()
    expect(page.get_by_text("Typed with care before the conflict.")).to_be_visible()
    other.close()


def test_network_is_drawn_and_told_as_a_table(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "ana.analyst")
    case = _open_case(page, server, "Meridian")
    page.goto(f"{case.partition('?')[0]}?tab=network")
    expect(page.locator('[data-network][data-nodes="3"]')).to_be_attached()
    expect(page.get_by_role("region", name="The network as a table").get_by_text("owns 60 %")).to_be_visible()
    page.get_by_label("Hops").select_option("2")
    expect(page.locator('[data-network*="n_hops=2"][data-nodes]')).to_be_attached()
    assert page.complaints == []


def test_case_page_fits_a_phone(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = sign_in(context, server, "ana.analyst")
    _open_case(page, server, "Meridian")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
