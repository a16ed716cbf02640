"""Reference rates from the ECB's files into the dated table."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEntry
from monitoring.files.ecb import in_base, read_rates
from monitoring.models import ExchangeRate

CSV = b"Date,USD,JPY,BGN,\n2026-11-20,1.1000,165.00,N/A,\n2026-11-19,1.0900,164.00,1.9558,\n"
XML = b"""<?xml version="1.0"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time="2026-11-20"><Cube currency="USD" rate="1.1"/>
 <Cube currency="JPY" rate="165.0"/></Cube></Cube></gesmes:Envelope>"""


@pytest.mark.parametrize(("content", "days"), [(CSV, 2), (XML, 1)])
def test_both_forms_say_units_for_a_euro(content: bytes, days: int) -> None:
    told = dict(read_rates(content))
    assert len(told) == days
    assert told[date(2026, 11, 20)] == {"USD": Decimal("1.1"), "JPY": Decimal(165)}


def test_rates_are_told_for_another_base() -> None:
    found = in_base({"USD": Decimal("1.1"), "JPY": Decimal(165)}, "USD")
    assert (round(found["EUR"], 6), found["JPY"]) == (Decimal("0.909091"), Decimal(150))
    assert in_base({"USD": Decimal(1)}, "CHF") == {}


@pytest.mark.django_db
def test_a_file_is_taken_in_once_and_renewed(tmp_path: Path) -> None:
    path = tmp_path / "eurofxref-hist.csv"
    path.write_bytes(CSV)
    call_command("import_rates", path)
    path.write_bytes(CSV.replace(b"1.1000", b"1.2000"))
    call_command("import_rates", path)
    assert ExchangeRate.objects.count() == 5
    assert ExchangeRate.objects.get(currency="USD", on=date(2026, 11, 20)).per_base == Decimal("1.2")
    assert AuditEntry.objects.filter(action="monitoring.rates_imported").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [(b"Tag,USD\n1,2\n", "first column"), (b"Date,USD\n2026-11-20,-1\n", "line 2: `-1` is no rate of USD"),
     (b"Date,USD\nyesterday,1\n", "`yesterday` is no day"), (b"<a>", "well-formed"), (b"<a/>", "no `Cube`")],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_its_place(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "rates"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=told):
        call_command("import_rates", path)
    assert not ExchangeRate.objects.exists()
