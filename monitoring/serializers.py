"""Input and output shapes of monitoring in REST."""

from typing import Any

from rest_framework import serializers

from customers.serializers import StrictSerializer
from monitoring.enums import AlertDisposition
from monitoring.models import Alert, Finding, Transaction


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
    errors = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))  # type: ignore[assignment]


class IngestSerializer(serializers.Serializer[Any]):
    ingest_id = serializers.UUIDField()
    accepted = serializers.IntegerField()
    duplicates = serializers.IntegerField()
    rejected = RejectedSerializer(many=True)


class FindingSerializer(serializers.ModelSerializer[Finding]):
    transaction_external_id = serializers.CharField(source="transaction.external_id")

    class Meta:
        model = Finding
        fields = ["id", "sentence", "trace", "transaction_external_id", "created_at"]


class AlertSerializer(serializers.ModelSerializer[Alert]):
    scenario = serializers.CharField(source="scenario.code")
    customer_id = serializers.UUIDField()
    findings = FindingSerializer(many=True)

    class Meta:
        model = Alert
        fields = ["id", "customer_id", "scenario", "severity", "state", "disposition", "created_at", "findings"]


class AlertDispositionInput(StrictSerializer):
    disposition = serializers.ChoiceField(choices=AlertDisposition.choices)
    rationale = serializers.CharField()
