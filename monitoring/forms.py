"""Input shapes of the monitoring pages."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from monitoring.enums import AlertDisposition, AlertReason


class AlertForm(forms.Form):
    disposition = forms.ChoiceField(choices=AlertDisposition.choices)
    reason_code = forms.ChoiceField(choices=AlertReason.choices, label="Reason")
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), min_length=5)


_MOST_BYTES = 10 * 1024 * 1024


class TransactionFileForm(forms.Form):
    file = forms.FileField(help_text="CSV in UTF-8 with a header; at most 10,000 rows")

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError("This file is larger than 10 MiB. Send several files.")
        return file


class RateForm(forms.Form):
    currency = forms.RegexField(r"^[A-Z]{3}$", help_text="ISO 4217, such as USD")
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    per_base = forms.DecimalField(
        min_value=0, max_digits=18, decimal_places=6, label="Units for one of the base currency"
    )
