"""The migrations that seal columns, over rows: back to what the release before them held, and forward again. On PostgreSQL."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from core.columns.cipher import MARK
from core.columns.moving import SealedColumn, sealed_columns
from tests.cases.privacy.test_erasing import known_customer
from workflows.models import StepRun

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="DATABASE_URL names no PostgreSQL"),
]
# The last migration of each app before its columns were sealed; who depends on it goes back with it.
BEFORE = {
    "customers": "0005", "cases": "0007", "rfi": "0001", "filings": "0001", "privacy": "0001", "search": "0002",
    "monitoring": "0014", "screening": "0005", "workflows": "0008", "notifications": "0002", "documents": "0002",
}  # fmt: skip


def _stored(column: SealedColumn) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column.stored} FROM {column.table} WHERE {column.column} IS NOT NULL")
        return [text.strip('"') for (text,) in cursor.fetchall() if text not in {"", '""', "[]", "{}", "null"}]


def test_columns_are_opened_on_the_way_back_and_sealed_on_the_way_forward(tmp_path: Path, settings: Any) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    known_customer(tmp_path)
    before = {column.place: len(_stored(column)) for column in sealed_columns()}
    StepRun.objects.filter(state="waiting").update(output_ids={})
    try:
        for app, name in BEFORE.items():
            call_command("migrate", app, name, verbosity=0)
        columns = [column for column in sealed_columns() if _is_there(column)]
        clear = {column.place: [text for text in _stored(column) if text.startswith(MARK)] for column in columns}
        assert {place: texts for place, texts in clear.items() if texts} == {}
    finally:
        call_command("migrate", verbosity=0)
    left = {
        column.place: [text for text in _stored(column) if not text.startswith(MARK)] for column in sealed_columns()
    }
    assert {place: texts for place, texts in left.items() if texts} == {}
    assert {column.place: len(_stored(column)) for column in sealed_columns()} == before


def _is_there(column: SealedColumn) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
                       [column.table.strip('"'), column.column.strip('"')])  # fmt: skip
        return cursor.fetchone() is not None
