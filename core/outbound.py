"""Fetching from an address that somebody configured: no private network is reached by it (SSRF), nothing is unbounded.

The host is resolved once, every address of it must be public, and the connection goes to the address that was checked
(no second look-up that could answer otherwise: DNS rebinding). Redirects are checked the same way. Hosts named in
PROBITY_FETCH_ALLOWED_HOSTS may be private: a mirror in one's own network.
"""

import ipaddress
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings

from core.exceptions import Unavailable

_MOST_REDIRECTS = 5
_MOST_ANSWER = 10 * 1024 * 1024
_TIMEOUT = httpx.Timeout(30, connect=10)
_REDIRECTS = {301, 302, 303, 307, 308}
NOT_MODIFIED = 304


class FetchFailed(Unavailable):
    """The address did not give what was asked for; the message says why and names no personal data."""

    code = "fetch_failed"


@dataclass(frozen=True)
class Fetched:
    """The answer's status and headers (names in lower case); the body is in the file."""

    status: int
    headers: Mapping[str, str]


def fetch(
    url: str, to: Path, *, headers: Mapping[str, str] | None = None, most_bytes: int = 500 * 1024 * 1024
) -> Fetched:
    """GETs `url` into the file `to`. A 304 is an answer, every other status but 200 raises FetchFailed."""
    sent = {"User-Agent": "Probity", "Accept-Encoding": "gzip, deflate"} | dict(headers or {})
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client, client.stream(
                "GET", *_pinned(url), headers=sent | {"Host": _authority(url)}, extensions={"sni_hostname": urlsplit(url).hostname}
            ) as answer:  # fmt: skip
                if answer.status_code in _REDIRECTS and "location" in answer.headers:
                    url = urljoin(url, answer.headers["location"])
                    continue
                return _kept(answer, to, most_bytes)
        except httpx.HTTPError as error:
            raise FetchFailed(f"{_authority(url)} did not answer: {type(error).__name__}.") from error
    raise FetchFailed(f"{_authority(url)} redirects too often.")


def post_json(url: str, body: object, *, headers: Mapping[str, str] | None = None, seconds: float = 10) -> Any:
    """POSTs JSON and gives the parsed answer (at most 10 MB). Raises FetchFailed for anything but that; no redirects."""
    sent = {"User-Agent": "Probity", "Host": _authority(url)} | dict(headers or {})
    try:
        with httpx.Client(timeout=seconds, trust_env=False) as client, client.stream(
            "POST", *_pinned(url), json=body, headers=sent, extensions={"sni_hostname": urlsplit(url).hostname}
        ) as answer:  # fmt: skip
            if answer.status_code != httpx.codes.OK:
                raise FetchFailed(f"{_authority(url)} answered {answer.status_code}.")
            content = bytearray()
            for chunk in answer.iter_bytes(1 << 16):
                content += chunk
                if len(content) > _MOST_ANSWER:
                    raise FetchFailed("The answer is too large.")
        return json.loads(content)
    except (httpx.HTTPError, ValueError) as error:
        raise FetchFailed(f"{_authority(url)} did not answer as agreed: {type(error).__name__}.") from error


def _kept(answer: httpx.Response, to: Path, most_bytes: int) -> Fetched:
    if answer.status_code == NOT_MODIFIED:
        return Fetched(NOT_MODIFIED, dict(answer.headers))
    if answer.status_code != httpx.codes.OK:
        raise FetchFailed(f"{answer.url.host} answered {answer.status_code}.")
    count = 0
    with to.open("wb") as stream:
        for chunk in answer.iter_bytes(1 << 16):
            count += len(chunk)
            if count > most_bytes:
                raise FetchFailed(f"The file is larger than {most_bytes // 1024 // 1024} MB.")
            stream.write(chunk)
    return Fetched(answer.status_code, dict(answer.headers))


def _authority(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def _pinned(url: str) -> tuple[httpx.URL]:
    """The URL with the checked address in place of the host's name."""
    return (httpx.URL(url).copy_with(host=checked_address(url)),)


def checked_address(url: str) -> str:
    """The address that a connection to `url` may go to. Raises FetchFailed for anything but http(s) to a public one."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchFailed("Only http and https addresses are fetched.")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"The host {parts.hostname} is not known.") from error
    addresses = [str(item[4][0]) for item in found]
    private = [address for address in addresses if not ipaddress.ip_address(address.partition("%")[0]).is_global]
    if private and parts.hostname not in settings.FETCH_ALLOWED_HOSTS:
        raise FetchFailed(
            f"The host {parts.hostname} is in a private network; allow it in PROBITY_FETCH_ALLOWED_HOSTS."
        )
    return addresses[0]
