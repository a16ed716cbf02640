"""Deleting what was looked for and found of a customer."""

from uuid import UUID

from django.db import transaction

from screening.models import Coverage, Hit, MediaHit, ProviderCheck, Screening, Suppression
from workflows.services import forget_runs


@transaction.atomic
def forget_screenings(customer_id: UUID) -> dict[str, int]:
    """Deletes screenings, hits with their decisions, remembered false positives and coverage; how many hits.

    The index of customers' names forgets with its next building; until then it holds the name's words and an id.
    """
    hits = list(Hit.objects.filter(customer=customer_id).values_list("pk", flat=True))
    for model in (Suppression, MediaHit, ProviderCheck, Coverage, Hit, Screening):
        model.objects.filter(customer=customer_id).delete()
    forget_runs(subject_ids=hits)
    return {"hits": len(hits)}
