"""A bank's day for locust (run by bench.load, in an environment of its own): programs that submit, programs that deliver
transactions, officers at their pages. Each step has more of all three; nothing of the product is imported here.

What was acknowledged goes into LOAD_FOLDER/ledger before the client goes on; every answer into LOAD_FOLDER/answers.
"""

import itertools
import json
import os
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from locust import HttpUser, LoadTestShape, constant_throughput, events, task

FOLDER = Path(os.environ["LOAD_FOLDER"])
STEPS = [int(step) for step in os.environ["LOAD_STEPS"].split(",")]
SECONDS = int(os.environ["LOAD_SECONDS"])
KEY = os.environ["LOAD_KEY"]
PASSWORD = os.environ["LOAD_PASSWORD"]
PAPERS = [path.read_bytes() for path in sorted((FOLDER / "papers").iterdir())]
BATCH = 20
_CHANCE = random.Random(7)
_numbers, _officers = itertools.count(), itertools.count()
_known: list[str] = []
_began = time.monotonic()
_answers = (FOLDER / "answers").open("w", buffering=1)
_ledger = (FOLDER / "ledger").open("w", buffering=1)


def _acknowledged(kind: str, key: str) -> None:
    _ledger.write(f"{kind} {key}\n")
    _ledger.flush()


@events.request.add_listener
def kept(request_type: str, name: str, response_time: float, response: Any, exception: Any, **_: Any) -> None:
    """One line an answer: step, name, milliseconds, status, whether Retry-After was told."""
    step = int((time.monotonic() - _began) // SECONDS)
    status = 0 if response is None else response.status_code
    waits = bool(response is not None and response.headers.get("Retry-After"))
    _answers.write(json.dumps([step, name, round(response_time, 1), status, waits]) + "\n")


class Rising(LoadTestShape):
    """STEPS, each for SECONDS: so many clients, of the three kinds by their weights."""

    def tick(self) -> tuple[int, float] | None:
        step = int((time.monotonic() - _began) // SECONDS)
        return (STEPS[step], 20.0) if step < len(STEPS) else None


class Submitting(HttpUser):
    """A program of the bank's branches: a new customer every five seconds, every second one with a passport."""

    weight = 4
    wait_time = constant_throughput(0.2)

    @task
    def submit(self) -> None:
        number = next(_numbers)
        identifier = f"L-{number}"
        born = datetime(1960, 1, 1, tzinfo=UTC) + timedelta(days=number % 14000)
        customer = {
            "external_id": identifier, "kind": "person", "given_names": "Ilse", "surname": f"Quendel{_letters(number)}",
            "birth_date": born.date().isoformat(), "nationalities": ["AT"], "product": "savings", "channel": "branch",
        }  # fmt: skip
        parts: list[Any] = [("submission", (None, json.dumps({"customer": customer})))]
        if number % 2:
            parts.append(("documents", ("passport.jpg", PAPERS[number % len(PAPERS)])))
        headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": identifier}
        answer = self.client.post("/api/v1/submissions", files=parts, headers=headers, name="submission")
        if answer.status_code == 202:
            _acknowledged("submission", identifier)
            _known.append(identifier)


class Delivering(HttpUser):
    """The core banking system: twenty transactions every two seconds."""

    weight = 2
    wait_time = constant_throughput(0.5)

    @task
    def deliver(self) -> None:
        if not _known:
            return
        numbers = [next(_numbers) for _ in range(BATCH)]
        booked = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
        rows = [
            {"external_id": f"T-{number}", "customer_external_id": _CHANCE.choice(_known), "direction": "in",
             "amount": f"{_CHANCE.lognormvariate(4, 1):.2f}", "currency": "EUR", "booked_at": booked}
            for number in numbers
        ]  # fmt: skip
        headers = {"Authorization": f"Bearer {KEY}"}
        answer = self.client.post("/api/v1/transactions", json=rows, headers=headers, name="transactions, 20")
        if answer.status_code == 200:
            for number in numbers:
                _acknowledged("transaction", f"T-{number}")


class Officer(HttpUser):
    """Somebody at the queue: a page every three seconds; now and then a case is taken and a decision proposed."""

    weight = 4
    wait_time = constant_throughput(1 / 3)

    def on_start(self) -> None:
        self._username = f"load.{next(_officers) % int(os.environ['LOAD_OFFICERS'])}"
        page = self.client.get("/accounts/login/", name="sign-in page")
        token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        form = {"csrfmiddlewaretoken": token, "username": self._username, "password": PASSWORD}
        self.client.post("/accounts/login/", data=form, headers={"Referer": self.host}, name="sign-in")

    @task(5)
    def queue(self) -> None:
        self.client.get("/cases/", name="queue")

    @task(2)
    def search(self) -> None:
        name = f"Quendel{_letters(_CHANCE.randrange(1000))}"
        self.client.post("/search/", data={"q": name}, headers=self._proof(), name="search")

    @task(3)
    def case(self) -> None:
        taken = self._post("/api/v1/cases/next", {}, "take a case")
        if taken is None or taken.status_code != 200:
            return
        pk = taken.json()["id"]
        self.client.get(f"/cases/{pk}/", name="case page")
        body = {"kind": "reject", "reason_code": "documents_not_acceptable", "rationale": "Load, not judged."}
        proposed = self._post(f"/api/v1/cases/{pk}/decisions", body, "propose a decision")
        if proposed is not None and proposed.status_code == 201:
            _acknowledged("decision", proposed.json()["id"])

    def _post(self, path: str, body: dict[str, Any], name: str) -> Any:
        with self.client.post(path, json=body, headers=self._proof(), name=name, catch_response=True) as answer:
            if answer.status_code in {204, 404, 409}:  # nothing waits, or somebody was faster
                answer.success()
            return answer

    def _proof(self) -> dict[str, str]:
        """What a page's form sends along: the token, and where it comes from."""
        return {"X-CSRFToken": self.client.cookies.get("csrftoken", ""), "Referer": str(self.host)}


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))
