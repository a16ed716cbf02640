"""Log lines off the host: framed, verified, never waited for, those lost counted."""

import json
import logging
import queue
import shutil
import socket
import ssl
import threading
from pathlib import Path

import pytest

from core import log_shipping
from core.log_shipping import SyslogOverTls
from tests.factories.certificates import make_certificates

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


class _Collector:
    """A syslog server by TLS that takes one connection."""

    def __init__(self, folder: Path) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(folder / "probity.crt", folder / "probity.key")
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.lines: queue.Queue[str] = queue.Queue()
        self._context = context
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        plain, _ = self._listening.accept()
        try:
            with self._context.wrap_socket(plain, server_side=True) as connection, connection.makefile("rb") as stream:
                while length := b"".join(iter(lambda: stream.read(1).strip(), b"")):
                    self.lines.put(stream.read(int(length)).decode())
        except ssl.SSLError as error:
            self.lines.put(str(error))
        self._listening.close()


def _record(text: str) -> logging.LogRecord:
    return logging.LogRecord("test", logging.ERROR, __file__, 1, text, None, None)


def test_lines_reach_a_collector_by_verified_tls(tmp_path: Path) -> None:
    collector = _Collector(make_certificates(tmp_path))
    handler = SyslogOverTls(collector.address, str(tmp_path / "ca.crt"))
    handler._lost = 3
    handler.emit(_record('{"event": "ä"}'))
    told = [collector.lines.get(timeout=10) for _ in range(2)]
    assert json.loads(told[0].partition(" - - ")[2]) == {"event": "log lines were lost", "failures": 3}
    assert told[1].startswith("<131>1 ")
    assert json.loads(told[1].partition(" - - ")[2]) == {"event": "ä"}
    handler.close()


def test_a_collector_that_nobody_vouches_for_gets_no_line(tmp_path: Path) -> None:
    collector = _Collector(make_certificates(tmp_path))
    handler = SyslogOverTls(collector.address)
    handler.emit(_record("secret"))
    assert "secret" not in collector.lines.get(timeout=10)
    handler.close()


def test_while_the_collector_is_away_nobody_waits_and_what_is_lost_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_shipping, "_MOST_WAITING", 2)
    handler = SyslogOverTls("127.0.0.1:1")
    for _ in range(6):
        handler.emit(_record("x"))
    assert handler._lost >= 3
    handler.close()
