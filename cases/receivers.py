"""What lower floors found, as reasons on the customer's case. In the sender's transaction."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from cases.models import Case
from cases.services import Need, need_people, need_person
from core.words import said
from documents.enums import DocumentState
from documents.models import Document
from documents.selectors import outcomes_of
from documents.signals import document_read
from monitoring.models import Alert
from monitoring.signals import alerts_raised
from screening.models import Hit, MediaHit
from screening.signals import hit_delisted, hit_found, media_found
from workflows.signals import step_dead

_SEVERITY = {"high": 90, "medium": 60, "low": 30}


@receiver(hit_found, dispatch_uid="cases.on_hit_found")
def on_hit_found(sender: Any, hit_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    hit = Hit.objects.select_related("watchlist").get(pk=hit_id)
    need = Need(
        customer_id=customer_id, code="hit", source_type="hit", source_id=hit_id, weight=round(100 * hit.similarity),
        sentence=said("Hit on {name}, similarity {similarity}", name=hit.watchlist.name, similarity=f"{hit.similarity:.2f}"),
        topic=hit.watchlist.kind,
    )  # fmt: skip
    need_people(needs=[need])


@receiver(media_found, dispatch_uid="cases.on_media_found")
def on_media_found(sender: Any, media_hit_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    """An adverse article seems to name the customer or an owner."""
    hit = MediaHit.objects.select_related("article__source").get(pk=media_hit_id)
    need = Need(
        customer_id=customer_id, code="adverse_media", source_type="media_hit", source_id=media_hit_id, waits_for_run=False,
        sentence=said("Adverse media: {value}, {name}", value=hit.article.get_category_display() or "crime",
                      name=hit.article.source.name),
    )  # fmt: skip
    need_people(needs=[need])


@receiver(hit_delisted, dispatch_uid="cases.on_hit_delisted")
def on_hit_delisted(sender: Any, hit_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    """A listed party left its list: restrictions that rest on the hit may have to be lifted."""
    hit = Hit.objects.select_related("watchlist").get(pk=hit_id)
    need = Need(
        customer_id=customer_id, code="delisted", source_type="hit", source_id=hit_id, waits_for_run=False,
        sentence=said("Delisted: the entry of a hit has left {name}", name=hit.watchlist.name),
    )  # fmt: skip
    need_people(needs=[need])


@receiver(alerts_raised, dispatch_uid="cases.on_alerts_raised")
def on_alerts_raised(sender: Any, alert_ids: list[UUID], **kwargs: Any) -> None:
    needs = [
        Need(
            customer_id=alert.customer_id, code="alert", source_type="alert", source_id=alert.pk,
            sentence=said("Alert: {title_word} ({severity_word})", title_word=alert.scenario.title, severity_word=alert.severity),
            weight=_SEVERITY.get(alert.severity, 50),
            topic="alert",
        )
        for alert in Alert.objects.select_related("scenario").filter(pk__in=alert_ids).order_by("pk")
    ]  # fmt: skip
    need_people(needs=needs)


@receiver(document_read, dispatch_uid="cases.on_document_read")
def on_document_read(sender: Any, document_id: UUID, customer_id: UUID, **kwargs: Any) -> None:
    document = Document.objects.prefetch_related("checks").get(pk=document_id)
    if document.state not in {DocumentState.DOUBTFUL, DocumentState.REFUSED}:
        return
    needs = [
        Need(
            customer_id=customer_id, code=f"document_{outcome.code}"[:40], sentence=outcome.sentence,
            source_type="document", source_id=document_id, weight=40, topic="document",
        )
        for outcome in outcomes_of(document)
    ]  # fmt: skip
    need_people(needs=needs)


@receiver(step_dead, dispatch_uid="cases.on_step_dead")
def on_step_dead(sender: Any, run_id: UUID, subject_type: str, subject_id: UUID, **kwargs: Any) -> None:
    if subject_type != "case":
        return
    case = Case.objects.get(pk=subject_id)
    need_person(
        case=case, code="run_stopped", sentence=said("The workflow stopped at a step; an operator can have it tried again."),
        source_type="run", source_id=run_id, weight=30,
    )  # fmt: skip
