"""An officer at the queue: keys, a peek, a claim, several cases at once with undo, a saved view."""

import re
import time

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Server, sign_in


def _queue(page: Page, server: Server) -> None:
    """The queue once the demonstration's runs have put their cases into it."""
    page.goto(f"{server.url}/cases/")
    deadline = time.monotonic() + 60
    while page.locator("[data-case-row]").count() < 5 and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.reload()


def test_keys_move_choose_look_and_open(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "rui.reviewer")
    _queue(page, server)
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-case-row]").nth(1)).to_have_attribute("data-cursor", "")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    page.keyboard.press("Space")
    number = page.locator("[data-cursor] strong").inner_text()
    expect(page.locator("#peek").get_by_role("heading", name=number)).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#peek").get_by_role("heading", name=number)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#peek")).to_be_empty()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/"))
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url(re.compile(r"/cases/$"))
    assert page.complaints == []


def test_several_cases_are_tagged_and_it_is_taken_back(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "rui.reviewer")
    _queue(page, server)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Tag…").click()
    page.get_by_label("Tag them as").fill("second look")
    page.get_by_role("button", name="Tag them").click()
    expect(page.get_by_text("Tag: 2 of 2 done")).to_be_visible()
    expect(page.get_by_text("#second look")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("taken back")).to_be_visible()
    expect(page.get_by_text("#second look")).to_have_count(0)
    assert page.complaints == []


def test_a_view_is_saved_with_its_filters_and_counted(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "mila.mlro")
    _queue(page, server)
    page.get_by_text("Filter and order").click()
    page.get_by_label("Rating").select_option("medium")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Without the filter Rating")).to_be_visible()
    page.locator("summary", has_text="Save view").click()
    page.get_by_label("Name of the view").fill("Medium ones")
    page.get_by_role("button", name="Save", exact=True).click()
    line = page.get_by_role("navigation", name="Views").get_by_role("link", name="Medium ones")
    expect(line).to_have_attribute("aria-current", "page")
    expect(line.locator(".badge")).to_have_text(str(page.locator("[data-case-row]").count()))
    page.get_by_role("button", name="Delete this view").click()
    expect(page.get_by_text("The view is deleted.")).to_be_visible()


def test_a_case_is_claimed_from_its_peek_and_another_officer_sees_who_looks(
    context: BrowserContext, server: Server
) -> None:
    page = sign_in(context, server, "ana.analyst")
    _queue(page, server)
    row = page.locator("[data-case-row]", has_text="Clara Fernweh")
    row.get_by_role("link", name=re.compile("^Look at")).click()
    page.locator("#peek").get_by_role("button", name="Claim and open").click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/"))
    assert context.browser is not None
    other = context.browser.new_context()
    second = sign_in(other, server, "rui.reviewer")
    second.goto(page.url)
    expect(second.get_by_text("Ana Analyst is viewing")).to_be_visible()
    expect(page.get_by_text("Rui Reviewer is viewing")).to_be_visible(timeout=15_000)
    other.close()
    page.get_by_role("button", name="Release").click()
