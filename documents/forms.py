"""Input shapes of the documents pages."""

from typing import Any

import pycountry
from django import forms

from core.exceptions import ProbityError
from core.places import country_name
from core.words import said
from documents.enums import DocumentType
from documents.extraction.fields_known import FIELD_NAMES, TYPES
from documents.extraction.rules import ANY, KINDS

_COUNTRIES = [
    ("", said("any country")),
    *sorted(((c.alpha_2, country_name(c.alpha_2) or c.name) for c in pycountry.countries), key=lambda pair: pair[1]),
]
_TYPES = [(kind, DocumentType(kind).label) for kind in TYPES]
_FIELDS = [(name, name.replace("_", " ").capitalize()) for name in FIELD_NAMES]
_SPARE_ROWS = 2


class CorrectionForm(forms.Form):
    value = forms.CharField(max_length=500)
    reason = forms.CharField(max_length=300)


class ReviewForm(forms.Form):
    """Why a document is taken as good, or is not; `back` is the address one came from."""

    reason = forms.CharField(max_length=300)
    back = forms.CharField(required=False)


class UploadForm(forms.Form):
    file = forms.FileField(error_messages={"empty": said("The file is empty.")})
    next = forms.CharField(required=False)


class RuleForm(forms.Form):
    """One rule as a row."""

    document_type = forms.ChoiceField(choices=[(ANY, said("Any document")), *_TYPES], initial=ANY, label="Document")
    country = forms.ChoiceField(choices=_COUNTRIES, required=False, label="Issued by")
    kind = forms.ChoiceField(
        choices=[(kind, told) for kind, (told, _) in KINDS.items()], initial="pattern", label="Demands that"
    )
    field = forms.ChoiceField(choices=[("", said("no value")), *_FIELDS], required=False, label="Value looked at")
    value = forms.CharField(max_length=200, required=False, label="Pattern or number", strip=False)
    sentence = forms.CharField(max_length=200, label="What a reviewer reads where it is broken")


RuleFormSet = forms.formset_factory(RuleForm, extra=_SPARE_ROWS, can_delete=True, max_num=300)


def put_back(rows: forms.BaseFormSet[RuleForm], error: ProbityError) -> None:
    """Each fault at its row and part (`/3/value`), the rest above the rows."""
    kept = [form for form in rows if _is_kept(form)]
    for fault in error.faults:
        number, _, part = fault.pointer.strip("/").partition("/")
        if number.isdecimal() and int(number) < len(kept):
            kept[int(number)].add_error(
                part if part in RuleForm.base_fields else None, said("This {message}.", message=fault.message)
            )
        else:
            rows.non_form_errors().append(said("The list {message}.", message=fault.message))


def rules_of_rows(rows: forms.BaseFormSet[RuleForm]) -> list[dict[str, str]]:
    """The rows that are filled and not marked for removal, as the service takes them."""
    return [{name: form.cleaned_data[name] for name in RuleForm.base_fields} for form in rows if _is_kept(form)]


def _is_kept(form: Any) -> bool:
    return bool(form.cleaned_data.get("sentence")) and not form.cleaned_data.get("DELETE")


class TryForm(forms.Form):
    """A document with one value, to see what the rules say."""

    document_type = forms.ChoiceField(choices=_TYPES, label="Document")
    country = forms.ChoiceField(choices=_COUNTRIES, required=False, label="Issued by")
    field = forms.ChoiceField(choices=_FIELDS, initial="document_number", label="Value")
    value = forms.CharField(max_length=500, label="What is printed")
