"""100,000 cases and 1,000,000 entries of the record: the demonstration's cases, worked by the product, copied."""

import time
from typing import Any

from django.db import connection

from bench.clone import MAPPED, NAME, copy_rows
from cases.models import Case, CaseReason, Comment, Submission
from cases.search.models import SearchDocument
from customers.models import (
    BeneficialOwner,
    Customer,
    Party,
    PartyAddress,
    PartyIdentifier,
    PartyLinkKey,
    RatingFactor,
    RiskRating,
)
from documents.models import Check, Document, Field, Page
from monitoring.models import Alert, Finding, Transaction
from screening.models import Hit, Screening
from workflows.models import Run, StepRun

CLONED: set[type[Any]] = {
    Party, PartyAddress, PartyIdentifier, PartyLinkKey, Customer, BeneficialOwner, RiskRating, RatingFactor, Document,
    Page, Field, Check, Screening, Hit, Transaction, Alert, Finding, Run, StepRun, Case, CaseReason, Submission, Comment,
}  # fmt: skip
_NUMBER = "'CASE-' || (100000 + n)"
_PARTIES = (
    "IN (SELECT party_id FROM customers_customer WHERE id = %s UNION "
    "SELECT party_id FROM customers_beneficialowner WHERE customer_id = %s)"
)
_CASE_COLUMNS = {
    "number": _NUMBER,
    "status": "CASE WHEN n % 10 < 6 THEN 'closed' WHEN n % 10 = 6 THEN 'in_review' ELSE 'new' END",
    "closed_at": "CASE WHEN n % 10 < 6 THEN now() - random() * interval '200 days' END",
    "needs_person_since": "now() - random() * interval '6 days'",
    "created_at": "now() - random() * interval '300 days'",
    "priority": "(random() * 100)::int",
    "due_at": "now() + (random() * 8 - 3) * interval '1 day'",
    "assignee_id": "CASE WHEN n % 10 = 6 THEN (SELECT id FROM accounts_user WHERE username = 'bench' || (n % 50)) END",
    "proposer_id": "NULL", "lease_until": "NULL",
}  # fmt: skip


def seed_cases(cases: int, entries: int) -> None:
    """Copies every case there is so often that there are `cases`, with `entries` entries on their streams."""
    patterns = list(Case.objects.select_related("customer").order_by("number"))
    each = cases // len(patterns)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")  # a bench's own database, filled in bulk
    for place, case in enumerate(patterns):
        began = time.monotonic()
        numbers = (place * each + 1, (place + 1) * each)
        _copy_case(case, numbers)
        _copy_entries(case, numbers, entries // len(patterns) // each)
        print(f"  {case.number}: {each} copies in {time.monotonic() - began:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE")


def _copy_case(case: Case, numbers: tuple[int, int]) -> None:
    customer, parties = case.customer_id, [case.customer_id, case.customer_id]

    def copy(model: type[Any], where: str, parameters: list[Any], **instead: str) -> None:
        copy_rows(model, where, parameters, numbers, cloned=CLONED, instead=instead)

    copy(Party, f"t.id {_PARTIES}", parties, name=NAME)
    for model in (PartyAddress, PartyIdentifier):
        copy(model, f"t.party_id {_PARTIES}", parties)
    copy(PartyLinkKey, f"t.party_id {_PARTIES}", parties, key="t.key || n")
    copy(Customer, "t.id = %s", [customer], external_id="t.external_id || '-' || n")
    for model in (BeneficialOwner, RiskRating, Document, Screening, Hit, Alert):
        copy(model, "t.customer_id = %s", [customer])
    newest = "t.id IN (SELECT id FROM monitoring_transaction WHERE customer_id = %s ORDER BY booked_at DESC LIMIT 12)"
    copy(Transaction, newest, [customer], external_id="t.external_id || '-' || n")
    copy(Finding, "t.transaction_id IN (SELECT id FROM monitoring_transaction WHERE customer_id = %s "
         "ORDER BY booked_at DESC LIMIT 12)", [customer])  # fmt: skip
    copy(RatingFactor, "t.rating_id IN (SELECT id FROM customers_riskrating WHERE customer_id = %s)", [customer])
    of_document = "t.document_id IN (SELECT id FROM documents_document WHERE customer_id = %s)"
    copy(
        Page,
        of_document,
        [customer],
        words="'[]'::jsonb",
        text="CASE WHEN length(t.text) < 4000 THEN t.text ELSE '' END",
    )
    for model in (Field, Check):
        copy(model, of_document, [customer])
    copy(Case, "t.id = %s", [case.pk], **_CASE_COLUMNS)
    for model in (CaseReason, Submission, Comment):
        copy(model, "t.case_id = %s", [case.pk])
    copy(Run, "t.subject_id = %s", [case.pk], subject_id=MAPPED.format(column="t.subject_id"),
         stream=f"'case:' || {_NUMBER}")  # fmt: skip
    copy(StepRun, "t.run_id IN (SELECT id FROM workflows_run WHERE subject_id = %s)", [case.pk])
    copy(SearchDocument, "t.customer_id = %s", [customer], **_search_columns())
    _copy_versions(customer, numbers)


def _search_columns() -> dict[str, str]:
    key = MAPPED.format(column="t.object_id")
    own = "t.kind = 'customer'"
    return {
        "object_id": key, "customer_id": MAPPED.format(column="t.customer_id"),
        "case_id": MAPPED.format(column="t.case_id"),
        "title": f"CASE WHEN {own} THEN {NAME} WHEN t.kind = 'document' THEN t.title ELSE {_NUMBER} END",
        "names": f"CASE WHEN {own} THEN lower({NAME}) ELSE '' END",
        "folded": f"CASE WHEN {own} THEN lower({NAME}) || ' ' || n WHEN t.kind = 'case' "
                  "THEN 'case ' || (100000 + n) ELSE t.folded END",
    }  # fmt: skip


def _copy_versions(customer: Any, numbers: tuple[int, int]) -> None:
    """Which list versions a screening was against."""
    table = Screening.list_versions.through._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (screening_id, listversion_id) "
            f"SELECT {MAPPED.format(column='t.screening_id')}, t.listversion_id FROM {table} t, generate_series(%s, %s) n "
            "WHERE t.screening_id IN (SELECT id FROM screening_screening WHERE customer_id = %s)",
            [*numbers, customer],
        )


def _copy_entries(case: Case, numbers: tuple[int, int], each: int) -> None:
    """So many entries on the stream of every copy, with bodies the product wrote, and the stream's head behind them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH pattern AS (
                SELECT t.*, row_number() OVER (ORDER BY t.id, again) AS place
                FROM (SELECT * FROM audit_entry WHERE stream = %s ORDER BY id LIMIT %s) t, generate_series(1, %s) again
            )
            INSERT INTO audit_entry (stream, stream_seq, prev, body, leaf, mac, mac_key_id, at, action, actor_kind,
                                     actor_id, actor_name, object_type, object_id, subject_id, request_id)
            SELECT 'case:' || {_NUMBER}, place, prev, body, sha256(leaf || (n || '/' || place)::bytea), mac, mac_key_id,
                   now() - random() * interval '300 days', action, actor_kind, actor_id, actor_name, object_type,
                   CASE WHEN object_type = 'case' THEN {MAPPED.format(column="object_id")}::text ELSE object_id END,
                   subject_id, request_id
            FROM pattern, generate_series(%s, %s) n WHERE place <= %s
            """,
            [f"case:{case.number}", each, each, *numbers, each],
        )
        cursor.execute(
            f"INSERT INTO audit_head (stream, seq, head) SELECT 'case:' || {_NUMBER}, %s, sha256(n::text::bytea) "
            "FROM generate_series(%s, %s) n",
            [each, *numbers],
        )
