"""Reads of models: versions, scores of rows, and the labels that people's decisions are."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.exceptions import NotFound
from monitoring.enums import AlertDisposition, ModelState
from monitoring.models import Alert, AlertDecision, Finding, ModelVersion, RowScore, TransactionFlag

Labels = dict[str, tuple[int, str]]
ROW_OF_DOMAIN = {"finance": "transaction", "pharma": "event"}
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


def labels_by_people(domain: str, since: datetime) -> tuple[Labels, int]:
    """(label and typology by row id, how many rows were decided both ways and are left out).

    A decided alert labels the rows behind it; where several were decided, only an agreed label counts. A flag is one too.
    Rows behind open alerts have the label -1: nobody knows yet.
    """
    row = ROW_OF_DOMAIN[domain]
    found = Finding.objects.filter(
        alert__scenario__typology__isnull=False, created_at__gte=since, **{f"{row}__isnull": False}
    )
    told: dict[str, set[int]] = {}
    typologies: dict[str, str] = {}
    for pk, disposition, typology in found.values_list(f"{row}_id", "alert__disposition", "alert__scenario__typology"):
        label = -1 if not disposition else int(disposition == AlertDisposition.SUSPICIOUS)
        told.setdefault(str(pk), set()).add(label)
        typologies[str(pk)] = typology
    if row == "transaction":
        for pk in TransactionFlag.objects.filter(created_at__gte=since).values_list("transaction_id", flat=True):
            told.setdefault(str(pk), set()).add(1)
    agreed = {pk: labels - {-1} or {-1} for pk, labels in told.items()}
    disputed = sum(1 for labels in agreed.values() if len(labels) > 1)
    kept = {
        pk: (next(iter(labels)) if len(labels) == 1 else -1, typologies.get(pk, "")) for pk, labels in agreed.items()
    }
    return kept, disputed


def labels_since(domain: str, moment: datetime) -> int:
    """How many labels people gave since: alerts decided, and rows flagged."""
    row = ROW_OF_DOMAIN[domain]
    decided = AlertDecision.objects.filter(created_at__gte=moment, **{f"alert__findings__{row}__isnull": False})
    flags = TransactionFlag.objects.filter(created_at__gte=moment).count() if row == "transaction" else 0
    return decided.values("pk").distinct().count() + flags


def scores_of_alert(alert: Alert) -> list[RowScore]:
    """The highest scores by the champion of the rows behind an alert."""
    scores = RowScore.objects.filter(version__state=ModelState.CHAMPION).select_related(
        "version", "transaction", "event"
    )
    of_rows = scores.filter(transaction__findings__alert=alert) | scores.filter(event__findings__alert=alert)
    return list(of_rows.distinct().order_by("-score")[:_SHOWN])


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
    """`audit_log.json`: record, prediction, explanation, model version, dataset hash. Rows are named by id alone."""
    facts = {"model": {"domain": version.domain, "version": version.number, "checksum": version.checksum},
             "dataset_sha256": version.manifest.get("data_sha256", "")}  # fmt: skip
    for item in version.scores.iterator():
        yield {
            "record": _row_id(item.transaction_id, item.event_id),
            "prediction": {"score": item.score, "percentile": item.percentile, "flagged": item.is_flagged},
            "explanation": item.explanation, "scored_at": item.created_at.isoformat(), **facts,
        }  # fmt: skip


def _row_id(transaction_id: UUID | None, event_id: UUID | None) -> str:
    return str(transaction_id or event_id)
