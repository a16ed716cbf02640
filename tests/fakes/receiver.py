"""A web server on a loopback port that takes what channels POST: answers by a script, errors, silence and dribble included."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Says:
    """An answer: after `seconds`, with `pause` seconds between its letters."""

    status: int = 200
    body: str = "ok"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    pause: float = 0.0


@dataclass(frozen=True)
class Taken:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """Gives each request the next of `answers`; the last repeats."""

    answers: list[Says]
    taken: list[Taken] = field(default_factory=list)
    url: str = ""


@contextmanager
def receiver(*answers: Says) -> Iterator[Receiver]:
    """The server for the block."""
    fake = Receiver(list(answers) or [Says()])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.taken.append(Taken(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            says = fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]
            time.sleep(says.seconds)
            try:
                self.send_response(says.status)
                for name, value in says.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(says.body.encode())))
                self.end_headers()
                for letter in [says.body] if not says.pause else says.body:
                    self.wfile.write(letter.encode())
                    time.sleep(says.pause)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the sender gave up waiting

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}/hook/secret"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
