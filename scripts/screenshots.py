"""Pictures of the running demonstration: those that the papers show into docs/img, or every page in every look elsewhere."""

import argparse
import io
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
from scripts.page_map import Shown, pages  # noqa: E402 - the repository is on the path only now
from scripts.walkthrough import PASSWORD, Person, server  # noqa: E402

KEPT = HOME / "docs" / "img"
LOOKS = (("", "light", 1400), ("-dark", "dark", 1400), ("-narrow", "light", 390))
_MOST_BYTES, _TALLEST = 60_000, 1200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a demonstration that runs already")
    parser.add_argument("--only", default="", help="names of pages to take, divided by commas")
    parser.add_argument("--every-page-into", type=Path, help="a folder for every page: light, dark and on a phone")
    parser.add_argument("--language", default="en", help="what the browser asks for")
    options = parser.parse_args()
    into, shown_in_papers = options.every_page_into or KEPT, options.every_page_into is None
    into.mkdir(parents=True, exist_ok=True)
    with _demonstration(options.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        shown = _map(url)
        chosen = [item for item in shown if not options.only or item.name in options.only.split(",")]
        for look in LOOKS:
            wanted = [item for item in chosen if not shown_in_papers or f"{item.name}{look[0]}" in _named_in_papers()]
            _take_all(browser, url, wanted, look, into, options.language)
        browser.close()


def _named_in_papers() -> set[str]:
    """The pictures that README and guides show, without their suffix."""
    papers = [HOME / "README.md", *(HOME / "docs").rglob("*.md")]
    return {name for paper in papers for name in re.findall(r"img/([\w-]+)\.webp", paper.read_text())}


@contextmanager
def _demonstration(url: str | None) -> Iterator[str]:
    if url:
        yield url
        return
    with tempfile.TemporaryDirectory() as data, server(data) as started:
        _wait_for_its_day(started)
        yield started


def _wait_for_its_day(url: str) -> None:
    """Until the people of the demonstration have done what they do."""
    reader, deadline = Person(url, "adam.admin"), time.monotonic() + 300
    done = re.compile(r"The people of the demonstration at work</a>(?:(?!</tr>).)*Done", re.DOTALL)
    while not done.search(reader.see("/workflows/work/")) and time.monotonic() < deadline:
        time.sleep(2)


def _map(url: str) -> list[Shown]:
    people: dict[str, Person] = {}

    def read(who: str, path: str) -> str:
        person = people.setdefault(who, Person(url, who)) if who not in people else people[who]
        return person.see(path)

    return pages(read)


def _take_all(
    browser: Browser, url: str, wanted: list[Shown], look: tuple[str, str, int], into: Path, language: str
) -> None:
    suffix, theme, width = look
    for who in dict.fromkeys(item.who for item in wanted):
        context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900}, locale=language)
        page = context.new_page()
        if who:
            _sign_in(page, url, who)
        for item in wanted:
            if item.who == who:
                page.goto(f"{url}{item.path}")
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(500)
                _keep(page, into / f"{item.name}{suffix}.webp")
        context.close()


def _sign_in(page: Page, url: str, who: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.locator("input[name=username]").fill(who)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url(re.compile(r"^(?!.*/login)"))


def _keep(page: Page, path: Path) -> None:
    """The page from its top, at most 1200 pixels of it, as WebP of at most 60 KB."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    picture = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, _TALLEST)))
    for quality in (70, 55, 40, 25):
        stream = io.BytesIO()
        picture.save(stream, "WEBP", quality=quality, method=6)
        if stream.tell() <= _MOST_BYTES:
            break
    path.write_bytes(stream.getvalue())


if __name__ == "__main__":
    main()
