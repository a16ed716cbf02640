"""An administrator moves a threshold and sees at once what it would have done."""

import re

from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import Server, sign_in


def test_a_threshold_is_edited_and_the_result_follows(context: BrowserContext, server: Server) -> None:
    page = sign_in(context, server, "adam.admin")
    page.goto(f"{server.url}/monitoring/scenarios/")
    page.get_by_role("link", name="Structuring", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    alerts = page.locator("[data-alerts='365']")
    expect(alerts).to_have_text("2")
    threshold = page.get_by_label("threshold", exact=True)
    slider = page.locator(f"[data-sets='{threshold.get_attribute('id')}']")
    before = threshold.input_value()
    slider.press("Home")
    expect(threshold).to_have_value("0")
    expect(alerts).to_have_text("0")
    threshold.fill(before)
    expect(alerts).to_have_text("2")
    page.get_by_label("Which threshold").select_option("$near")
    expect(page.locator("#sweep-table tr.table-active td").first).to_have_text("0.80")
    threshold.fill("4,000")
    expect(alerts).to_have_text("0")
    expect(page.locator("#text")).to_have_value(re.compile("near_sum >= [$]threshold"))
    text = page.locator("#text")
    text.fill(text.input_value().replace("\nand amount <", "\nand amont <"))
    page.get_by_role("button", name="Use amount").click()
    expect(page.get_by_text("Nothing is wrong")).to_be_visible()
    expect(text).to_have_value(re.compile("and amount <"))
