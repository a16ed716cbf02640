"""The one door out: no address of a private network, no second look-up, no credentials to another site."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from core.outbound import FetchFailed, _after_redirect, checked_address, fetch

PRIVATE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "2002:7f00:1::", "2002:a00:1::", "64:ff9b::a00:1", "64:ff9b::7f00:1",
]  # fmt: skip


def _answers(monkeypatch: pytest.MonkeyPatch, *rounds: list[str]) -> list[str]:
    """A name server that gives these addresses, one list a look-up; what was asked."""
    asked: list[str] = []

    def look_up(host: str, port: Any, *_: Any, **__: Any) -> list[Any]:
        if host[0].isdigit():  # the connection to an address that was checked
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        asked.append(host)
        found = rounds[min(len(asked), len(rounds)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 80)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_of_a_private_address_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _answers(monkeypatch, [address])
    with pytest.raises(FetchFailed, match="private network"):
        checked_address("https://lists.example/all.csv")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
def test_a_name_of_a_public_address_is_taken(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _answers(monkeypatch, [address])
    assert checked_address("https://lists.example/all.csv") == address


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    _answers(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(FetchFailed):
        checked_address("https://lists.example/")


@pytest.mark.parametrize("url", [
    "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://lists.example@127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "http:///x",
])  # fmt: skip
def test_an_address_spelled_otherwise_is_the_same_address(url: str) -> None:
    with pytest.raises(FetchFailed):
        checked_address(url)


class _Site(BaseHTTPRequestHandler):
    seen: list[dict[str, str]] = []
    location = ""

    def do_GET(self) -> None:
        type(self).seen.append({name.lower(): value for name, value in self.headers.items()})
        moved = self.path == "/old"
        self.send_response(302 if moved else 200)
        self.send_header("Location", type(self).location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def site() -> Iterator[int]:
    _Site.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_connection_goes_to_the_address_that_was_checked(
    site: int, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["mirror.example"]
    asked = _answers(monkeypatch, ["127.0.0.1"], ["203.0.113.1"])
    fetch(f"http://mirror.example:{site}/new", tmp_path / "list")
    assert [asked[0], _Site.seen[0]["host"]] == ["mirror.example", f"mirror.example:{site}"]
    assert asked.count("mirror.example") == 1  # a second answer of a rebinding name is never asked for


def test_a_redirect_into_the_private_network_is_refused(
    site: int, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["mirror.example"]
    _Site.location = f"http://inside.example:{site}/new"
    _answers(monkeypatch, ["127.0.0.1"])
    with pytest.raises(FetchFailed, match=r"inside\.example is in a private network"):
        fetch(f"http://mirror.example:{site}/old", tmp_path / "list")
    assert len(_Site.seen) == 1


def test_a_redirect_to_another_site_takes_no_credentials_along() -> None:
    sent = {"User-Agent": "Probity", "Authorization": "Bearer x", "X-Api-Key": "y"}
    assert _after_redirect("https://a.example/1", "/2", sent) == ("https://a.example/2", sent)
    assert _after_redirect("https://a.example/1", "https://b.example/", sent)[1] == {"User-Agent": "Probity"}
    with pytest.raises(FetchFailed, match="without TLS"):
        _after_redirect("https://a.example/1", "http://a.example/", sent)
