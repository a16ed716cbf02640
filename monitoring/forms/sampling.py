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
    second_looks = forms.IntegerField(
        min_value=0, max_value=100, label="Second looks, in percent of decided alerts",
        help_text="Judged again by another person who does not know the decision",
    )  # fmt: skip
    hidden = forms.IntegerField(
        min_value=0, max_value=50, label="Decided without the model's word, in percent of customers",
        help_text="Whether people think for themselves shows where the model's word is kept back; 0 keeps nothing back",
    )  # fmt: skip
