"""A server that speaks OpenAI's chat completions, errors included, on a loopback port."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FakeLanguageModel:
    """Answers each request with the next of `answers`: a status with headers, or a text as the completion."""

    answers: list[str | int]
    requests: list[dict[str, object]] = field(default_factory=list)
    url: str = ""


@contextmanager
def fake_language_model(*answers: str | int) -> Iterator[FakeLanguageModel]:
    """The server for the block; the last answer repeats."""
    fake = FakeLanguageModel(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]
            status, body = (answer, {"error": {"message": "no"}}) if isinstance(answer, int) else (200, _body(answer))
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.send_header("retry-after-ms", "1")
            self.end_headers()
            self.wfile.write(raw)

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


def _body(text: str) -> dict[str, object]:
    return {
        "id": "1", "object": "chat.completion", "created": 0, "model": "fake",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 40, "completion_tokens": 2, "total_tokens": 42},
    }  # fmt: skip
