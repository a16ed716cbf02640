"""The shape of a delivered transaction: one check for REST, CSV and whatever else delivers rows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pycountry
from rest_framework import serializers

from core.clock import now
from customers.serializers import CountryField, StrictSerializer
from monitoring.deliveries import DeliveredRow, rows_from_csv
from monitoring.enums import Direction

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
