"""Reads of models: versions, and scores of rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from customers.selectors import customer_for
from monitoring.enums import ModelState
from monitoring.models import Alert, Finding, ModelVersion, RowScore
from monitoring.selectors.labels import ROW_OF_DOMAIN
from monitoring.selectors.processes import process_events_visible_to
from monitoring.selectors.records import transactions_visible_to
from monitoring.selectors.second_looks import is_suggestion_hidden

_SHOWN = 5


def model_versions() -> "QuerySet[ModelVersion]":
    """Every version, newest first within its domain."""
    return ModelVersion.objects.select_related("trained_by", "approved_by")


def model_version(pk: Any) -> ModelVersion:
    """A version; raises NotFound."""
    version = model_versions().filter(pk=pk).first()
    if version is None:
        raise NotFound("There is no such version of a model.")
    return version


def champion_of(domain: str) -> ModelVersion | None:
    """The version that ranks."""
    return model_versions().filter(domain=domain, state=ModelState.CHAMPION).first()


def running_models(domain: str) -> list[ModelVersion]:
    """Champion and challenger with their artefacts."""
    running = (ModelState.CHAMPION, ModelState.CHALLENGER)
    return list(ModelVersion.objects.filter(domain=domain, state__in=running).select_related("artefact"))


def scores_of_alert(alert: Alert) -> list[RowScore]:
    """The highest scores by the champion of the rows behind an alert; none while they are kept from who decides it."""
    if is_suggestion_hidden(alert):
        return []
    scores = RowScore.objects.filter(version__state=ModelState.CHAMPION).select_related(
        "version", "transaction", "event"
    )
    of_rows = scores.filter(transaction__findings__alert=alert) | scores.filter(event__findings__alert=alert)
    return list(of_rows.distinct().order_by("-score")[:_SHOWN])


def scores_told_to(principal: Any, scores: Iterable[RowScore]) -> list[RowScore]:
    """The scores, each with `past_cases`, the nearest with their outcome, and `own_row`; rows only where `principal` may
    see them."""
    told = list(scores)
    named = {parse_id(case["event_id"]) for item in told for case in item.explanation["nearest"]}
    named |= {pk for item in told for pk in (item.transaction_id, item.event_id) if pk}
    rows: dict[str, dict[str, Any]] = {}
    if named:
        visible: tuple[QuerySet[Any], ...] = (transactions_visible_to(principal), process_events_visible_to(principal))
        for is_entry, found in enumerate(visible):
            rows |= {str(row.pk): {"row": row, "is_entry": bool(is_entry)} for row in found.filter(pk__in=named)}
    for item in told:
        item.own_row = rows.get(_row_id(item.transaction_id, item.event_id), {})  # type: ignore[attr-defined]
        item.past_cases = [case | rows.get(case["event_id"], {}) for case in item.explanation["nearest"]]  # type: ignore[attr-defined]
    return told


def score_for(principal: Any, pk: object) -> RowScore:
    """The champion's score with this id, where the principal may know of its customer; raises NotFound.

    It is kept from everybody while an alert on its row is to be decided without it.
    """
    rows = RowScore.objects.select_related("version", "transaction", "event").exclude(
        version__state=ModelState.CHALLENGER
    )
    found = rows.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such score.")
    row = found.transaction or found.event
    if row is None:
        raise NotFound("There is no such score.")
    customer_for(principal, row.customer_id)
    if any(is_suggestion_hidden(alert) for alert in Alert.objects.filter(findings__in=row.findings.all()).distinct()):
        raise NotFound("There is no such score.")
    return found


def rows_behind_alerts(domain: str, since: datetime) -> set[str]:
    """Ids of rows that findings are about."""
    row = ROW_OF_DOMAIN[domain]
    found = Finding.objects.filter(created_at__gte=since, **{f"{row}__isnull": False}).values_list(
        f"{row}_id", flat=True
    )
    return {str(pk) for pk in found}


def scores_of_version(version: ModelVersion) -> "QuerySet[RowScore]":
    """What a version said, highest first."""
    return version.scores.select_related("transaction", "event")


def log_of_version(version: ModelVersion) -> Iterable[dict[str, Any]]:
    """`audit_log.json`: record, prediction, explanation, columns, model version, dataset hash. Rows are named by id alone."""
    facts = {"model": {"domain": version.domain, "version": version.number, "checksum": version.checksum},
             "dataset_sha256": version.manifest.get("data_sha256", "")}  # fmt: skip
    for item in version.scores.iterator():
        yield {
            "record": _row_id(item.transaction_id, item.event_id),
            "prediction": {"score": item.score, "percentile": item.percentile, "flagged": item.is_flagged},
            "explanation": item.explanation, "inputs": item.inputs, "scored_at": item.created_at.isoformat(), **facts,
        }  # fmt: skip


def _row_id(transaction_id: UUID | None, event_id: UUID | None) -> str:
    return str(transaction_id or event_id)
