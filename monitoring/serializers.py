"""Input and output shapes of monitoring in REST."""

from collections.abc import Callable
from functools import partial
from typing import Any

from rest_framework import serializers

from core.masking import MaskedSerializer
from customers.serializers import StrictSerializer
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.intake.kinds import LABEL, PROCESS_EVENT, QUALIFICATION, TRANSACTION
from monitoring.intake.shapes import Shape
from monitoring.models import (
    Alert,
    AlertDecision,
    EventFlag,
    Finding,
    OperatorQualification,
    ProcessEvent,
    Transaction,
    TransactionFlag,
)

_FIELDS: dict[str, Callable[..., serializers.Field[Any, Any, Any, Any]]] = {
    "text": serializers.CharField, "choice": serializers.CharField, "number": serializers.FloatField,
    "time": serializers.DateTimeField, "money": partial(serializers.DecimalField, max_digits=16, decimal_places=3),
}  # fmt: skip


def _input(name: str, shape: Shape) -> type[serializers.Serializer[Any]]:
    """The shape as OpenAPI tells it; rows are read by the shape itself."""
    fields = {key: _FIELDS[cell.kind](required=cell.required, help_text=cell.help) for key, cell in shape.cells.items()}
    return type(name, (serializers.Serializer,), {**fields, "__doc__": f"A {shape.noun} as it is delivered."})


TransactionInput = _input("TransactionInput", TRANSACTION)
ProcessEventInput = _input("ProcessEventInput", PROCESS_EVENT)
QualificationInput = _input("QualificationInput", QUALIFICATION)
LabelInput = _input("LabelInput", LABEL)


class ProcessEventSerializer(serializers.ModelSerializer[ProcessEvent]):
    customer_external_id = serializers.CharField(source="customer.external_id")

    class Meta:
        model = ProcessEvent
        fields = ["id", *(name for name in PROCESS_EVENT.cells if name != "timestamp"), "started_at"]


class QualificationSerializer(serializers.ModelSerializer[OperatorQualification]):
    customer_external_id = serializers.CharField(source="customer.external_id")

    class Meta:
        model = OperatorQualification
        fields = list(QUALIFICATION.cells)


class TransactionSerializer(MaskedSerializer, serializers.ModelSerializer[Transaction]):
    private = ("account", "counterparty_account")
    customer_external_id = serializers.CharField(source="customer.external_id")

    class Meta:
        model = Transaction
        fields = [
            "id", "external_id", "customer_external_id", "account", "direction", "amount", "currency", "base_amount",
            "type", "channel", "counterparty_name", "counterparty_account", "counterparty_country", "reference",
            "booked_at",
        ]  # fmt: skip


class RejectedSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    errors = serializers.ListField(  # type: ignore[assignment]
        child=serializers.DictField(child=serializers.CharField())
    )


class IngestSerializer(serializers.Serializer[Any]):
    ingest_id = serializers.UUIDField()
    accepted = serializers.IntegerField()
    duplicates = serializers.IntegerField()
    rejected_count = serializers.IntegerField()
    rejected = RejectedSerializer(many=True, help_text="at most 10,000; the delivery's error file has all of them")


class TracedSerializer(serializers.Serializer[Any]):
    """A condition of the rule with its real values."""

    path = serializers.CharField()
    depth = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    holds = serializers.BooleanField(allow_null=True)
    values = serializers.ListField(child=serializers.ListField(help_text="the operand's text and its value"))


class FindingSerializer(serializers.ModelSerializer[Finding]):
    transaction_external_id = serializers.CharField(source="transaction.external_id", default=None, allow_null=True)
    event_external_id = serializers.CharField(source="event.external_id", default=None, allow_null=True)
    scenario_version = serializers.IntegerField(source="version.number")
    trace = TracedSerializer(many=True)

    class Meta:
        model = Finding
        fields = [
            "id",
            "sentence",
            "trace",
            "transaction_external_id",
            "event_external_id",
            "scenario_version",
            "created_at",
        ]


class AlertDecisionSerializer(serializers.ModelSerializer[AlertDecision]):
    decided_by = serializers.CharField(source="decided_by.username")

    class Meta:
        model = AlertDecision
        fields = ["disposition", "reason_code", "decided_by", "created_at"]


class AlertSerializer(serializers.ModelSerializer[Alert]):
    scenario = serializers.CharField(source="scenario.code")
    customer_id = serializers.UUIDField()
    customer_external_id = serializers.CharField(source="customer.external_id")
    findings = FindingSerializer(
        many=True, source="newest_findings", help_text="the newest ones; `finding_count` says how many there are"
    )
    finding_count = serializers.IntegerField()
    decision = AlertDecisionSerializer(allow_null=True)

    class Meta:
        model = Alert
        fields = [
            "id", "customer_id", "customer_external_id", "process_id", "scenario", "severity", "state", "disposition", "decision",
            "created_at", "finding_count", "findings",
        ]  # fmt: skip

    def to_representation(self, instance: Alert) -> dict[str, Any]:
        told = super().to_representation(instance)
        if getattr(instance, "is_kept_back", False):
            told |= {"disposition": "", "decision": None}
        return told


class FlagInput(StrictSerializer):
    reason = serializers.CharField(min_length=5)


class FlagSerializer(serializers.ModelSerializer[TransactionFlag]):
    transaction_id = serializers.UUIDField()
    transaction_external_id = serializers.CharField(source="transaction.external_id")
    customer_external_id = serializers.CharField(source="transaction.customer.external_id")
    flagged_by = serializers.CharField(source="flagged_by.username")

    class Meta:
        model = TransactionFlag
        fields = [
            "transaction_id", "transaction_external_id", "customer_external_id", "is_suspicious", "source", "reason",
            "flagged_by", "created_at",
        ]  # fmt: skip


class EventFlagSerializer(serializers.ModelSerializer[EventFlag]):
    event_id = serializers.UUIDField()
    event_external_id = serializers.CharField(source="event.external_id")
    process_id = serializers.CharField(source="event.process_id")
    customer_external_id = serializers.CharField(source="event.customer.external_id")
    flagged_by = serializers.CharField(source="flagged_by.username")

    class Meta:
        model = EventFlag
        fields = [
            "event_id", "event_external_id", "process_id", "customer_external_id", "is_suspicious", "source", "reason",
            "flagged_by", "created_at",
        ]  # fmt: skip


class AlertDispositionInput(StrictSerializer):
    disposition = serializers.ChoiceField(choices=AlertDisposition.choices)
    reason_code = serializers.ChoiceField(choices=AlertReason.choices)
    rationale = serializers.CharField()
