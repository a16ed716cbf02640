"""`make bench`: accepted submissions a second, time from submission to decision, server time of the queue page.

Starts the embedded product on a throw-away folder and drives it over loopback from this process.
"""

import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

from bench.machine import machine

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
SUBMISSIONS, DECISIONS, PAGES = 200, 30, 100


def main() -> None:
    import django

    django.setup()
    from compliance_site.demo.passports import DemoPassport, draw_passport
    from scripts.walkthrough import Person, server

    with tempfile.TemporaryDirectory() as folder, server(folder) as url:
        key = (Path(folder) / "demo-api-key").read_text().strip()
        api = httpx.Client(base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=60)
        time.sleep(15)  # the demonstration's own runs
        passport = draw_passport(DemoPassport("SAMPLE", "BERTA", "U7654321", date(1991, 2, 3), date(2033, 4, 5)))
        decided = sorted(_decision(api, number, passport) for number in range(DECISIONS))
        accepted = _accepted(api)
        person = Person(url, "ana.analyst")
        pages = sorted(_timed(lambda: person.see("/cases/")) for _ in range(PAGES))
    rows = [
        ("accepted submissions, 1 client", f"{accepted:.0f} /s", f"{SUBMISSIONS} without documents"),
        (
            "submission to decision, p50",
            f"{median(decided):.2f} s",
            f"{DECISIONS} clean customers, one passport scan each",
        ),
        ("submission to decision, p95", f"{quantiles(decided, n=20)[-1]:.2f} s", "aim: at most 6 s"),
        ("queue page, p50", f"{median(pages) * 1000:.0f} ms", f"{SUBMISSIONS}+ cases, over HTTP, {PAGES} requests"),
        ("queue page, p95", f"{quantiles(pages, n=20)[-1] * 1000:.0f} ms", ""),
    ]
    print(f"\n{machine('SQLite embedded')}")
    for name, value, note in rows:
        print(f"| {name:<34} | {value:>10} | {note} |")


def _timed(work: Any) -> float:
    before = time.monotonic()
    work()
    return time.monotonic() - before


def _customer(number: str, **more: str) -> dict[str, Any]:
    facts = {
        "kind": "person",
        "given_names": "Berta",
        "surname": "Sample",
        "birth_date": "1991-02-03",
        "nationalities": ["DE"],
    }
    return facts | {"external_id": number, "product": "savings", "channel": "branch", "occupation": "teacher"} | more


def _decision(api: httpx.Client, number: int, passport: bytes) -> float:
    """Seconds from sending one submission to seeing it decided."""
    parts: list[Any] = [("documents", ("passport.jpg", passport))]
    parts.append(("submission", (None, json.dumps({"customer": _customer(f"BENCH-D-{number}")}))))
    before = time.monotonic()
    body = api.post("/submissions", files=parts).json()
    while (state := api.get(f"/submissions/{body['id']}").json()["state"]) == "processing":
        time.sleep(0.02)
    if state != "decided":
        print(f"note: submission {number} ended {state}")
    return time.monotonic() - before


def _accepted(api: httpx.Client) -> float:
    before = time.monotonic()
    for number in range(SUBMISSIONS):
        api.post("/submissions", json={"customer": _customer(f"BENCH-A-{number}")}).raise_for_status()
    return SUBMISSIONS / (time.monotonic() - before)


if __name__ == "__main__":
    main()
