"""Input shapes of the monitoring pages."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from core.words import said
from monitoring.domains import domains
from monitoring.enums import AlertDisposition, AlertReason, ScenarioState, Severity
from monitoring.scenarios.catalogue import ScenarioDefinition

_NOTHING_YET = [("", str(said("Choose…")))]  # a judgement that stands there already would be given without a thought


class AlertForm(forms.Form):
    disposition = forms.ChoiceField(choices=_NOTHING_YET + AlertDisposition.choices)
    reason_code = forms.ChoiceField(choices=_NOTHING_YET + AlertReason.choices, label="Reason")
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), min_length=5)


_MOST_BYTES = 1024**3


class FileImportForm(forms.Form):
    file = forms.FileField(help_text="At most 1 GiB; gzip is unpacked")
    customer_external_id = forms.CharField(
        max_length=100, required=False, label="Customer's external id",
        help_text="Where the file itself does not say whose its rows are",
    )  # fmt: skip

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError("This file is larger than 1 GiB. Send several files.")
        return file


class FlagForm(forms.Form):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), min_length=5)


_MOST_LABEL_BYTES = 16 * 1024**2


class LabelFileForm(forms.Form):
    file = forms.FileField(label="CSV file", help_text="UTF-8 with a header; at most 16 MiB")

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > _MOST_LABEL_BYTES:
            raise forms.ValidationError("This file is larger than 16 MiB. Send several files.")
        return file


class RateForm(forms.Form):
    currency = forms.RegexField(r"^[A-Z]{3}$", help_text="ISO 4217, such as USD")
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    per_base = forms.DecimalField(
        min_value=0, max_digits=18, decimal_places=6, label="Units for one of the base currency"
    )


class SnoozeForm(forms.Form):
    until = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), label="Until, that day included")
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), min_length=5)


class ParameterForm(forms.Form):
    """One field a parameter, with the value it has and what it means."""

    def __init__(self, *args: Any, definition: ScenarioDefinition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in definition.parameters.items():
            told: dict[str, Any] = {"label": name, "help_text": definition.meanings.get(name, "")}
            if isinstance(value, list):
                field: forms.Field = forms.CharField(
                    initial=", ".join(value), widget=forms.Textarea(attrs={"rows": 2}), **told
                )
            elif isinstance(value, str):
                field = forms.CharField(initial=value, max_length=200, **told)
            else:
                field = forms.FloatField(initial=value, **told)
            self.fields[f"p_{name}"] = field
        self._lists = {name for name, value in definition.parameters.items() if isinstance(value, list)}

    def values(self) -> dict[str, Any]:
        """The values by parameter; a list is divided at its commas."""
        given = {name.removeprefix("p_"): value for name, value in self.cleaned_data.items()}
        return {
            name: [part.strip() for part in value.split(",") if part.strip()] if name in self._lists else value
            for name, value in given.items()
        }


class ScenarioFilterForm(forms.Form):
    """What narrows the list of scenarios."""

    domain = forms.ChoiceField(required=False, label="Domain")
    state = forms.ChoiceField(choices=[("", "Any state"), *ScenarioState.choices], required=False, label="State")
    severity = forms.ChoiceField(choices=[("", "Any severity"), *Severity.choices], required=False, label="Severity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [("", said("Any domain")), *((code, code.capitalize()) for code in domains())]  # type: ignore[attr-defined]
