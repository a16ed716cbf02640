"""A person's decision on a hit."""

from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.exceptions import Fault, InvalidInput
from screening import actions
from screening.enums import HitDisposition, HitReason, HitState
from screening.exceptions import HitDecidedAlready
from screening.models import Hit, HitDecision
from screening.services.suppression import remember_false_positive
from screening.signals import hit_disposed

_SHORTEST = 5


@transaction.atomic
def dispose_hit(
    *, hit_id: UUID, disposition: HitDisposition, reason_code: HitReason, rationale: str, by: Actor, stream: str = ""
) -> Hit:
    """Decides an open hit, for a reason.

    Side effects: the decision, the hit, of a false positive a suppression (see `services.suppression`), an audit entry,
    `hit_disposed`. Raises NotAPerson for a program, HitDecidedAlready, InvalidInput for a rationale under five characters.
    """
    person = person_for_actor(by)
    if len(rationale.strip()) < _SHORTEST:
        raise InvalidInput(
            "A decision needs a rationale.", [Fault("/rationale", "is too short", "at least 5 characters")]
        )
    hit = Hit.objects.select_for_update().get(pk=hit_id)
    if hit.state != HitState.OPEN:
        raise HitDecidedAlready("Somebody has decided this hit already.")
    hit.claim_version()
    hit.state, hit.disposition = HitState.DISPOSED, disposition
    hit.save()
    decision = HitDecision.objects.create(
        hit=hit, disposition=disposition, reason_code=reason_code, rationale=rationale, decided_by=person,
        fingerprint=hit.fingerprint,
    )  # fmt: skip
    if disposition == HitDisposition.FALSE_POSITIVE:
        remember_false_positive(hit, decision)
    hit_disposed.send(Hit, hit_id=hit.pk, customer_id=hit.customer_id)
    record(
        actions.HIT_DISPOSED, by=by, object_type="hit", object_id=hit.pk, stream=stream,
        after={"disposition": disposition, "reason_code": reason_code},
        personal={"rationale": rationale}, subject_id=hit.customer_id,
    )  # fmt: skip
    return hit


@transaction.atomic
def record_hit_view(*, hit: Hit, by: Actor) -> None:
    """Puts on the record that somebody looked at a hit."""
    record(actions.HIT_VIEWED, by=by, object_type="hit", object_id=hit.pk, subject_id=hit.customer_id)
