"""A language model that is told how to misbehave: the provider of the drill."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODES = ("429", "500", "garbage", "hang")
_HANGS = 20.0


class Model:
    """Listens on a port of loopback; `mode` says what it answers: one of MODES, or a valid answer without content."""

    def __init__(self) -> None:
        self.mode, self.asked = "", 0
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                told.asked += 1
                if told.mode == "hang":
                    time.sleep(_HANGS)
                status = int(told.mode) if told.mode.isdigit() else 200
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(b"\x00{]" if told.mode == "garbage" else _ANSWER)

            def log_message(self, *args: object) -> None:
                """Nothing: the drill prints its own figures."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        """What makes the product ask this model."""
        return {
            "PROBITY_LLM_MODEL": "drill", "PROBITY_LLM_BASE_URL": f"http://127.0.0.1:{self._server.server_port}/v1",
            "PROBITY_LLM_TIMEOUT": "3", "PROBITY_LLM_RETRIES": "1", "PROBITY_LLM_PAUSE": "5",
        }  # fmt: skip

    def end(self) -> None:
        self._server.shutdown()


_ANSWER = json.dumps({
    "choices": [{"message": {"role": "assistant", "content": "{}"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 10, "completion_tokens": 1},
}).encode()  # fmt: skip
