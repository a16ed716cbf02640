"""A person's decision on an alert, and who looked."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import today
from core.exceptions import Fault, InvalidInput
from customers.models import Customer
from monitoring import actions
from monitoring.enums import AlertDisposition, AlertReason, AlertState
from monitoring.exceptions import AlertDecidedAlready
from monitoring.models import Alert, AlertDecision, AlertSnooze
from monitoring.selectors import is_suggestion_hidden, suggestion_of
from monitoring.signals import alert_disposed

_SHORTEST = 5
_LONGEST_SNOOZE = timedelta(days=366)


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
    needs_rationale(rationale)
    alert = Alert.objects.select_for_update().get(pk=alert_id)
    if alert.state != AlertState.OPEN:
        raise AlertDecidedAlready("Somebody has decided this alert already.")
    was_hidden = is_suggestion_hidden(alert)
    alert.claim_version()
    alert.state, alert.disposition = AlertState.DISPOSED, disposition
    alert.save()
    AlertDecision.objects.create(
        alert=alert, disposition=disposition, reason_code=reason_code, rationale=rationale, decided_by=person,
        suggested=suggestion_of(alert), was_hidden=was_hidden,
    )  # fmt: skip
    alert_disposed.send(Alert, alert_id=alert.pk, customer_id=alert.customer_id)
    record(
        actions.ALERT_DISPOSED, by=by, object_type="alert", object_id=alert.pk, stream=stream,
        after={"disposition": disposition, "reason_code": reason_code},
        personal={"rationale": rationale}, subject_id=alert.customer_id,
    )  # fmt: skip
    return alert


def needs_rationale(rationale: str) -> None:
    """Raises InvalidInput for a rationale under five characters."""
    if len(rationale.strip()) < _SHORTEST:
        raise InvalidInput(
            "A decision needs a rationale.", [Fault("/rationale", "is too short", "at least 5 characters")]
        )


@transaction.atomic
def snooze_alerts(*, alert_id: UUID, until: date, reason: str, by: Actor) -> AlertSnooze:
    """Has the alert's scenario raise nothing more about its customer until a day, that day included.

    Side effects: the snooze, an audit entry. An alert that is open stays open. Raises NotAPerson, InvalidInput for a day
    that is past or more than a year ahead and for a reason under five characters.
    """
    person = person_for_actor(by)
    if len(reason.strip()) < _SHORTEST:
        raise InvalidInput("A snooze needs a reason.", [Fault("/reason", "is too short", "at least 5 characters")])
    day = today()
    if not day < until <= day + _LONGEST_SNOOZE:
        raise InvalidInput(
            "A snooze ends on a day to come.", [Fault("/until", "is not within a year from now", "a later day")]
        )
    alert = Alert.objects.select_related("scenario").get(pk=alert_id)
    snooze = AlertSnooze.objects.create(
        customer_id=alert.customer_id, scenario=alert.scenario, until=until, reason=reason, snoozed_by=person
    )
    record(
        actions.ALERT_SNOOZED, by=by, object_type="alert", object_id=alert.pk,
        after={"scenario": alert.scenario.code, "until": until.isoformat()}, personal={"reason": reason},
        subject_id=alert.customer_id,
    )  # fmt: skip
    return snooze


@transaction.atomic
def record_alert_view(*, alert: Alert, by: Actor) -> None:
    """Puts on the record that somebody looked at an alert."""
    record(actions.ALERT_VIEWED, by=by, object_type="alert", object_id=alert.pk, subject_id=alert.customer_id)


@transaction.atomic
def record_transactions_view(*, customer: Customer, by: Actor, exported: bool = False) -> None:
    """Puts on the record that somebody looked at a customer's transactions, or took them away."""
    action = actions.TRANSACTIONS_EXPORTED if exported else actions.TRANSACTIONS_VIEWED
    record(action, by=by, object_type="customer", object_id=customer.pk, subject_id=customer.pk)


@transaction.atomic
def record_errors_export(*, ingest_id: UUID, by: Actor) -> None:
    """Puts on the record that somebody took away the rejected rows of a delivery."""
    record(actions.ERRORS_EXPORTED, by=by, object_type="ingest", object_id=ingest_id)
