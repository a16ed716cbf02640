"""Log lines on their way to a collector of the operator's: syslog over TLS (RFC 5424 in the frames of RFC 5425), verified.

Whoever writes a line never waits: lines are queued, a thread sends them. While the collector is away the newest are kept and the
others counted; the count is sent with the next connection. Standard error has every line as before.
"""

import atexit
import logging
import os
import queue
import socket
import ssl
import threading
import time
from datetime import UTC, datetime

_FACILITY, _PORT = 16, 6514  # local0; RFC 5425 4.1
_SEVERITIES = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))
_DEBUG, _MOST_WAITING, _PATIENCE, _LONGEST_PAUSE = 7, 10_000, 3, 30


class SyslogOverTls(logging.Handler):
    """Sends what its formatter makes to `address` (`host` or `host:port`); `authority`, a PEM file, or the system vouches for it."""

    _connection: ssl.SSLSocket | None = None
    _is_closed = False

    def __init__(self, address: str, authority: str = "") -> None:
        super().__init__()
        host, _, port = address.partition(":")
        self._place = (host, int(port or _PORT))
        self._context = ssl.create_default_context(cafile=authority or None)
        self._host = socket.gethostname()
        self._begin()
        atexit.register(self.flush)

    def _begin(self) -> None:
        self._process, self._lost = os.getpid(), 0
        self._lines: queue.Queue[bytes] = queue.Queue(_MOST_WAITING)
        self._sender: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._process != os.getpid():  # a fork has no thread, and its lines are its own
            self._begin()
        if self._sender is None:
            self._sender = threading.Thread(target=self._send, name="log shipping", daemon=True)
            self._sender.start()
        severity = next((code for level, code in _SEVERITIES if record.levelno >= level), _DEBUG)
        try:
            self._lines.put_nowait(self._framed(severity, self.format(record)))
        except queue.Full:
            self._lost += 1

    def flush(self) -> None:
        """Waits a short while until what is queued is sent."""
        until = time.monotonic() + _PATIENCE
        while (
            self._sender is not None
            and not self._is_closed
            and self._lines.unfinished_tasks
            and time.monotonic() < until
        ):
            time.sleep(0.02)

    def close(self) -> None:
        """Sends nothing more."""
        self._is_closed = True
        atexit.unregister(self.flush)
        super().close()

    def _framed(self, severity: int, text: str) -> bytes:
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = f"<{_FACILITY * 8 + severity}>1 {at} {self._host} probity {os.getpid()} - - {text}".encode()
        return str(len(line)).encode() + b" " + line

    def _send(self) -> None:
        pause = 1
        while True:
            line = self._lines.get()
            while not self._is_closed:
                try:
                    self._reached().sendall(line)
                    break
                except OSError:
                    self._connection = None
                    time.sleep(pause)
                    pause = min(2 * pause, _LONGEST_PAUSE)
            pause = 1
            self._lines.task_done()

    def _reached(self) -> ssl.SSLSocket:
        if self._connection is None:
            plain = socket.create_connection(self._place, _PATIENCE)
            self._connection = self._context.wrap_socket(plain, server_hostname=self._place[0])
            if self._lost:
                told, self._lost = self._lost, 0
                self._connection.sendall(self._framed(4, f'{{"event": "log lines were lost", "failures": {told}}}'))
        return self._connection
