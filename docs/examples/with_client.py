"""The same with the generated client (`make client`): submit, wait, stream transactions, prove the decision.

PROBITY_URL=http://127.0.0.1:8000 PROBITY_KEY=pk_… python docs/examples/with_client.py passport.pdf
"""

import base64
import hashlib
import io
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import httpx
from probity_client import AuthenticatedClient
from probity_client.api.audit import audit_entries_proof_retrieve
from probity_client.api.monitoring import transactions_create
from probity_client.api.submissions import submissions_create, submissions_retrieve
from probity_client.models import (
    CustomerInputRequest,
    DocumentInputRequest,
    Ingest,
    Problem,
    ProofOutput,
    SubmissionAccepted,
    SubmissionInputRequest,
    SubmissionStateEnum,
    SubmissionStatus,
)
from probity_client.types import File

Answer = TypeVar("Answer")
_BUSY, _TRIES = {429, 503}, 5


class Patient(httpx.HTTPTransport):
    """Waits as long as it is told to where the product is busy, up to five times: nothing of such a request was kept."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for _ in range(_TRIES):
            answer = super().handle_request(request)
            if answer.status_code not in _BUSY or "Retry-After" not in answer.headers:
                return answer
            answer.close()
            time.sleep(int(answer.headers["Retry-After"]))
        return super().handle_request(request)


class Refused(Exception):
    """The problem document (RFC 9457) of a request that was not taken: branch on `problem.code`."""

    def __init__(self, problem: Problem | None) -> None:
        super().__init__(problem.detail if problem else "This is no answer of Probity's.")
        self.problem = problem


def connect() -> AuthenticatedClient:
    """A client for the product that the environment names."""
    url, key = os.environ["PROBITY_URL"], os.environ["PROBITY_KEY"]
    return AuthenticatedClient(url, token=key, httpx_args={"transport": Patient()})


def taken(answer: Answer | Problem | None) -> Answer:
    """What was answered; raises Refused for a problem."""
    if answer is None or isinstance(answer, Problem):
        raise Refused(answer)
    return answer


def submit(
    client: AuthenticatedClient, customer: Mapping[str, Any], files: Iterable[Path], key: str
) -> SubmissionAccepted:
    """Sends a customer with documents. `key` is of this submission: sending again with it doubles nothing."""
    documents = [DocumentInputRequest(file.name, base64.b64encode(file.read_bytes()).decode()) for file in files]
    body = SubmissionInputRequest(CustomerInputRequest.from_dict(customer), documents)
    return taken(submissions_create.sync(client=client, body=body, idempotency_key=key))


def wait(client: AuthenticatedClient, accepted: SubmissionAccepted, seconds: float = 600) -> SubmissionStatus:
    """What became of a submission: decided, or waiting for a person (`in_review`), or where it is when time is over."""
    end = time.monotonic() + seconds
    while True:
        found = taken(submissions_retrieve.sync(accepted.id, client=client))
        if found.state != SubmissionStateEnum.PROCESSING or time.monotonic() >= end:
            return found
        time.sleep(2)


def stream(client: AuthenticatedClient, transactions: Iterable[Mapping[str, Any]]) -> Ingest:
    """Delivers transactions, one a line; sending all again after a break doubles nothing. Names the lines refused."""
    lines = "".join(json.dumps(row) + "\n" for row in transactions)
    return taken(transactions_create.sync(client=client, body=File(io.BytesIO(lines.encode()))))


def evidence(client: AuthenticatedClient, status: SubmissionStatus) -> ProofOutput | None:
    """The proof that the decision stands on the record: keep it beside your customer. None while there is no decision."""
    if status.decision is None:
        return None
    return taken(audit_entries_proof_retrieve.sync(status.decision.receipt, client=client))


def is_on_record(proof: ProofOutput) -> bool:
    """Whether the path leads from the entry to the root that the checkpoint signs (RFC 9162, 2.1.3.2); no question asked.

    The signature itself is checked with the installation's public key (docs/guide/record.md).
    """
    place, last, found = proof.index, proof.size - 1, bytes.fromhex(proof.leaf)
    for step in map(bytes.fromhex, proof.path):
        if last == 0:
            return False
        is_right = place % 2 == 1 or place == last
        found = hashlib.sha256(b"\x01" + (step + found if is_right else found + step)).digest()
        while is_right and place and place % 2 == 0:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    root = base64.b64decode(proof.checkpoint.splitlines()[2])
    return last == 0 and found == root


if __name__ == "__main__":
    CUSTOMER = {"external_id": "A-1", "kind": "person", "name": "Jane Citizen", "birth_date": "1984-06-07"}
    with connect() as probity:
        became = wait(probity, submit(probity, CUSTOMER, map(Path, sys.argv[1:]), key="A-1/first"), 60)
    json.dump(became.to_dict(), sys.stdout, indent=2)
