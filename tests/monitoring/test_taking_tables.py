"""A file taken in by column stores, counts and rejects what taking it in row by row does."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from monitoring.models import Ingest, PendingAssessment, RejectedLine, Transaction
from monitoring.services import begin_import, import_rows, open_import, set_rate, take_batch, take_tables
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer

pytestmark = pytest.mark.django_db
_STORED = [
    field.attname
    for field in Transaction._meta.concrete_fields
    if field.attname not in {"id", "created_at", "ingest_id"}
]


@pytest.fixture(autouse=True)
def _data(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def _taken(content: str, *, by_column: bool):
    person = make_person()
    item = open_import(file=ContentFile(content.encode()), name="t.csv", customer_external_id="", by=person.actor)
    item, _ = begin_import(import_id=item.pk, by=person.actor)
    if by_column:
        list(take_tables(item=item, by=person.actor))
    else:
        take_batch(item=item, rows=list(import_rows(item)), by=person.actor, is_filed=True)
    ingest = Ingest.objects.get(pk=item.ingest_id)
    lines = RejectedLine.objects.filter(ingest=ingest).order_by("line", "column")
    counts = (ingest.accepted, ingest.duplicates, ingest.rejected_count, item.rows_read)
    return counts, ingest.rejected, list(lines.values_list("line", "column", "message", "suggestion", "content"))


def _stored():
    return list(Transaction.objects.order_by("external_id", "customer").values_list(*_STORED))


def _both_ways(content: str):
    by_row = _taken(content, by_column=False), _taken(content, by_column=False), _stored()
    Transaction.objects.all().delete()
    by_column = _taken(content, by_column=True), _taken(content, by_column=True), _stored()
    for one, other in zip(by_column, by_row, strict=True):
        assert one == other
    assert not PendingAssessment.objects.exists()  # the whole file is assessed when all of it is there
    return by_column


def test_transactions():
    first, second = make_customer(), make_customer()
    set_rate(currency="USD", on=date(2026, 1, 1), per_base="1.25", by=make_person().actor)
    rows = [
        f"T{n},{customer.external_id},A{n % 3},in,{amount},{currency},{reference},2026-03-0{n % 9 + 1}T10:00:00Z"
        for n, (customer, amount, currency, reference) in enumerate([
            (first, "12.50", "EUR", "rent"), (second, "0.005", "EUR", "back\\slash"), (first, "10", "USD", "a b"),
            (first, "10", "CHF", "no rate"), (second, "-1", "EUR", ""), (first, "1e3", "EUR", "Ümlaut"),
        ])
    ]  # fmt: skip
    same, other = rows[0], rows[1].replace("0.005", "7")
    header = "external_id,customer_external_id,account,direction,amount,currency,reference,booked_at"
    unnamed = "T8,,A0,out,3.00,EUR,the account's,2026-03-01T10:00:00Z\nT9,nobody,,out,3,EUR,,2026-03-01T10:00:00Z"
    (counts, _, lines), again, stored = _both_ways("\n".join([header, *rows, same, other, unnamed, "short,row"]))
    assert counts[:2] == (4, 1)
    assert len({line for line, *_ in lines}) == counts[2] == 6
    assert again[0][:2] == (1, 5)  # by now it is known whose A0 is
    assert len(stored) == 5


def test_payments_of_two_sides_and_without_ids():
    sender, receiver = make_customer(), make_customer()
    line = f"45,TRANSFER,213.59,{sender.external_id},{receiver.external_id}"
    outside = f"46,CASH_OUT,10,{sender.external_id},elsewhere"
    content = "\n".join(["step,type,amount,nameOrig,nameDest", line, line, outside, "47,DEBIT,4,one,two"])
    (counts, _, _), again, stored = _both_ways(f"{content}\n")
    assert counts == (5, 0, 1, 4)
    assert again[0] == (0, 5, 1, 4)
    assert {row[_STORED.index("direction")] for row in stored} == {"in", "out"}


def test_rejected_lines_are_sealed_however_many_come_at_once():
    """On PostgreSQL many rows go by COPY, which knows no fields: it must not be taken for columns that are sealed."""
    header = "external_id,customer,account,direction,amount,currency,reference,booked_at"
    rows = [f"T{n},nobody-{n},A1,in,1,EUR,Marker Marlene,2026-03-01T10:00:00Z" for n in range(250)]
    _taken("\n".join([header, *rows]), by_column=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM monitoring_rejectedline")
        stored = [content for (content,) in cursor.fetchall()]
    assert len(stored) == len(rows)
    assert all(content.startswith("pbc1:") for content in stored)
