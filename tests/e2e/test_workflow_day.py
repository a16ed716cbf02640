"""An administrator changes a workflow: a fault while typing, put right, approved by another person, run and watched."""

import re

from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.conftest import Server, sign_in


def test_a_definition_is_edited_put_right_approved_by_another_person_and_run(
    context: BrowserContext, browser: Browser, server: Server
) -> None:
    page = sign_in(context, server, "adam.admin")
    page.goto(f"{server.url}/workflows/new/")
    page.get_by_label("Name").fill("Register extract")
    page.get_by_role("button", name="Write it").click()
    text = page.get_by_label("Definition")
    text.press("Control+End")
    page.get_by_label("Actions and what they take").get_by_text("log_audit_trail", exact=True).click()
    page.get_by_role("button", name="Put in as a step").locator("visible=true").click()
    text.press("Enter")
    text.press_sequentially("nead: Ask")
    expect(page.get_by_text("`nead` is not a key of a step.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Line \\d+")).first.click()
    page.keyboard.press("Delete")
    expect(page.get_by_text("No fault")).to_be_visible()
    expect(page.locator("#graph .graph-name")).to_have_count(2)
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("You proposed this: another person approves it.")).to_be_visible()
    second = browser.new_context()
    other = sign_in(second, server, "mila.mlro")
    other.goto(page.url)
    other.get_by_role("button", name="Approve and make active").click()
    expect(other.get_by_text("Version 1 is active")).to_be_visible()
    other.get_by_role("button", name="Start it now").click()
    other.get_by_role("button", name="Start", exact=True).click()
    other.get_by_role("link", name=re.compile("^Ask: Waiting")).click()
    expect(other.locator("#step-panel").get_by_text("Address to call back")).to_be_visible()
    other.get_by_role("button", name="Cancel the run").first.click()
    other.get_by_label("Reason").locator("visible=true").last.fill("tried out")
    other.get_by_role("button", name="Cancel the run").last.click()
    expect(other.get_by_text("The run is cancelled.")).to_be_visible()
    second.close()
    assert page.complaints == []
