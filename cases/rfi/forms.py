"""Input shapes of requests for information."""

from typing import Any

from django import forms
from django.forms import formset_factory

from cases.rfi.enums import ItemKind


class ItemForm(forms.Form):
    """One row; a row without words asks for nothing."""

    kind = forms.ChoiceField(choices=ItemKind.choices, label="What kind")
    wanted = forms.CharField(max_length=300, required=False, label="What is wanted")


ItemFormSet = formset_factory(ItemForm, extra=4, max_num=20)


class RequestForm(forms.Form):
    email = forms.EmailField(required=False, label="Send to", help_text="empty: you hand the link over yourself")
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    answer = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), label="Your answer")


class FileForm(forms.Form):
    file = forms.FileField(
        label="Your file", help_text="PDF, JPEG, PNG, TIFF or WebP, at most 20 MB",
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )  # fmt: skip


class PolicyForm(forms.Form):
    pauses_sla = forms.BooleanField(required=False, label="The case's deadline waits while the customer is asked")
    valid_days = forms.IntegerField(min_value=2, max_value=90, label="Days the link is valid")
    remind_after_days = forms.IntegerField(min_value=1, max_value=89, label="Days until the reminder")


def items_of(formset: Any) -> list[dict[str, str]]:
    """The rows that ask for something."""
    return [row for row in formset.cleaned_data if row.get("wanted", "").strip()]
