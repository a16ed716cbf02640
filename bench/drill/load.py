"""Clients: programs that submit and deliver, two people who decide; each writes down what was acknowledged before it goes on."""

import json
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bench.drill.papers import letter
from compliance_site.demo.passports import DemoPassport, draw_passport
from core.clock import today

PASSWORD = "correct horse battery staple"
_REFUSED = {401, 403, 404, 409, 422}
_TOKEN = 'name="csrfmiddlewaretoken" value="'


class Ledger:
    """Lines that are on the disk before the client goes on. `last` is when the product acknowledged anything."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self.last = time.monotonic()
        self.again = 0

    def acknowledged(self, kind: str, key: str) -> None:
        with self._lock, self._path.open("a") as file:
            file.write(f"{kind} {key}\n")
            file.flush()
            os.fsync(file.fileno())
            self.last = time.monotonic()

    def keys(self, kind: str) -> list[str]:
        with self._lock:
            lines = self._path.read_text().split("\n") if self._path.exists() else []
        return [line.split(" ", 1)[1] for line in lines if line.startswith(f"{kind} ")]


class Load:
    """Threads that go on until `stop`; what is not acknowledged is sent again, the same, until it is."""

    def __init__(self, url: str, key: str, ledger: Ledger, every: float) -> None:
        self.url, self.ledger, self.every = url, ledger, every
        self._stopping = threading.Event()
        self._program = {"Authorization": f"Bearer {key}"}
        works = (self._submit, self._deliver, self._decide)
        self._analyst, self._reviewer = _Person(self, "drill.analyst"), _Person(self, "drill.reviewer")
        self._threads = [threading.Thread(target=self._going, args=(work,), daemon=True) for work in works]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(120)

    def _going(self, work: Callable[[httpx.Client, int], float]) -> None:
        number = 0
        with httpx.Client(base_url=self.url, timeout=20, follow_redirects=True) as client:
            while not self._stopping.is_set():
                number += 1
                self._stopping.wait(work(client, number))

    def sent(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        """The first answer that settles it: away, overloaded and broken ask for the same again."""
        while True:
            try:
                answer = send()
            except httpx.TransportError:
                answer = None
            if answer is not None and (answer.status_code < 400 or answer.status_code in _REFUSED):
                return answer
            self.ledger.again += 1
            time.sleep(0.5)

    def _submit(self, client: httpx.Client, number: int) -> float:
        born = today() - timedelta(days=9000 + number)
        surname = f"Quendel{_letters(number)}"
        customer = {
            "external_id": f"D-{number}", "kind": "person", "given_names": "Ilse", "surname": surname,
            "birth_date": born.isoformat(), "nationalities": ["AT"], "product": "savings", "channel": "branch",
        }  # fmt: skip
        parts: list[Any] = [("submission", (None, json.dumps({"customer": customer})))]
        if number % 4 == 1:
            passport = DemoPassport(surname, "Ilse", f"U{2000000 + number}", born, today() + timedelta(days=900))
            parts.append(("documents", ("passport.jpg", draw_passport(passport))))
        if number % 2 == 0:
            parts.append(("documents", ("letter.pdf", letter(f"Ilse {surname}", number))))
        headers = self._program | {"Idempotency-Key": f"drill-{number}"}
        answer = self.sent(lambda: client.post("/api/v1/submissions", files=parts, headers=headers))
        kind = "submission" if answer.status_code == 202 else "refused"
        self.ledger.acknowledged(kind, customer["external_id"])
        return self.every

    def _deliver(self, client: httpx.Client, number: int) -> float:
        known = self.ledger.keys("submission")
        if not known:
            return 0.5
        row = {
            "external_id": f"T-{number}", "customer_external_id": known[number % len(known)], "direction": "in",
            "amount": "100.00", "currency": "EUR", "booked_at": (datetime.now(UTC) - timedelta(hours=1)).isoformat(),
        }  # fmt: skip
        answer = self.sent(lambda: client.post("/api/v1/transactions", json=row, headers=self._program))
        told = answer.json() if answer.status_code == 200 else {}
        taken = told.get("accepted", 0) + told.get("duplicates", 0) == 1
        self.ledger.acknowledged("transaction" if taken else "refused", row["external_id"])
        return self.every / 4

    def _decide(self, _: httpx.Client, number: int) -> float:
        """The next case claimed and rejected by one person, approved by another."""
        case = self._analyst.asked("cases/next", {})
        if case is None:
            return self.every
        proposal = {"kind": "reject", "reason_code": "documents_not_acceptable", "rationale": "Drilled, not judged."}
        decision = self._analyst.asked(f"cases/{case['id']}/decisions", proposal)
        if decision is not None and self._reviewer.asked(f"decisions/{decision['id']}/approve", {}):
            self.ledger.acknowledged("decision", decision["id"])
        return self.every / 2


class _Person:
    """Somebody signed in, who signs in again where the session is gone."""

    def __init__(self, load: Load, username: str) -> None:
        self._sent, self._username = load.sent, username
        self._client = httpx.Client(base_url=load.url, timeout=20, follow_redirects=True)
        self._is_in = False

    def asked(self, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """What the API answers; None where it refuses or has nothing."""
        if not self._is_in:
            self._sign_in()
        headers = {"X-CSRFToken": self._client.cookies.get("csrftoken", ""), "Referer": str(self._client.base_url)}
        answer = self._sent(lambda: self._client.post(f"/api/v1/{path}", json=body, headers=headers))
        self._is_in = answer.status_code not in {401, 403}
        if answer.status_code not in {200, 201}:
            return None
        told: dict[str, Any] = answer.json()
        return told

    def _sign_in(self) -> None:
        self._client.cookies.clear()
        page = self._sent(lambda: self._client.get("/accounts/login/"))
        form = {
            "csrfmiddlewaretoken": page.text.partition(_TOKEN)[2].partition('"')[0], "username": self._username,
            "password": PASSWORD,
        }  # fmt: skip
        headers = {"Referer": str(self._client.base_url)}
        self._sent(lambda: self._client.post("/accounts/login/", data=form, headers=headers))
        self._is_in = True


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))
