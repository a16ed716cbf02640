"""Around the workbench: a request for information and back, search, the dashboard, long work."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Server, sign_in


def _search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_a_request_for_information_goes_out_and_its_case_returns_by_itself(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    page = sign_in(context, server, "ana.analyst")
    _search(page, "Raghunathan")
    page.get_by_role("link", name=re.compile("CASE-.*waiting for information")).click()
    case = page.url
    page.goto(f"{case}information/")
    link = page.get_by_label(re.compile("Hand this link over|if it must be handed over")).input_value()
    phone = browser.new_context(viewport={"width": 390, "height": 844})
    customer = phone.new_page()
    customer.goto(link)
    assert customer.evaluate("document.documentElement.scrollWidth") <= 390
    expect(customer.get_by_text("Raghunathan")).to_have_count(0)
    passport = {"name": "passport.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%not much of one"}
    customer.get_by_label("Your file").set_input_files(passport)
    customer.get_by_role("button", name="Send").first.click()
    expect(customer.get_by_text("Received")).to_be_visible()
    customer.get_by_label("Your answer").fill("From my savings.")
    customer.get_by_role("button", name="Send").last.click()
    expect(customer.get_by_text("Everything has arrived")).to_be_visible()
    phone.close()
    page.goto(f"{case}information/")
    expect(page.get_by_text("Answered")).to_be_visible()
    expect(page.get_by_text("From my savings.")).to_be_visible()
    page.goto(case)
    expect(page.get_by_text("In review").first).to_be_visible()
    assert page.complaints == []


def test_a_misspelled_name_is_found_from_any_page(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "rui.reviewer")
    page.goto(f"{server.url}/reporting/")
    _search(page, "sokolowa nadeshda")
    expect(page.get_by_role("heading", name="Customers with a similar name")).to_be_visible()
    expect(page.get_by_role("link", name="Надежда Андреевна Соколова")).to_be_visible()
    assert "sokolowa" not in page.url
    page.get_by_label("Search everything").last.fill("register surnames")
    expect(page.locator("mark", has_text="register")).to_be_visible()
    assert page.complaints == []


def test_the_dashboard_draws_every_chart_from_its_table_for_a_period(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "mila.mlro")
    page.goto(f"{server.url}/reporting/")
    page.get_by_label("Period").select_option("7")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("days=7"))
    expect(page.get_by_text("will breach by")).to_be_visible()
    expect(page.locator("[data-chart] svg").nth(4)).to_be_visible()
    page.locator("section", has_text="What becomes of alerts").get_by_text("Table").click()
    expect(page.get_by_role("cell", name="Structuring").first).to_be_visible()
    assert page.complaints == []
