"""Input and output shapes of monitoring in REST."""

from typing import Any

from rest_framework import serializers

from customers.serializers import StrictSerializer
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.models import Alert, AlertDecision, Finding, Transaction


class TransactionSerializer(serializers.ModelSerializer[Transaction]):
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
    rejected = RejectedSerializer(many=True)


class TracedSerializer(serializers.Serializer[Any]):
    """A condition of the rule with its real values."""

    path = serializers.CharField()
    depth = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    holds = serializers.BooleanField(allow_null=True)
    values = serializers.ListField(child=serializers.ListField(help_text="the operand's text and its value"))


class FindingSerializer(serializers.ModelSerializer[Finding]):
    transaction_external_id = serializers.CharField(source="transaction.external_id")
    scenario_version = serializers.IntegerField(source="version.number")
    trace = TracedSerializer(many=True)

    class Meta:
        model = Finding
        fields = ["id", "sentence", "trace", "transaction_external_id", "scenario_version", "created_at"]


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
            "id", "customer_id", "customer_external_id", "scenario", "severity", "state", "disposition", "decision",
            "created_at", "finding_count", "findings",
        ]  # fmt: skip


class AlertDispositionInput(StrictSerializer):
    disposition = serializers.ChoiceField(choices=AlertDisposition.choices)
    reason_code = serializers.ChoiceField(choices=AlertReason.choices)
    rationale = serializers.CharField()
