"""`make bench-columns`: what sealed columns and blind values cost, by value and for 1,000 parties read, on SQLite in memory."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.machine import machine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
_SEALED = ("email", "phone", "birth_date", "occupation")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parties", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PROBITY_DATA_DIR": folder, "DATABASE_URL": "sqlite://:memory:", "REDIS_URL": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "compliance_site.settings"
        import django

        django.setup()
        print(machine())
        _values(options.rounds)
        _rows(options.parties, options.rounds)


def _values(rounds: int) -> None:
    from cases.search.words import folded_of
    from core.columns.blind import blind
    from core.columns.cipher import open_value, seal_value

    class Page:
        kind, title, names = "document", "extract.pdf", ""
        text = " ".join(f"word{number} of a page" for number in range(500))

    short, place, many = "jane.citizen@example.org", "customers_party.email", range(2000)
    sealed, page = seal_value(short, place), seal_value(Page.text, "documents_page.text")
    print(f"an e-mail address sealed  {_least(rounds, lambda: [seal_value(short, place) for _ in many]) / 2:8.2f} us")
    print(f"                  opened  {_least(rounds, lambda: [open_value(sealed, place) for _ in many]) / 2:8.2f} us")
    print(f"                  blind   {_least(rounds, lambda: [blind(short, place) for _ in many]) / 2:8.2f} us")
    opened = _least(rounds, lambda: [open_value(page, "documents_page.text") for _ in range(100)])
    print(f"a page of {len(Page.text)} letters opened {opened * 10:8.2f} us; {len(page)} bytes of ciphertext")
    print(f"                  its words made blind {_least(rounds, lambda: folded_of(Page())):8.2f} ms")


def _rows(parties: int, rounds: int) -> None:
    from django.db import connection

    from customers.models import Party

    with connection.schema_editor() as editor:
        editor.create_model(Party)
    Party.objects.bulk_create(
        Party(kind="person", name=f"Ada Sample {number}", email=f"ada{number}@example.org", phone=f"+49 30 {number:07d}",
              birth_date=date(1980, 1, 1 + number % 28), occupation="baker")
        for number in range(parties)
    )  # fmt: skip
    everything = _least(rounds, lambda: list(Party.objects.all()))
    without = _least(rounds, lambda: list(Party.objects.defer(*_SEALED)))
    print(f"{parties} parties read {everything:8.1f} ms, without their {len(_SEALED)} sealed columns {without:8.1f} ms")


def _least(rounds: int, work: Callable[[], Any]) -> float:
    """Milliseconds of CPU of the best round."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1000


if __name__ == "__main__":
    main()
