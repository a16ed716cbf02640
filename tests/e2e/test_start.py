"""Starting, stopping and starting again."""

import json
import signal
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.e2e.conftest import Server, start_server


def _submit(server: Server, external_id: str) -> str:
    key = (server.folder / "demo-api-key").read_text().strip()
    body = {"customer": {"external_id": external_id, "kind": "person", "name": "Late Arrival"}}
    request = Request(f"{server.url}/api/v1/submissions", json.dumps(body).encode(), _headers(key))
    with urlopen(request, timeout=30) as answer:
        return str(json.load(answer)["status_url"])


def _state(server: Server, status_url: str) -> str:
    key = (server.folder / "demo-api-key").read_text().strip()
    with urlopen(Request(server.url + status_url, headers=_headers(key)), timeout=30) as answer:
        return str(json.load(answer)["state"])


def _headers(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGKILL, -9)])
def test_what_was_queued_when_it_stopped_is_done_after_the_next_start(folder: Path, sign: int, code: int) -> None:
    server = start_server(folder)
    status_url = _submit(server, f"LATE-{sign}")
    assert server.stop(sign) == code
    again = start_server(folder)
    deadline = time.monotonic() + 60
    while _state(again, status_url) == "processing" and time.monotonic() < deadline:
        time.sleep(0.2)
    state = _state(again, status_url)
    again.stop()
    assert state == "in_review"
