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
from core.words import said

_MOST_REDIRECTS = 5
_MOST_ANSWER = 10 * 1024 * 1024
_TIMEOUT = httpx.Timeout(30, connect=10)
_REDIRECTS = {301, 302, 303, 307, 308}
NOT_MODIFIED = 304
_HARMLESS = {"user-agent", "accept", "accept-encoding", "if-none-match", "if-modified-since"}


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
                    url, sent = _after_redirect(url, answer.headers["location"], sent)
                    continue
                return _kept(answer, to, most_bytes)
        except httpx.HTTPError as error:
            raise FetchFailed(
                said("{authority} did not answer: {name__}.", authority=_authority(url), name__=type(error).__name__)
            ) from error
    raise FetchFailed(said("{authority} redirects too often.", authority=_authority(url)))


def post_json(url: str, body: object, *, headers: Mapping[str, str] | None = None, seconds: float = 10) -> Any:
    """POSTs JSON and gives the parsed answer (at most 10 MB). Raises FetchFailed for anything but that; no redirects."""
    sent = {"User-Agent": "Probity", "Host": _authority(url)} | dict(headers or {})
    try:
        with httpx.Client(timeout=seconds, trust_env=False) as client, client.stream(
            "POST", *_pinned(url), json=body, headers=sent, extensions={"sni_hostname": urlsplit(url).hostname}
        ) as answer:  # fmt: skip
            if answer.status_code != httpx.codes.OK:
                raise FetchFailed(
                    said(
                        "{authority} answered {status_code}.", authority=_authority(url), status_code=answer.status_code
                    )
                )
            content = bytearray()
            for chunk in answer.iter_bytes(1 << 16):
                content += chunk
                if len(content) > _MOST_ANSWER:
                    raise FetchFailed("The answer is too large.")
        return json.loads(content)
    except (httpx.HTTPError, ValueError) as error:
        raise FetchFailed(
            said(
                "{authority} did not answer as agreed: {name__}.",
                authority=_authority(url),
                name__=type(error).__name__,
            )
        ) from error


def _kept(answer: httpx.Response, to: Path, most_bytes: int) -> Fetched:
    if answer.status_code == NOT_MODIFIED:
        return Fetched(NOT_MODIFIED, dict(answer.headers))
    if answer.status_code != httpx.codes.OK:
        raise FetchFailed(said("{host} answered {status_code}.", host=answer.url.host, status_code=answer.status_code))
    count = 0
    with to.open("wb") as stream:
        for chunk in answer.iter_bytes(1 << 16):
            count += len(chunk)
            if count > most_bytes:
                raise FetchFailed(said("The file is larger than {value} MB.", value=most_bytes // 1024 // 1024))
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
        raise FetchFailed(said("The host {hostname} is not known.", hostname=parts.hostname)) from error
    addresses = [str(item[4][0]) for item in found]
    private = [address for address in addresses if not _is_public(address)]
    if private and parts.hostname not in settings.FETCH_ALLOWED_HOSTS:
        raise FetchFailed(
            said(
                "The host {hostname} is in a private network; allow it in PROBITY_FETCH_ALLOWED_HOSTS.",
                hostname=parts.hostname,
            )
        )
    return addresses[0]


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052


def _is_public(address: str) -> bool:
    """Whether the address is of the public internet, and so is the IPv4 address that an IPv6 one may carry within."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return all(item.is_global and not item.is_multicast for item in (found, *_carried(found)) if item is not None)


def _carried(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address | None]:
    """The IPv4 addresses inside an IPv6 one: mapped, 6to4 (RFC 3056), Teredo (RFC 4380), NAT64; a gateway unpacks them."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    translated = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return [address.ipv4_mapped, address.sixtofour, *(address.teredo or ()), translated]


def _after_redirect(url: str, location: str, sent: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Where a redirect leads and the headers that may go there: another site gets no credentials, TLS is never left."""
    target = urljoin(url, location)
    before, after = urlsplit(url), urlsplit(target)
    if before.scheme == "https" and after.scheme != "https":
        raise FetchFailed(said("{hostname} redirects to an address without TLS.", hostname=before.hostname))
    if (before.scheme, before.netloc) != (after.scheme, after.netloc):
        sent = {name: value for name, value in sent.items() if name.lower() in _HARMLESS}
    return target, sent
