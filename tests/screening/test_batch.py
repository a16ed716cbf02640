"""Files of names on the command line."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEntry
from screening.models import ListEntry
from tests.factories.cases import make_list

pytestmark = pytest.mark.django_db
HEADER = "query_id,schema,name,birth_date,nationality,country,id_number,address\n"


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    make_list(tmp_path, "Otto Fiktion", "Berta Beispielhaft")
    path = tmp_path / "q.csv"
    path.write_text(HEADER + "a,Person,Oto Fiktion,1970-01-01,DE,,,\nb,Person,Somebody Else,,,,,\n")
    return path


def _answers(queries: Path, *options: str) -> list[dict[str, Any]]:
    output = queries.with_name("r.jsonl")
    call_command("screen_batch", "--input", str(queries), "--output", str(output), *options)
    return [json.loads(line) for line in output.read_text().splitlines()]


def test_screen_batch_answers_every_query_with_hits_and_reasons(queries: Path) -> None:
    first, second = _answers(queries, "--no-store")
    assert (first["query_id"], second["query_id"], second["hits"]) == ("a", "b", [])
    assert (
        first["hits"][0].items()
        >= {"source_id": "T-0", "list": "Test list", "name": "Otto Fiktion", "raised": True}.items()
    )
    assert "“oto” ≈ “otto”, 1 letter, sounds the same" in first["hits"][0]["reasons"]["alignment"]


def test_screen_batch_leaves_an_audit_entry_unless_told_not_to(queries: Path) -> None:
    before = AuditEntry.objects.count()
    _answers(queries, "--no-store")
    assert AuditEntry.objects.count() == before
    _answers(queries)
    assert AuditEntry.objects.count() == before + 1


def test_screen_batch_of_a_list_that_is_not_active_is_refused(queries: Path) -> None:
    with pytest.raises(CommandError, match="No list is active under Nowhere"):
        _answers(queries, "--lists", "Nowhere")


def test_score_names_adds_similarity_and_match(tmp_path: Path) -> None:
    path, output = tmp_path / "pairs.csv", tmp_path / "scored.csv"
    path.write_text(
        "schema,name1,name2\nPerson,Viktor Morozenko,MOROZENKO Viktor\nPerson,Viktor Morozenko,Anna Lindqvist\n"
    )
    call_command("score_names", "--input", str(path), "--output", str(output))
    with output.open() as stream:
        assert [row["is_match"] for row in csv.DictReader(stream)] == ["true", "false"]


def test_screen_batch_gives_the_same_with_two_workers_and_names_the_entry(queries: Path) -> None:
    alone, together = _answers(queries, "--no-store"), _answers(queries, "--no-store", "--workers", "2")
    assert [{**one, "milliseconds": 0} for one in alone] == [{**one, "milliseconds": 0} for one in together]
    assert alone[0]["hits"][0]["entry_id"] == str(ListEntry.objects.get(source_id="T-0").pk)
