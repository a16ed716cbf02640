"""Services of others that are told how to misbehave: the language model and the screening provider of the drill."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODES = ("429", "500", "garbage", "hang")
_HANGS = 20.0


class Other:
    """Listens on a port of loopback; `mode` says how it misbehaves: one of MODES, or not at all. `asked` counts by mode."""

    def __init__(self, answer: Callable[[dict[str, Any]], object]) -> None:
        self.mode, self.asked = "", Counter[str]()
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                mode = told.mode
                told.asked[mode or "well"] += 1
                if mode == "hang":
                    time.sleep(_HANGS)
                sent = b"\x00{]" if mode == "garbage" else json.dumps(answer(request)).encode()
                self.send_response(int(mode) if mode.isdigit() else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *args: object) -> None:
                """Nothing: the drill prints its own figures."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def end(self) -> None:
        self._server.shutdown()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: who asked was killed, or waited no longer."""


def language_model() -> Other:
    """Answers in the shape that is asked for, with nothing in it: the rules' reading stands."""

    def answer(request: dict[str, Any]) -> object:
        shape = request["response_format"]["json_schema"]["schema"]
        message = {"role": "assistant", "content": json.dumps(dict.fromkeys(shape["properties"], ""))}
        usage = {"prompt_tokens": 10, "completion_tokens": 1, "total_tokens": 11}
        return {"id": "1", "object": "chat.completion", "created": 0, "model": "drill", "usage": usage,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}  # fmt: skip

    return Other(answer)


def screening_provider() -> Other:
    """Finds nobody."""
    return Other(lambda request: {"hits": []})


def model_environment(model: Other) -> dict[str, str]:
    """What makes the product ask this model."""
    return {
        "PROBITY_LLM_MODEL": "drill", "PROBITY_LLM_BASE_URL": f"{model.url}/v1", "PROBITY_LLM_TIMEOUT": "3",
        "PROBITY_LLM_RETRIES": "1", "PROBITY_LLM_PAUSE": "3",
    }  # fmt: skip
