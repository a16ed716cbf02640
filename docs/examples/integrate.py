"""A program beside Probity, with nothing but Python's standard library: submit, wait, stream transactions, check a webhook.

PROBITY_URL=http://127.0.0.1:8000 PROBITY_KEY=pk_… python docs/examples/integrate.py passport.pdf
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

Json = dict[str, Any]
_BUSY = {429, 503}


def call(method: str, path: str, body: bytes | None = None, **headers: str) -> Json:
    """One request; waits as long as it is told to where the product is busy. Raises HTTPError with a problem document."""
    sent = {"Authorization": f"Bearer {os.environ['PROBITY_KEY']}", "Content-Type": "application/json", **headers}
    while True:
        try:
            with urlopen(Request(os.environ["PROBITY_URL"] + path, body, sent, method=method)) as answer:  # noqa: S310 - the address is our own setting
                found: Json = json.load(answer)
                return found
        except HTTPError as error:
            if error.code not in _BUSY:
                raise
            time.sleep(int(error.headers.get("Retry-After", 30)))


def submit(customer: Json, files: Iterable[Path], key: str) -> Json:
    """Sends a customer with documents. `key` is of this submission: sending again with it doubles nothing."""
    documents = [
        {"filename": file.name, "content_base64": base64.b64encode(file.read_bytes()).decode()} for file in files
    ]
    body = json.dumps({"customer": customer, "documents": documents}).encode()
    return call("POST", "/api/v1/submissions", body, **{"Idempotency-Key": key})


def wait(submission: str, seconds: float = 600) -> Json:
    """What became of a submission: decided, or waiting for a person (`in_review`), or where it is when time is over."""
    end = time.monotonic() + seconds
    path = f"/api/v1/submissions/{submission}"
    while (found := call("GET", path))["state"] == "processing" and time.monotonic() < end:
        time.sleep(2)
    return found


def stream(transactions: Iterable[Json]) -> Json:
    """Delivers transactions, one a line; sending all again after a break doubles nothing. Names the lines refused."""
    lines = "".join(json.dumps(row) + "\n" for row in transactions)
    return call("POST", "/api/v1/transactions", lines.encode(), **{"Content-Type": "application/x-ndjson"})


def is_genuine(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether a webhook is Probity's and of the last five minutes (Standard Webhooks 1.0.0). Keep `webhook-id` besides."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    is_known = any(hmac.compare_digest(wanted, given) for given in headers["webhook-signature"].split())
    return is_known and abs(now - int(headers["webhook-timestamp"])) <= 300  # noqa: PLR2004 - seconds


if __name__ == "__main__":
    CUSTOMER = {"external_id": "A-1", "kind": "person", "name": "Jane Citizen", "birth_date": "1984-06-07"}
    taken = submit(CUSTOMER, map(Path, sys.argv[1:]), key="A-1/first")
    json.dump(wait(taken["id"], 60), sys.stdout, indent=2)
