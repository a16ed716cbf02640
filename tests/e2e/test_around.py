"""Around the workbench: a request for information and back, search, the dashboard, long work; every page's accessibility."""

import re
from contextlib import ExitStack

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.page_map import Shown, pages
from tests.e2e.conftest import PASSWORD, Server, sign_in

_PATIENCE = 180_000


def _search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


@pytest.fixture(scope="module")
def worked(browser: Browser, server: Server) -> Server:
    """The demonstration once its people have done their day."""
    context = browser.new_context()
    page = sign_in(context, server, "adam.admin")
    page.goto(f"{server.url}/workflows/work/")
    page.get_by_role("link", name="The people of the demonstration at work").click()
    expect(page.get_by_text("Done", exact=True)).to_be_visible(timeout=_PATIENCE)  # it refreshes by itself
    context.close()
    return server


def test_a_request_for_information_goes_out_and_its_case_returns_by_itself(
    context: BrowserContext, browser: Browser, worked: Server
) -> None:
    page = sign_in(context, worked, "ana.analyst")
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


def test_a_misspelled_name_is_found_from_any_page(context: BrowserContext, worked: Server) -> None:
    page = sign_in(context, worked, "rui.reviewer")
    page.goto(f"{worked.url}/reporting/")
    _search(page, "sokolowa nadeshda")
    expect(page.get_by_role("heading", name="Customers with a similar name")).to_be_visible()
    expect(page.get_by_role("link", name="Надежда Андреевна Соколова")).to_be_visible()
    assert "sokolowa" not in page.url
    page.get_by_label("Search everything").last.fill("register surnames")
    expect(page.locator("mark", has_text="register")).to_be_visible()
    assert page.complaints == []


def test_the_dashboard_draws_every_chart_from_its_table_for_a_period(context: BrowserContext, worked: Server) -> None:
    page = sign_in(context, worked, "mila.mlro")
    page.goto(f"{worked.url}/reporting/")
    page.get_by_label("Period").select_option("7")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("days=7"))
    expect(page.get_by_text("will breach by")).to_be_visible()
    expect(page.locator("[data-chart] svg").nth(4)).to_be_visible()
    page.locator("section", has_text="What becomes of alerts").get_by_text("Table").click()
    expect(page.get_by_role("cell", name="Structuring").first).to_be_visible()
    assert page.complaints == []


def _map(server: Server) -> list[Shown]:
    with ExitStack() as stack:
        clients: dict[str, httpx.Client] = {}

        def read(who: str, path: str) -> str:
            if who not in clients:
                client = stack.enter_context(httpx.Client(base_url=server.url, follow_redirects=True, timeout=30))
                token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get("/accounts/login/").text)[1]
                told = {"username": who, "password": PASSWORD, "csrfmiddlewaretoken": token}
                client.post("/accounts/login/", data=told)
                clients[who] = client
            return clients[who].get(path).text

        return pages(read)


def _serious(page: Page, theme: str) -> list[str]:
    """What is serious or worse; in the dark only the colours are others."""
    options = {"runOnly": ["color-contrast", "link-in-text-block"]} if theme == "dark" else {}
    rules = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in rules
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"][:2]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_a_serious_accessibility_rule(browser: Browser, worked: Server, theme: str) -> None:
    broken: dict[str, list[str]] = {}
    shown = _map(worked)
    for who in dict.fromkeys(item.who for item in shown):
        context = browser.new_context(color_scheme=theme, viewport={"width": 1400, "height": 900})
        page = sign_in(context, worked, who) if who else context.new_page()
        for item in (item for item in shown if item.who == who):
            page.goto(f"{worked.url}{item.path}")
            page.wait_for_load_state("networkidle")
            if found := _serious(page, theme):
                broken[item.name] = found
        context.close()
    assert not broken, "\n".join(f"{name}: {found}" for name, found in broken.items())
