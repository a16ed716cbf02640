"""Decided alerts that a second person judged blind: where the two differ, and whom a decision is kept from meanwhile."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from core.chance import is_among
from core.exceptions import NotFound
from core.ids import parse_id
from core.permissions import Permission
from customers.selectors import customers_visible_to
from monitoring.enums import AlertDisposition, AlertState, ModelState
from monitoring.models import Alert, BlindItem, RowScore, SamplingPolicy

_SUSPICIOUS = AlertDisposition.SUSPICIOUS
DIFFERS = (Q(disposition=_SUSPICIOUS) & ~Q(control__decision__disposition=_SUSPICIOUS)) | (
    ~Q(disposition=_SUSPICIOUS) & Q(control__decision__disposition=_SUSPICIOUS)
)


def second_looks() -> QuerySet[BlindItem]:
    """Decided alerts that were judged a second time, with both judgements, the newest first."""
    judged = BlindItem.objects.filter(control__isnull=False, judged_at__isnull=False)
    return judged.select_related("control__decision", "settlement").order_by("-judged_at")


def open_disputes() -> QuerySet[BlindItem]:
    """Those on whose outcome (suspicious, or not) two people differ and no third one has said anything."""
    return second_looks().filter(DIFFERS, settlement=None)


def disputes_for(principal: Any) -> QuerySet[BlindItem]:
    """What `principal` may settle: of customers they may see, judged by neither look of theirs."""
    visible = open_disputes().filter(customer__in=customers_visible_to(principal).order_by())
    others = visible.exclude(judged_by=principal.pk).exclude(control__decision__decided_by=principal.pk)
    return others.select_related("control__decision", "scenario", "customer__party", "transaction", "event")


def dispute_for(principal: Any, pk: object) -> BlindItem:
    """The dispute with this id; raises NotFound."""
    found = disputes_for(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such difference to settle.")
    return found


def is_kept_from(principal: Any) -> Any:
    """An expression of alerts: whether the decision is kept from `principal`, whom the second look may still go to."""
    if not principal.has_perm(Permission.ALERT_DISPOSE):
        return Value(False)
    waiting = BlindItem.objects.filter(control=OuterRef("pk"), judged_at=None)
    return Exists(waiting.exclude(control__decision__decided_by=principal.pk))


def undrawn_decisions(percent: int) -> list[Any]:
    """Ids of decided alerts that are due for a second look: so many of a hundred, by a chance that nobody chooses."""
    used = BlindItem.objects.filter(control__isnull=False).values("control")
    decided = Alert.objects.filter(state=AlertState.DISPOSED, decision__isnull=False).exclude(pk__in=used)
    found = decided.order_by("pk").values_list("pk", flat=True)
    return [pk for pk in found.iterator() if is_among(percent, "second look", pk)]


def suggestion_of(alert: Alert) -> bool | None:
    """What the champion says of the rows behind an alert: whether it flags one; None where it scored none, and of an alert
    that it raised itself, which is no test of whether people think for themselves."""
    if alert.scenario.is_by_model:
        return None
    scores = RowScore.objects.filter(version__state=ModelState.CHAMPION)
    of_rows = scores.filter(Q(transaction__findings__alert=alert) | Q(event__findings__alert=alert)).order_by()
    said = set(of_rows.values_list("is_flagged", flat=True))
    return any(said) if said else None


def is_suggestion_hidden(alert: Alert) -> bool:
    """Whether the model's word on an open alert is kept from people until they have decided (automation-bias probe).

    The policy in force when the alert was raised says of how many customers; which ones, a keyed hash: all alerts of a
    customer alike, so that one does not tell of another, and nobody chooses.
    """
    if alert.state != AlertState.OPEN or alert.scenario.is_by_model:
        return False
    policy = SamplingPolicy.objects.filter(created_at__lte=alert.created_at).first()
    return policy is not None and is_among(policy.hidden, f"probe {policy.number}", alert.customer_id)
