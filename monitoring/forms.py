"""Input shapes of the monitoring pages."""

from django import forms

from monitoring.enums import AlertDisposition


class AlertForm(forms.Form):
    disposition = forms.ChoiceField(choices=AlertDisposition.choices)
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), min_length=5)


class TransactionFileForm(forms.Form):
    file = forms.FileField(help_text="CSV with a header; the columns are those of the REST API")


class RateForm(forms.Form):
    currency = forms.RegexField(r"^[A-Z]{3}$", help_text="ISO 4217, such as USD")
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    per_base = forms.DecimalField(
        min_value=0, max_digits=18, decimal_places=6, label="Units for one of the base currency"
    )
