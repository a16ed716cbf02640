"""A person's decision on an alert, and who looked."""

from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.exceptions import Fault, InvalidInput
from customers.models import Customer
from monitoring import actions
from monitoring.enums import AlertDisposition, AlertReason, AlertState
from monitoring.exceptions import AlertDecidedAlready
from monitoring.models import Alert, AlertDecision
from monitoring.signals import alert_disposed

_SHORTEST = 5


@transaction.atomic
def dispose_alert(
    *,
    alert_id: UUID,
    disposition: AlertDisposition,
    reason_code: AlertReason,
    rationale: str,
    by: Actor,
    stream: str = "",
) -> Alert:
    """Decides an open alert, for a reason.

    Side effects: the decision, the alert, `alert_disposed`, an audit entry. Raises NotAPerson for a program,
    AlertDecidedAlready, InvalidInput for a rationale under five characters.
    """
    person = person_for_actor(by)
    if len(rationale.strip()) < _SHORTEST:
        raise InvalidInput(
            "A decision needs a rationale.", [Fault("/rationale", "is too short", "at least 5 characters")]
        )
    alert = Alert.objects.select_for_update().get(pk=alert_id)
    if alert.state != AlertState.OPEN:
        raise AlertDecidedAlready("Somebody has decided this alert already.")
    alert.claim_version()
    alert.state, alert.disposition = AlertState.DISPOSED, disposition
    alert.save()
    AlertDecision.objects.create(
        alert=alert, disposition=disposition, reason_code=reason_code, rationale=rationale, decided_by=person
    )
    alert_disposed.send(Alert, alert_id=alert.pk, customer_id=alert.customer_id)
    record(
        actions.ALERT_DISPOSED, by=by, object_type="alert", object_id=alert.pk, stream=stream,
        after={"disposition": disposition, "reason_code": reason_code},
        personal={"rationale": rationale}, subject_id=alert.customer_id,
    )  # fmt: skip
    return alert


@transaction.atomic
def record_alert_view(*, alert: Alert, by: Actor) -> None:
    """Puts on the record that somebody looked at an alert."""
    record(actions.ALERT_VIEWED, by=by, object_type="alert", object_id=alert.pk, subject_id=alert.customer_id)


@transaction.atomic
def record_transactions_view(*, customer: Customer, by: Actor, exported: bool = False) -> None:
    """Puts on the record that somebody looked at a customer's transactions, or took them away."""
    action = actions.TRANSACTIONS_EXPORTED if exported else actions.TRANSACTIONS_VIEWED
    record(action, by=by, object_type="customer", object_id=customer.pk, subject_id=customer.pk)
