"""Input shapes of the screening pages."""

from django import forms

from screening.enums import HitDisposition, HitReason
from screening.lists.base import formats


class DispositionForm(forms.Form):
    disposition = forms.ChoiceField(choices=HitDisposition.choices)
    reason_code = forms.ChoiceField(choices=HitReason.choices, label="Reason")
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), min_length=5)


def _format_choices() -> list[tuple[str, str]]:
    return [(code, item.title) for code, item in formats().items()]


class ImportForm(forms.Form):
    """One XML or CSV file; a list published as several CSV files is sent as a ZIP archive of them."""

    format = forms.ChoiceField(choices=_format_choices)
    name = forms.CharField(max_length=120, required=False, help_text="empty: the format's own title")
    file = forms.FileField(help_text="XML or CSV; for OFAC a ZIP archive of sdn.csv, alt.csv and add.csv")
    approve_volume = forms.BooleanField(required=False, label="Accept an unusual number of entries")
