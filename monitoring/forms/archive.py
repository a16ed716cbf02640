"""Input shapes of the archive."""

from django import forms

from monitoring.selectors import LEAST_MONTHS


class ArchiveForm(forms.Form):
    months = forms.IntegerField(
        required=False, min_value=LEAST_MONTHS, max_value=240, label="Months at hand",
        help_text="Transactions of older months move into sealed files; empty: all of them stay in the database",
    )  # fmt: skip


class MonthForm(forms.Form):
    month = forms.RegexField(r"^[0-9]{4}-(0[1-9]|1[0-2])$", label="Month", widget=forms.HiddenInput)
