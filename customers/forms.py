"""Input shapes of the customers pages."""

from decimal import Decimal
from typing import Any

from django import forms

from core.words import said
from customers.enums import UNRATED, CustomerStatus, PartyKind, RatingLevel
from customers.risk.factors import FACTORS
from customers.risk.rating import PolicyShape


class RevealForm(forms.Form):
    """Why masked values are to be shown, and the page to come back to."""

    reason = forms.CharField(min_length=3, max_length=300)
    next = forms.CharField(required=False, max_length=2000)


class CustomerFilterForm(forms.Form):
    """What narrows the list of customers, out of the address: nothing personal."""

    rating = forms.ChoiceField(
        choices=[("", "Any rating"), *RatingLevel.choices, (UNRATED, "Not rated")], required=False, label="Rating"
    )
    status = forms.ChoiceField(choices=[("", "Any status"), *CustomerStatus.choices], required=False, label="Status")
    kind = forms.ChoiceField(choices=[("", "Any kind"), *PartyKind.choices], required=False, label="Kind")


class RatingPolicyForm(forms.Form):
    """Weights of the factors and the thresholds, one number field each."""

    medium_from = forms.DecimalField(min_value=0, max_value=100, decimal_places=2, label="Medium from a score of")
    high_from = forms.DecimalField(min_value=0, max_value=100, decimal_places=2, label="High from a score of")

    def __init__(self, *args: Any, policy: PolicyShape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(medium_from=policy.medium_from, high_from=policy.high_from)
        for code in FACTORS:
            label = said("Weight of {factor_word}", factor_word=code.replace("_", " "))
            weight = policy.weights.get(code, Decimal(0))
            self.fields[code] = forms.DecimalField(
                min_value=0, max_value=100, decimal_places=2, label=label, initial=weight
            )

    def as_factors(self) -> dict[str, object]:
        """The policy as the service takes it."""
        data = self.cleaned_data
        weights = {code: str(data[code]) for code in FACTORS}
        return {"weights": weights, "medium_from": str(data["medium_from"]), "high_from": str(data["high_from"])}
