"""The shape of a delivered transaction: one check for REST, CSV and whatever else delivers rows."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pycountry
from rest_framework import serializers

from core.clock import now
from customers.serializers import CountryField, StrictSerializer
from monitoring.enums import Direction

_CLOCKS_DIFFER = timedelta(minutes=5)


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
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=Decimal("0.01"))
    currency = CurrencyField()
    type = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    channel = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    counterparty_name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    counterparty_account = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    counterparty_country = CountryField(required=False, default="")
    reference = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    booked_at = serializers.DateTimeField()

    def validate_booked_at(self, value: Any) -> Any:
        """A booking lies in the past; a few minutes ahead are clocks that differ."""
        if value > now() + _CLOCKS_DIFFER:
            raise serializers.ValidationError("This time is in the future.")
        return value
