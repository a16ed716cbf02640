"""Input and output shapes of monitoring in REST."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pycountry
from rest_framework import serializers

from core.clock import now
from customers.serializers import CountryField, StrictSerializer
from monitoring.deliveries import DeliveredRow, rows_from_csv
from monitoring.enums import AlertDisposition, AlertReason, Direction
from monitoring.models import Alert, AlertDecision, Finding, Transaction

_CLOCKS_DIFFER = timedelta(minutes=5)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class CurrencyField(serializers.CharField):
    """An ISO 4217 code, upper-cased."""

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data).upper()
        if pycountry.currencies.get(alpha_3=code) is None:
            raise serializers.ValidationError("This is no ISO 4217 currency code, such as EUR.")
        return code


class TransactionInput(StrictSerializer):
    """A transaction as it is delivered, seen from the customer's side."""

    external_id = serializers.CharField(max_length=100)
    customer_external_id = serializers.CharField(max_length=100)
    account = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    direction = serializers.ChoiceField(choices=Direction.choices)
    amount = serializers.DecimalField(max_digits=16, decimal_places=3, min_value=Decimal("0.001"))
    currency = CurrencyField()
    type = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    channel = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    counterparty_name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    counterparty_account = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    counterparty_country = CountryField(required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    booked_at = serializers.DateTimeField()

    def validate_booked_at(self, value: Any) -> Any:
        """A booking lies in the past; a few minutes ahead are clocks that differ."""
        if value > now() + _CLOCKS_DIFFER:
            raise serializers.ValidationError("This time is in the future.")
        if value < _EARLIEST:
            raise serializers.ValidationError("This time is before 1970.")
        return value


def transactions_from_csv(content: bytes) -> list[DeliveredRow]:
    """The rows of a CSV file whose columns are the keys of `TransactionInput`; raises InvalidInput."""
    fields = TransactionInput().fields
    required = [name for name, field in fields.items() if field.required]
    return rows_from_csv(content, columns=list(fields), required=required)


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
