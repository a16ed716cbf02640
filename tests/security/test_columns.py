"""Every column that can hold a word about a person is in the reviewed inventory, kept as it says (ADR 0019)."""

import csv
import re
from pathlib import Path

from django.apps import apps
from django.db import models

from core.columns.fields import BlindField, SealedField

HOME = Path(__file__).resolve().parents[2]
ADR = (HOME / "docs/adr/0019-personal-data-in-columns.md").read_text()
_TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField)


def _kept() -> dict[str, str]:
    """How each column of text, JSON or bytes is kept; what is chosen from a list of ours says nothing of anybody."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedField | BlindField) or (isinstance(field, _TEXTS) and not field.choices):
                kept = (
                    "sealed"
                    if isinstance(field, SealedField)
                    else "blind"
                    if isinstance(field, BlindField)
                    else "clear"
                )
                found[f"{model._meta.label}.{field.name}"] = kept
    return found


def test_the_inventory_names_every_column_as_it_is_kept() -> None:
    with (HOME / "docs/security/columns.csv").open() as table:
        rows = list(csv.DictReader(table))
    assert {row["column"]: row["kept"] for row in rows} == _kept()
    assert [row["column"] for row in rows] == sorted(row["column"] for row in rows)


def test_what_is_in_clear_has_a_reason_that_the_decision_explains() -> None:
    explained = set(re.findall(r"^\| `([a-z ]+)` \|", ADR, re.MULTILINE))
    with (HOME / "docs/security/columns.csv").open() as table:
        reasons = {(row["kept"], row["because"]) for row in csv.DictReader(table)}
    assert {because for kept, because in reasons if kept == "clear"} <= explained
    assert {because for kept, because in reasons if kept != "clear"} == {""}
