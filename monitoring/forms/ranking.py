"""Input shape of a policy by which a model raises alerts."""

from django import forms

from monitoring.alerting import LEAST
from monitoring.enums import ModelMeasure, Severity

_HIGHEST, _MOST_A_DAY = 99.99, 1_000


class ModelAlertsForm(forms.Form):
    measure = forms.ChoiceField(
        choices=ModelMeasure.choices, label="What it goes by",
        help_text="Unusual is not suspicious: alone it finds hardly any laundering",
    )  # fmt: skip
    at_least = forms.FloatField(
        min_value=LEAST, max_value=_HIGHEST, initial=99.9, label="From which percentile on",
        help_text="99.9 is about one row in a thousand",
    )  # fmt: skip
    daily_cap = forms.IntegerField(
        min_value=1, max_value=_MOST_A_DAY, initial=10, label="Alerts a day, at most",
        help_text="What is above the cap waits; the highest go first",
    )  # fmt: skip
    severity = forms.ChoiceField(choices=Severity.choices, initial=Severity.MEDIUM, label="Severity of its alerts")
