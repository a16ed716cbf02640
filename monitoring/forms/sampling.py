"""Input shape of the sampling policy."""

from django import forms


class SamplingForm(forms.Form):
    a_night = forms.IntegerField(
        min_value=1, max_value=200, label="Rows a scenario and night", help_text="At most so many, of as many customers"
    )
    controls = forms.IntegerField(
        min_value=0, max_value=80, label="Controls, in percent of the queue",
        help_text="Alerts that were decided, so that nobody can tell what an item is",
    )  # fmt: skip
