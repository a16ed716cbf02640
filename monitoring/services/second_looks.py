"""Decided alerts judged again by another person who does not know the decision; where the two differ a third settles it."""

from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from monitoring import actions
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.exceptions import AlertDecidedAlready, JudgedBefore
from monitoring.models import Alert, BlindItem, Settlement
from monitoring.selectors import sampling_policy, undrawn_decisions
from monitoring.services.alerts import needs_rationale
from monitoring.services.sampling import as_control, put_into_queue
from monitoring.signals import alerts_raised

_MOST = 500  # of one draw; what is left comes with the next


@transaction.atomic
def keep_second_looks(*, by: Actor, stream: str = "") -> int:
    """Puts the policy's share of decided alerts into the blind queue, each once; how many.

    Side effects: blind items, in no order that tells; an audit entry. A draw that runs twice doubles nothing.
    """
    drawn = (as_control(pk) for pk in undrawn_decisions(sampling_policy().second_looks)[:_MOST])
    different = {(item.scenario_id, item.transaction_id, item.event_id): item for item in drawn if item is not None}
    put_into_queue(list(different.values()))
    record(
        actions.SECOND_LOOKS_DRAWN, by=by, object_type="sampling_policy", object_id=None, stream=stream,
        after={"items": len(different)},
    )  # fmt: skip
    return len(different)


@transaction.atomic
def settle_dispute(
    *, item_id: UUID, disposition: AlertDisposition, reason_code: AlertReason, rationale: str, by: Actor
) -> Settlement:
    """A third person says what stands where two people judged an alert differently.

    Side effects: the settlement; the alert's disposition becomes what was settled (its decision stays as it was given);
    where that is suspicious and was not before `alerts_raised`, so that a person works it; an audit entry. Raises NotAPerson,
    JudgedBefore, AlertDecidedAlready, InvalidInput for a rationale under five characters.
    """
    person = person_for_actor(by)
    needs_rationale(rationale)
    item = BlindItem.objects.select_for_update(of=("self",)).select_related("control__decision").get(pk=item_id)
    if item.control is None or item.judged_at is None or Settlement.objects.filter(item=item).exists():
        raise AlertDecidedAlready("There is nothing to settle, or somebody has settled it already.")
    alert = Alert.objects.select_for_update().get(pk=item.control.pk)
    if person.pk in {item.judged_by_id, item.control.decision.decided_by_id}:
        raise JudgedBefore("Another person settles what you have judged yourself.")
    settled = Settlement.objects.create(
        item=item, disposition=disposition, reason_code=reason_code, rationale=rationale, settled_by=person
    )
    before, alert.disposition = alert.disposition, disposition
    alert.claim_version()
    alert.save()
    if disposition == AlertDisposition.SUSPICIOUS != before:
        alerts_raised.send(Alert, alert_ids=[alert.pk])
    record(
        actions.DISPUTE_SETTLED, by=by, object_type="alert", object_id=alert.pk, before={"disposition": before},
        after={"disposition": disposition, "reason_code": reason_code},
        personal={"rationale": rationale}, subject_id=alert.customer_id,
    )  # fmt: skip
    return settled


@transaction.atomic
def record_dispute_view(*, item: BlindItem, by: Actor) -> None:
    """Puts on the record that somebody looked at two judgements that differ."""
    record(actions.DISPUTE_VIEWED, by=by, object_type="blind_item", object_id=item.pk, subject_id=item.customer_id)


@transaction.atomic
def record_quality_export(*, what: str, by: Actor) -> None:
    """Puts on the record that somebody took away the quality of labels."""
    record(actions.QUALITY_EXPORTED, by=by, object_type="sampling_policy", object_id=None, after={"what": what})
