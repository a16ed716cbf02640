"""POSTing to an address that somebody configured, within a time that the other side cannot stretch.

The address is checked as `core.outbound` does (no private network, no second look-up), redirects are answers and never
followed, and the whole exchange has one deadline: a server that gives a byte a second is cut off like a silent one.
"""

import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore
from django.conf import settings

from core.outbound import FetchFailed, checked_address
from core.words import said

_MOST_ANSWER = 64 * 1024
_NEVER_SENT = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout, httpcore.UnsupportedProtocol)


class NoAnswer(FetchFailed):
    """The other side gave no whole answer in time. `maybe_taken`: the request may have reached it all the same."""

    code = "no_answer"
    maybe_taken = False


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers (names in lower case), at most 64 KB of text, how long it took."""

    status: int
    headers: Mapping[str, str]
    text: str
    milliseconds: int


def post(url: str, body: bytes, *, headers: Mapping[str, str], seconds: float = 10) -> Answer:
    """POSTs `body` and gives any answer, whatever its status. Raises FetchFailed for an address that may not be
    reached, and NoAnswer for silence, slowness beyond `seconds` and broken connections.
    """
    began, parts = time.monotonic(), urlsplit(url)
    target = httpcore.URL(
        scheme=parts.scheme.encode(), host=checked_to(url).encode(), port=parts.port,
        target=(parts.path or "/").encode() + (b"?" + parts.query.encode() if parts.query else b""),
    )  # fmt: skip
    sent: dict[bytes | str, bytes | str] = {
        "Host": parts.netloc.rpartition("@")[2], "User-Agent": "Probity", "Accept-Encoding": "identity",
    }  # fmt: skip
    sent.update(headers.items())
    options = {"sni_hostname": parts.hostname, "timeout": dict.fromkeys(("connect", "read", "write", "pool"), seconds)}
    try:
        with (
            httpcore.ConnectionPool(network_backend=_TimedBackend(began + seconds)) as pool,
            pool.stream("POST", target, headers=sent, content=body, extensions=options) as response,
        ):
            text = _text_of(response.iter_stream())
            named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return Answer(response.status, named, text, round((time.monotonic() - began) * 1000))
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ssl.SSLError) as error:
        failure = NoAnswer(
            said("{hostname} did not answer: {name__}.", hostname=parts.hostname, name__=type(error).__name__)
        )
        failure.maybe_taken = not isinstance(error, _NEVER_SENT)
        raise failure from error


def checked_to(url: str) -> str:
    """The network address that `url` may be posted to. Raises FetchFailed for http to a host that is not allowed by
    name, and as `core.outbound.checked_address` does.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in settings.FETCH_ALLOWED_HOSTS:
        raise FetchFailed("Only https addresses are posted to.")
    return checked_address(url)


def _text_of(chunks: Iterable[bytes]) -> str:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > _MOST_ANSWER:
            break
    return bytes(content[:_MOST_ANSWER]).decode(errors="replace")


class _TimedBackend(httpcore.NetworkBackend):
    """Connections that end at a moment, however the other side spreads its bytes."""

    def __init__(self, until: float) -> None:
        self._until = until

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Any = None) -> httpcore.NetworkStream:  # fmt: skip
        left = _left(self._until, httpcore.ConnectTimeout)
        return _TimedStream(httpcore.SyncBackend().connect_tcp(host, port, left), self._until)


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:  # fmt: skip
        left = _left(self._until, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(until: float, too_late: type[httpcore.TimeoutException]) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise too_late
    return left
