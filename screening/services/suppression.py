"""Remembered false positives: made with the decision, approved by a second person, ended when what they rest on ends."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now, today
from core.exceptions import Conflict, PermissionRefused
from core.permissions import Permission
from screening import actions
from screening.enums import HitState, SuppressionEnd
from screening.models import Hit, HitDecision, Suppression
from screening.signals import hit_found

APPROVE_WITHIN = timedelta(days=30)
_SHA = 32  # a hit's fingerprint is the party's digest and the entry's


def remember_false_positive(hit: Hit, decision: HitDecision) -> Suppression:
    """The pair is not raised again for a year, while neither side's identity changes. Side effects: the row."""
    return Suppression.objects.create(
        customer_id=hit.customer_id, party_id=hit.party_id, watchlist_id=hit.watchlist_id, source_id=hit.source_id, hit=hit,
        reason_code=decision.reason_code, rationale=decision.rationale, author=decision.decided_by,
        expires_on=today() + timedelta(days=settings.SUPPRESSION_DAYS), party_sha=hit.fingerprint[:_SHA],
        entry_sha=hit.fingerprint[_SHA:],
    )  # fmt: skip


@transaction.atomic
def approve_suppression(*, suppression_id: UUID, by: Actor) -> Suppression:
    """A second person, who approves decisions, agrees: nobody looks at the pair again. Effects: the row, an audit entry.

    Raises NotAPerson, PermissionRefused, Conflict.
    """
    person = person_for_actor(by)
    if not person.has_perm(Permission.DECISION_APPROVE):
        raise PermissionRefused("Who approves decisions must approve this.")
    row = Suppression.objects.select_for_update(of=("self",)).get(pk=suppression_id)
    if row.author_id == person.pk:
        raise PermissionRefused("Somebody else must approve what you decided.")
    if row.ended_at or row.approver_id:
        raise Conflict("This is approved or ended already.")
    row.claim_version()
    row.approver, row.approved_at = person, now()
    row.save()
    record(actions.SUPPRESSION_APPROVED, by=by, object_type="suppression", object_id=row.pk, subject_id=row.customer_id)
    return row


@transaction.atomic
def lift_suppression(*, suppression_id: UUID, by: Actor) -> None:
    """Ends it at once: the hit re-opens. Side effects: those of `end_suppression`. Raises NotAPerson, Conflict."""
    person_for_actor(by)
    row = Suppression.objects.select_for_update(of=("self",)).get(pk=suppression_id)
    if row.ended_at:
        raise Conflict("This has ended already.")
    end_suppression(row, SuppressionEnd.LIFTED, by)
    reopen_hit(row.hit)


def end_suppression(row: Suppression, because: SuppressionEnd, by: Actor) -> None:
    """Ends a suppression, inside the caller's transaction. Side effects: the row, an audit entry."""
    row.ended_at, row.ended_because = now(), because
    row.save(update_fields=["ended_at", "ended_because", "updated_at"])
    record(actions.SUPPRESSION_ENDED, by=by, object_type="suppression", object_id=row.pk, subject_id=row.customer_id,
           after={"because": because.label.lower()})  # fmt: skip


def reopen_hit(hit: Hit) -> None:
    """A decided hit is open again, for a person to look at. Side effects: the hit, `hit_found`."""
    hit.state, hit.disposition = HitState.OPEN, ""
    hit.save()
    hit_found.send(Hit, hit_id=hit.pk, customer_id=hit.customer_id)


def end_due_suppressions() -> None:
    """Ends what has expired and what nobody approved within thirty days; their hits re-open."""
    unapproved = Q(approver=None, created_at__lt=now() - APPROVE_WITHIN)
    due = Suppression.objects.filter(Q(expires_on__lt=today()) | unapproved, ended_at=None)
    by = system_actor("end of suppressions")
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            row = Suppression.objects.select_for_update(of=("self",)).select_related("hit").get(pk=pk)
            because = SuppressionEnd.EXPIRED if row.expires_on < today() else SuppressionEnd.UNAPPROVED
            end_suppression(row, because, by)
            reopen_hit(row.hit)


def pair_stands(hit: Hit, fingerprint: str, by: Actor) -> bool:
    """True while the decision on the pair holds: it was a false positive, and neither identity has changed since.

    Side effects where it does not: the suppression ends with the side that changed.
    """
    row = Suppression.objects.filter(hit=hit, ended_at=None).first()
    if row is None:
        return hit.fingerprint == fingerprint
    if row.party_sha == fingerprint[:_SHA] and row.entry_sha == fingerprint[_SHA:]:
        return True
    changed_party = row.party_sha != fingerprint[:_SHA]
    end_suppression(row, SuppressionEnd.PARTY_CHANGED if changed_party else SuppressionEnd.ENTRY_CHANGED, by)
    return False
