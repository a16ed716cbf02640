"""Input shapes of named lists."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from core.words import said
from monitoring.enums import ListHolds
from monitoring.list_values import ReadValues, read_values

_MOST_BYTES = 10 * 1024**2


class ListForm(forms.Form):
    name = forms.RegexField(
        r"^[a-z][a-z0-9_]{1,39}$", label="Name in rules", help_text="Lower-case letters, digits and _, such as high_risk_countries"
    )  # fmt: skip
    title = forms.CharField(max_length=120)
    holds = forms.ChoiceField(choices=ListHolds.choices, help_text="Countries are kept by their code and checked")
    purpose = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    source = forms.CharField(max_length=200, required=False, help_text="The publication or decision that it comes from")


class DayForm(forms.Form):
    in_force_from = forms.DateField(
        required=False, label="In force from", widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The first day, which may lie behind or ahead; empty: from its approval on",
    )  # fmt: skip


class EntriesForm(forms.Form):
    """Values typed or pasted, or a file of them."""

    values = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}), label="Values",
        help_text="One a line; or CSV: value, note",
    )  # fmt: skip
    file = forms.FileField(required=False, label="or a CSV file", help_text="At most 10 MB, UTF-8")

    def __init__(self, *args: Any, holds: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._holds = holds

    def clean(self) -> dict[str, Any]:
        """Adds `read`: what is good. What is not is told and keeps the rest from being taken."""
        cleaned = super().clean() or {}
        file: UploadedFile[bytes] | None = cleaned.get("file")
        if file is not None and (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError("This file is larger than 10 MB.")
        try:
            text = file.read().decode() if file is not None else cleaned.get("values", "")
        except UnicodeDecodeError:
            raise forms.ValidationError("This file is not UTF-8 text.") from None
        read = read_values(text, self._holds)
        if not read.entries and not read.refused:
            raise forms.ValidationError("Type, paste or choose at least one value.")
        if read.refused:
            raise forms.ValidationError(
                [said("Line {line} {reason}", line=line, reason=reason) for line, reason in read.refused[:10]]
            )
        return {**cleaned, "read": read}

    @property
    def read(self) -> ReadValues:
        """The values of a valid form."""
        found: ReadValues = self.cleaned_data["read"]
        return found
