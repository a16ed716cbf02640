"""Seals the texts of search and makes the words that are looked in blind."""

from django.db import connection, migrations, transaction

from cases.search.folding import fold
from cases.search.words import folded_of
from core.columns.moving import open_all_of, seal_all_of

_BATCH = 200


def _blind(apps, schema_editor):
    _rewrite(apps, folded_of)


def _in_clear(apps, schema_editor):
    _rewrite(apps, _folded)


def _folded(row):
    number = row.title.rpartition("-")[2].lstrip("0") if row.kind == "case" else ""
    return fold(f"{row.title} {number} {row.text}")


def _rewrite(apps, folded):
    rows, last = apps.get_model("search", "SearchDocument").objects.order_by("pk"), 0
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_document SET folded = %s WHERE id = %s", [(folded(row), row.pk) for row in batch]
            )
        last = batch[-1].pk


class Migration(migrations.Migration):
    """Not atomic: each batch is committed, and it may be run again."""

    atomic = False
    dependencies = [("search", "0003_sealed_texts")]
    operations = [
        migrations.RunPython(seal_all_of("search"), open_all_of("search")),
        migrations.RunPython(_blind, _in_clear),
    ]
