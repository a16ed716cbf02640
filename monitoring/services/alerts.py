"""A person's decision on an alert."""

from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from monitoring import actions
from monitoring.enums import AlertDisposition, AlertState
from monitoring.exceptions import AlertDecidedAlready
from monitoring.models import Alert
from monitoring.signals import alert_disposed

_SHORTEST = 5


@transaction.atomic
def dispose_alert(
    *, alert_id: UUID, disposition: AlertDisposition, rationale: str, by: Actor, stream: str = ""
) -> Alert:
    """Decides an open alert, for a reason.

    Side effects: the alert, an audit entry, `alert_disposed`. Raises NotAPerson, AlertDecidedAlready, InvalidInput.
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
    alert.state, alert.disposition, alert.rationale = AlertState.DISPOSED, disposition, rationale
    alert.disposed_by, alert.disposed_at = person, now()
    alert.save()
    alert_disposed.send(Alert, alert_id=alert.pk, customer_id=alert.customer_id)
    record(
        actions.ALERT_DISPOSED, by=by, object_type="alert", object_id=alert.pk, stream=stream,
        after={"disposition": disposition}, personal={"rationale": rationale}, subject_id=alert.customer_id,
    )  # fmt: skip
    return alert
