"""The running product in headless Chromium: the real `serve` command on a folder of its own, driven as a person would."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.database import digest_of_migrations, sqlite_original

HOME = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PASSWORD = "probity-demo-2026"
expect.set_options(timeout=20_000)  # the product reads documents beside what a test waits for, on two cores
_MEANWHILE = {"test_matrix.py", "test_tipping_off.py", "test_generated_attacks.py"}
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, lest a suite on two cores end with one of them alone.

    The first file of browser tests makes the demonstration; the other process does what is long without it meanwhile.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.e2e)
    first = next((item.path for item in items if item.get_closest_marker("e2e")), None)
    items.sort(
        key=lambda item: (item.path != first, item.path.name not in _MEANWHILE, item.get_closest_marker("e2e") is None)
    )


@dataclass
class Server:
    """A started product: its address, its data folder, its process."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    def stop(self, sign: int = signal.SIGINT) -> int:
        """Ends the process and gives its exit code."""
        self.process.send_signal(sign)
        return self.process.wait(20)


def start_server(folder: Path) -> Server:
    """Starts the product with its demonstration and waits until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"PROBITY_DATA_DIR": str(folder), "PROBITY_LOG_LEVEL": "ERROR", "DATABASE_URL": "", "REDIS_URL": ""}
    command = [sys.executable, "manage.py", "serve", "--demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=HOME, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    server = Server(f"http://127.0.0.1:{port}", folder, process)
    _wait_until_it_answers(server)
    return server


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{server.url}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    server.process.kill()
    pytest.fail("the server did not answer within 90 s")


def _wait_for_the_demonstration(server: Server) -> None:
    """Until its people have done their work and its models are trained: each copy would do again what is left undone."""
    deadline = time.monotonic() + 240
    question = "SELECT 1 FROM workflows_longwork WHERE state IN ('pending', 'running')"
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(server.folder / "probity.sqlite3", timeout=20)) as database:
            if database.execute(question).fetchone() is None:
                return
        time.sleep(0.5)
    pytest.fail("the demonstration did not end its work within 240 s")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str, django_db_setup: None) -> Path:
    """A folder in which the demonstration's work is over: made once a run, by whichever process of the tests needs it first.

    It begins with the migrated database that every test begins with, where that is a file.
    """
    shared = tmp_path_factory.getbasetemp().parent / f"demonstration-{testrun_uid}"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            made = tmp_path_factory.mktemp("demonstration")
            if connection.vendor == "sqlite":
                shutil.copyfile(sqlite_original(digest_of_migrations()), made / "probity.sqlite3")
            server = start_server(made)
            _wait_for_the_demonstration(server)
            server.stop()
            made.rename(shared)
    return shared


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Path:
    """A copy of the demonstration for each file of tests: what one decides, another would look for in the queue."""
    return Path(shutil.copytree(demonstration, tmp_path_factory.mktemp("probity") / "data"))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """The product at work in that folder."""
    started = start_server(folder)
    yield started
    started.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium for as long as browser tests run one after another: its event loop must end before a test uses the ORM."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed; `make test` installs it where it may")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1400, "height": 900})
    yield made
    made.close()


def sign_in(context: BrowserContext, server: Server, username: str) -> Page:
    """A page of a signed-in person; what the console complains about is kept in `page.complaints`."""
    page = context.new_page()
    complaints: list[str] = []
    page.complaints = complaints

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.url}/accounts/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/login" not in url)
    return page
