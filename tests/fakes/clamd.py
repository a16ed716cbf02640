"""A virus scanner that speaks INSTREAM on a loopback port or a unix socket, and knows the EICAR test file."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# EICAR's test file, in two pieces so that no scanner takes this file for it (https://www.eicar.org).
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        told = self.server.answer or (b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK")  # type: ignore[attr-defined]
        self.wfile.write(b"stream: " + told + b"\0")


@contextmanager
def fake_clamd(answer: bytes = b"", path: Path | None = None) -> Iterator[str]:
    """The scanner's address for the block; `answer` is given instead of what scanning would say."""
    server: Any = (
        socketserver.ThreadingUnixStreamServer(str(path), _Handler)
        if path
        else socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler)
    )
    server.answer, server.daemon_threads = answer, True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
