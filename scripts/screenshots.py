"""Pictures of the running demonstration into docs/img, for the README."""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
from scripts.walkthrough import PASSWORD, server  # noqa: E402 - the repository is on the path only now

SHOTS = (
    ("queue", "light", 1400),
    ("queue", "dark", 1400),
    ("queue", "light", 390),
    ("case", "light", 1400),
    ("case", "dark", 1400),
    ("case", "light", 390),
)


def main() -> None:
    folder = HOME / "docs" / "img"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, server(data) as url, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for name, theme, width in SHOTS:
            context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900})
            page = context.new_page()
            page.goto(f"{url}/accounts/login/")
            page.get_by_label("Username").fill("ana.analyst")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            while page.get_by_role("link", name=re.compile("CASE-")).count() < 4:
                page.wait_for_timeout(1000)
                page.goto(f"{url}/cases/")
            if name == "case":
                page.get_by_role("link", name=re.compile("CASE-")).first.click()
            page.wait_for_load_state("networkidle")
            suffix = "" if (theme, width) == ("light", 1400) else f"-{theme}" if width == 1400 else "-narrow"
            page.screenshot(path=folder / f"{name}{suffix}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
