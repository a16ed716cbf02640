"""A server that speaks OpenAI's chat completions, errors, garbage and slowness included, on a loopback port."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Raw:
    """Something that is no completion: a status, headers, a body, after some seconds."""

    status: int = 500
    body: str = '{"error": {"message": "no"}}'
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


Answer = str | int | Raw | Callable[[dict[str, Any]], str]


@dataclass
class FakeLanguageModel:
    """Answers each request with the next of `answers`: a status, something raw, the text of a completion, or a function
    of the request that gives one.
    """

    answers: list[Answer]
    requests: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""


@contextmanager
def fake_language_model(*answers: Answer) -> Iterator[FakeLanguageModel]:
    """The server for the block; the last answer repeats."""
    fake = FakeLanguageModel(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]
            raw = _raw(answer, fake.requests[-1])
            time.sleep(raw.seconds)
            body = raw.body.encode()
            self.send_response(raw.status)
            for name, value in (
                {"Content-Type": "application/json"} | (raw.headers or {"retry-after-ms": "1"})
            ).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _raw(answer: Answer, request: dict[str, Any]) -> Raw:
    if isinstance(answer, Raw):
        return answer
    if isinstance(answer, int):
        return Raw(answer)
    return Raw(200, json.dumps(_body(answer if isinstance(answer, str) else answer(request))))


def _body(text: str) -> dict[str, object]:
    return {
        "id": "1", "object": "chat.completion", "created": 0, "model": "fake",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 40, "completion_tokens": 2, "total_tokens": 42},
    }  # fmt: skip
