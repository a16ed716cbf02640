"""What PostgreSQL plans for the statements of a page: does any read a table that grows from end to end?"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Tables whose rows grow with customers, their money and the years. What a person sets up does not.
BIG = frozenset({
    "ai_aicall", "audit_entry", "audit_leaf", "audit_node", "audit_placed", "cases_case", "cases_casereason",
    "cases_casetag", "cases_checklisttick", "cases_comment", "cases_concealment", "cases_decision",
    "cases_historicalcase", "cases_submission", "customers_beneficialowner", "customers_customer",
    "customers_historicalcustomer", "customers_historicalparty", "customers_party", "customers_partyaddress",
    "customers_partyidentifier", "customers_partylinkkey", "customers_ratingfactor", "customers_riskrating",
    "documents_check", "documents_document", "documents_field", "documents_folderreceipt", "documents_page",
    "documents_pageband", "monitoring_alert", "monitoring_alertdecision", "monitoring_alertsnooze",
    "monitoring_blinditem", "monitoring_eventflag", "monitoring_finding", "monitoring_ingest",
    "monitoring_pendingassessment", "monitoring_processevent", "monitoring_quietfinding", "monitoring_rejectedline",
    "monitoring_rowscore", "monitoring_settlement", "monitoring_silenttrace", "monitoring_transaction",
    "monitoring_transactionflag", "notifications_attempt", "notifications_notification", "notifications_outbox",
    "screening_article", "screening_coverage", "screening_entrychange", "screening_hit", "screening_hitdecision",
    "screening_listentry", "screening_mediahit", "screening_providercheck", "screening_screening",
    "screening_suppression", "workflows_keptanswer", "workflows_longwork", "workflows_run", "workflows_stepattempt",
    "workflows_steprun",
})  # fmt: skip
_WHOLE = ("seqscan", "hashjoin", "mergejoin")
_INDEXED = {"Index Scan", "Index Only Scan", "Bitmap Index Scan"}


@contextmanager
def sequential_scans_made_dear() -> Iterator[None]:
    """For the block the planner reads a table from end to end, to scan or to join it, only where nothing else is possible.

    However small the tables: so they show the plans of big ones, where that is dear by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("".join(f"SET enable_{way} = off;" for way in _WHOLE))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("".join(f"RESET enable_{way};" for way in _WHOLE))


def statistics_forgotten() -> None:
    """Until the transaction is rolled back the planner knows nothing of the tables of BIG and takes them for middling ones.

    What an earlier test left in the statistics says that they are empty: then any index read from end to end costs no more
    than the right one. Writes to the catalogue: needs a superuser.
    """
    tables = sorted(BIG)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pg_statistic WHERE starelid = ANY(%s::regclass[])", [tables])
        cursor.execute(
            "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid = ANY(%(tables)s::regclass[])"
            " OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[]))",
            {"tables": tables},
        )


def scans(ask: Callable[[], object]) -> list[str]:
    """What `ask` reads from end to end: "table: statement", each once."""
    found: dict[str, None] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL")
        partial = {row[0] for row in cursor.fetchall()}

    def explained(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.lstrip().startswith("SELECT") and not many:
            with context["connection"].connection.cursor() as cursor:  # the driver's own: not explained in turn
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                told = cursor.fetchone()[0]
            plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
            found.update(dict.fromkeys(f"{table}: {sql[:600]}" for table in _whole(plan, partial, stops=False)))
        return result

    with connection.execute_wrapper(explained):
        ask()
    return list(found)


def _whole(node: dict[str, Any], partial: set[str], *, stops: bool) -> Iterator[str]:
    """Big tables that this node or one below reads wholly.

    Under a Limit an index in the wanted order stops early; a partial index holds the rows that are asked for, and no others.
    """
    table, kind = node.get("Relation Name", ""), node["Node Type"]
    stops = stops or kind == "Limit"
    narrows = stops or "Index Cond" in node or node.get("Index Name", "") in partial
    if table in BIG and (kind == "Seq Scan" or (kind in _INDEXED and not narrows)):
        yield f"{table} ({kind})"
    for below in node.get("Plans", []):
        # A sort or an aggregate reads all that is below it, limit or not.
        yield from _whole(below, partial, stops=stops and kind not in {"Sort", "Aggregate", "Hash", "WindowAgg"})
