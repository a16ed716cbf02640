"""Sampling below the line: what is drawn, what people make of it without knowing what it is, and by which policy."""

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import now, today
from core.ids import new_id
from customers.selectors import customers_in_turn
from monitoring import actions
from monitoring.enums import AlertDisposition, AlertReason, AlertState
from monitoring.exceptions import AlertDecidedAlready
from monitoring.models import (
    Alert,
    BlindItem,
    Finding,
    NearCount,
    ProcessEvent,
    SamplingPolicy,
    ScenarioVersion,
    Transaction,
)
from monitoring.selectors import sampling_policy
from monitoring.services.alerts import needs_rationale
from monitoring.services.keeping import Subject, keep_on_alert, tell_of_alerts

if TYPE_CHECKING:
    from monitoring.below import Drawn

_LOOKED_AT, _AS_OLD = 50, timedelta(days=90)
_CHANCE = random.SystemRandom()  # nobody can tell beforehand what will be drawn


@transaction.atomic
def publish_sampling_policy(
    *, a_night: int, controls: int, second_looks: int = 10, hidden: int = 0, by: Actor
) -> SamplingPolicy:
    """Makes a new version of the policy. Side effects: the version, an audit entry. Raises NotAPerson."""
    person = person_for_actor(by)
    number = sampling_policy().number + 1
    told = {"a_night": a_night, "controls": controls, "second_looks": second_looks, "hidden": hidden}
    policy = SamplingPolicy.objects.create(number=number, published_by=person.username, **told)
    record(
        actions.SAMPLING_POLICY_PUBLISHED, by=by, object_type="sampling_policy", object_id=policy.pk, stream="config",
        after={"number": number, **told},
    )  # fmt: skip
    return policy


@transaction.atomic
def keep_sample(*, drawn: "Drawn", by: Actor, stream: str = "") -> int:
    """Puts what was drawn below a version's line into the blind queue, with decided alerts among it; how many items.

    Side effects: blind items in no order that tells, the night's counts, an audit entry. Of a night that was drawn
    already nothing, so a step that runs twice doubles nothing.
    """
    version = drawn.version
    _, is_first = NearCount.objects.get_or_create(
        version=version, night=today(), defaults={"counts": drawn.counts, "proposed": drawn.proposed}
    )
    if not is_first:
        return 0
    below = _below(drawn)
    controls = _controls(version, _number_of_controls(len(below)))
    items = below + controls
    put_into_queue(items)
    record(
        actions.SAMPLE_DRAWN, by=by, object_type="scenario", object_id=version.scenario_id, stream=stream,
        after={"scenario": version.scenario.code, "below": len(below), "controls": len(controls)},
    )  # fmt: skip
    return len(items)


@transaction.atomic
def keep_proposed(*, version_id: UUID, proposed: list[dict[str, Any]], by: Actor) -> None:
    """Keeps looser limits that were tried since the last night. Side effects: the newest night's counts, an audit entry."""
    version = ScenarioVersion.objects.select_related("scenario").get(pk=version_id)
    night = NearCount.objects.filter(version=version).first()
    if night is None:
        return
    night.proposed = proposed
    night.save(update_fields=["proposed"])
    after = {"scenario": version.scenario.code, "number": version.number}
    record(
        actions.LOOSER_TRIED, by=by, object_type="scenario", object_id=version.scenario_id, stream="config", after=after
    )


def put_into_queue(items: list[BlindItem]) -> None:
    """Keeps blind items in no order that tells what is what. Side effect: the items."""
    _CHANCE.shuffle(items)
    for item in items:
        item.pk = new_id()  # ids go by time: in the order in which they were found they would tell
        item.save(force_insert=True)


def _number_of_controls(below: int) -> int:
    """So many that they have the policy's share of the queue; what does not divide is left to chance."""
    share = sampling_policy().controls
    wanted = below * share / (100 - share)
    return int(wanted) + (_CHANCE.random() < wanted % 1)


def _below(drawn: "Drawn") -> list[BlindItem]:
    version = drawn.version
    found = {shown.row_id: shown for shown in drawn.rows}
    of_finance = version.definition.get("domain", "finance") == "finance"
    rows = (Transaction if of_finance else ProcessEvent).objects.filter(pk__in=found)
    known = BlindItem.objects.filter(scenario=version.scenario_id)
    seen = set(known.values_list("transaction_id" if of_finance else "event_id", flat=True))
    return [
        BlindItem(
            scenario=version.scenario, version=version, customer_id=row.customer_id, lacks=found[str(row.pk)].lacks,
            process_id=getattr(row, "process_id", ""), sentence=found[str(row.pk)].sentence[:400],
            trace=found[str(row.pk)].firing.trace, **{"transaction" if of_finance else "event": row},
        )
        for row in rows
        if row.pk not in seen
    ]  # fmt: skip


def _controls(version: ScenarioVersion, most: int) -> list[BlindItem]:
    """Decided alerts of the scenario that were no controls yet, at random, each with its newest finding; none older than what
    is drawn below the line, or its age would tell it."""
    used = BlindItem.objects.filter(scenario=version.scenario_id, control__isnull=False).values("control")
    decided = Alert.objects.filter(_recent("findings__"), scenario=version.scenario_id, state=AlertState.DISPOSED)
    free = sorted(set(decided.exclude(pk__in=used).values_list("pk", flat=True)))
    made = [as_control(alert_id) for alert_id in _CHANCE.sample(free, min(most, len(free)))]
    return [item for item in made if item is not None]


def _recent(path: str = "") -> Q:
    begun = now() - _AS_OLD
    return Q(**{f"{path}transaction__booked_at__gte": begun}) | Q(**{f"{path}event__started_at__gte": begun})


def as_control(alert_id: UUID) -> BlindItem | None:
    """A decided alert as a blind item by its newest finding on a row that nobody was shown; None where all were or where
    they are older than what is drawn below the line."""
    findings = Finding.objects.select_related("alert__scenario").filter(_recent(), alert=alert_id)
    for finding in findings[:_LOOKED_AT]:
        row = {"transaction_id": finding.transaction_id, "event_id": finding.event_id}
        alert = finding.alert
        if not BlindItem.objects.filter(scenario=alert.scenario_id, **row).exists():
            return BlindItem(
                scenario=alert.scenario, version_id=finding.version_id, customer_id=alert.customer_id,
                process_id=alert.process_id, control=alert, sentence=finding.sentence, trace=finding.trace, **row,
            )  # fmt: skip
    return None


@transaction.atomic
def judge_blind_item(
    *, item_id: UUID, disposition: AlertDisposition, reason_code: AlertReason, rationale: str, by: Actor
) -> BlindItem:
    """Judges a blind item, for a reason, as an alert would be.

    Side effects: the verdict, an audit entry; below the line a suspicious one raises an alert, with what follows from
    it. A control's own alert stays as it was decided. Raises NotAPerson, AlertDecidedAlready, InvalidInput for a
    rationale under five characters.
    """
    person = person_for_actor(by)
    needs_rationale(rationale)
    item = (
        BlindItem.objects.select_for_update(of=("self",))
        .select_related("version__scenario", "customer")
        .get(pk=item_id)
    )
    if item.judged_at is not None:
        raise AlertDecidedAlready("Somebody has judged this already.")
    item.disposition, item.reason_code, item.rationale = disposition, reason_code, rationale
    item.judged_by, item.judged_at = person, now()
    if disposition == AlertDisposition.SUSPICIOUS and item.control_id is None:
        item.raised = _raised(item, by)
    item.save()
    record(
        actions.BLIND_ITEM_JUDGED, by=by, object_type="blind_item", object_id=item.pk,
        after={"disposition": disposition, "reason_code": reason_code},
        personal={"rationale": rationale}, subject_id=item.customer_id,
    )  # fmt: skip
    return item


def _raised(item: BlindItem, by: Actor) -> Alert:
    customers_in_turn([item.customer_id])
    subject = Subject(item.customer, item.version.scenario, item.process_id)
    known = subject.alerts.filter(state=AlertState.OPEN).first()
    alert, tellings = keep_on_alert(known, item.version, [item], subject)
    tell_of_alerts(tellings, by=by)
    return alert


@transaction.atomic
def record_blind_view(*, item: BlindItem, by: Actor) -> None:
    """Puts on the record that somebody looked at a blind item."""
    record(actions.BLIND_ITEM_VIEWED, by=by, object_type="blind_item", object_id=item.pk, subject_id=item.customer_id)


@transaction.atomic
def record_sampling_export(*, by: Actor) -> None:
    """Puts on the record that somebody took away the report of sampling."""
    record(actions.SAMPLING_EXPORTED, by=by, object_type="sampling_policy", object_id=None)
