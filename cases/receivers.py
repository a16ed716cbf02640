"""What lower floors found, as reasons on the customer's case. In the sender's transaction."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from cases.models import Case
from cases.services import case_for_signal, need_person
from customers.models import Customer
from documents.enums import DocumentState
from documents.models import Document
from documents.selectors import outcomes_of
from documents.signals import document_read
from monitoring.models import Alert
from monitoring.signals import alert_raised
from screening.models import Hit, MediaHit
from screening.signals import hit_delisted, hit_found, media_found
from workflows.selectors import run_for_subject
from workflows.signals import step_dead

_SEVERITY = {"high": 90, "medium": 60, "low": 30}


def _case_of(customer_id: UUID) -> Case:
    return case_for_signal(Customer.objects.get(pk=customer_id))


def _run_decides(case: Case) -> bool:
    """True while the case's own run is under way: its last step puts the case into the queue with everything found."""
    run = run_for_subject("case", case.pk)
    return run is not None and run.state == "running"


@receiver(hit_found, dispatch_uid="cases.on_hit_found")
def on_hit_found(sender: Any, hit_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    hit = Hit.objects.select_related("watchlist").get(pk=hit_id)
    case = _case_of(customer_id)
    sentence = f"Hit on {hit.watchlist.name}, similarity {hit.similarity:.2f}"
    need_person(
        case=case, code="hit", sentence=sentence, source_type="hit", source_id=hit_id,
        weight=round(100 * hit.similarity), topic=hit.watchlist.kind, about=f"list:{hit.watchlist_id}",
        queue_now=not _run_decides(case),
    )  # fmt: skip


@receiver(media_found, dispatch_uid="cases.on_media_found")
def on_media_found(sender: Any, media_hit_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    """An adverse article seems to name the customer or an owner."""
    hit = MediaHit.objects.select_related("article__source").get(pk=media_hit_id)
    sentence = f"Adverse media: {hit.article.get_category_display() or 'crime'}, {hit.article.source.name}"
    need_person(
        case=_case_of(customer_id),
        code="adverse_media",
        sentence=sentence,
        source_type="media_hit",
        source_id=media_hit_id,
    )


@receiver(hit_delisted, dispatch_uid="cases.on_hit_delisted")
def on_hit_delisted(sender: Any, hit_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    """A listed party left its list: restrictions that rest on the hit may have to be lifted."""
    hit = Hit.objects.select_related("watchlist").get(pk=hit_id)
    sentence = f"Delisted: the entry of a hit has left {hit.watchlist.name}"
    need_person(case=_case_of(customer_id), code="delisted", sentence=sentence, source_type="hit", source_id=hit_id)


@receiver(alert_raised, dispatch_uid="cases.on_alert_raised")
def on_alert_raised(sender: Any, alert_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    alert = Alert.objects.select_related("scenario").get(pk=alert_id)
    case = _case_of(customer_id)
    sentence = f"Alert: {alert.scenario.title} ({alert.severity})"
    need_person(
        case=case, code="alert", sentence=sentence, source_type="alert", source_id=alert_id,
        weight=_SEVERITY.get(alert.severity, 50), topic="alert", about=f"scenario:{alert.scenario_id}",
        queue_now=not _run_decides(case),
    )  # fmt: skip


@receiver(document_read, dispatch_uid="cases.on_document_read")
def on_document_read(sender: Any, document_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    document = Document.objects.prefetch_related("checks").get(pk=document_id)
    if document.state not in {DocumentState.DOUBTFUL, DocumentState.REFUSED}:
        return
    case = _case_of(customer_id)
    for outcome in outcomes_of(document):
        need_person(
            case=case, code=f"document_{outcome.code}"[:40], sentence=outcome.sentence, source_type="document",
            source_id=document_id, weight=40, topic="document", queue_now=not _run_decides(case),
        )  # fmt: skip


@receiver(step_dead, dispatch_uid="cases.on_step_dead")
def on_step_dead(sender: Any, run_id: UUID, subject_type: str, subject_id: UUID, **kwargs: Any) -> None:
    if subject_type != "case":
        return
    case = Case.objects.get(pk=subject_id)
    need_person(
        case=case, code="run_stopped", sentence="The workflow stopped at a step; an operator can have it tried again.",
        source_type="run", source_id=run_id, weight=30,
    )  # fmt: skip
