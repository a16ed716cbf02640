"""Forms made from the typed data of a filing: one field each, with its title, hint and codes; rows as form sets."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from django import forms
from django.forms import formset_factory
from pydantic.fields import FieldInfo

from cases.filings.enums import FilingKind
from cases.filings.form.shapes import Shape
from cases.filings.formats.base import Choices
from core.clock import today
from core.words import said

_EMPTY_ROWS = 1
_WORDS = {"ssn": "SSN or ITIN", "ein": "EIN", "foreign_tax": "Tax number, foreign", "": "–"}
_PARAGRAPHS = {"text", "action"}
Codes = Mapping[str, Choices]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Lines as a list without empty ones."""
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


def _kind(info: FieldInfo) -> tuple[Any, Any]:
    """(bare type, its argument): `str`, `date`, `Literal[...]` as (Literal, values), `list[x]` as (list, x)."""
    bare: Any = info.annotation
    if get_origin(bare) in {Union, UnionType}:
        bare = next(item for item in get_args(bare) if item is not NoneType)
    while hasattr(bare, "__metadata__"):
        bare = bare.__origin__
    origin = get_origin(bare)
    return (origin, get_args(bare)) if origin in {Literal, list} else (bare, None)


def _extra(info: FieldInfo) -> dict[str, Any]:
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _choice_words(values: Any) -> list[tuple[str, str]]:
    return [(value, _WORDS.get(value, value.replace("_", " ").capitalize())) for value in values]


def field_for(name: str, info: FieldInfo, codes: Codes) -> forms.Field | None:
    """The form's field; None for what is edited elsewhere or not at all."""
    bare, argument = _kind(info)
    told: dict[str, Any] = {"required": False, "label": info.title or name, "help_text": info.description or ""}
    listed = _extra(info).get("choices")
    if _extra(info).get("hidden") or bare is int or (isinstance(bare, type) and issubclass(bare, Shape)):
        return None
    if bare is list:
        return _list_field(argument[0], codes.get(listed, {}) if listed else None, told)
    if listed and codes.get(listed):
        return forms.ChoiceField(
            choices=[("", "–"), *((code, f"{code} {words}") for code, words in codes[listed].items())], **told
        )
    if bare is Literal:
        return forms.ChoiceField(choices=_choice_words(argument), **told)
    return _plain_field(name, bare, info, told)


def _plain_field(name: str, bare: Any, info: FieldInfo, told: dict[str, Any]) -> forms.Field:
    if bare is bool:
        return forms.BooleanField(**told)
    if bare is date:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **told)
    if bare is Decimal:
        return forms.DecimalField(min_value=Decimal(0), max_digits=18, decimal_places=3, **told)
    most = next((item.max_length for item in info.metadata if isinstance(item, MaxLen)), None)
    widget = forms.Textarea(attrs={"rows": 22 if name == "text" else 4}) if name in _PARAGRAPHS else forms.TextInput()
    return forms.CharField(max_length=most, widget=widget, **told)


def _list_field(of: Any, codes: Choices | None, told: dict[str, Any]) -> forms.Field | None:
    if isinstance(of, type) and issubclass(of, Shape):
        return None
    if get_origin(of) is Literal:
        return forms.MultipleChoiceField(
            choices=_choice_words(get_args(of)), widget=forms.CheckboxSelectMultiple, **told
        )
    if codes:
        chosen = [(code, f"{words} ({code})") for code, words in codes.items()]
        return forms.MultipleChoiceField(choices=chosen, widget=forms.CheckboxSelectMultiple, **told)
    return LinesField(**told)


def form_class(shape: type[Shape], codes: Codes) -> type[forms.Form]:
    """A form of the shape's own fields; nothing in it is required, for a draft is kept as it is."""
    made = {name: field_for(name, info, codes) for name, info in shape.model_fields.items()}
    return type(f"{shape.__name__}Form", (forms.Form,), {name: field for name, field in made.items() if field})


def rows_of_shape(shape: type[Shape]) -> dict[str, type[Shape]]:
    """The fields of a shape that are lists of rows."""
    found = {name: _kind(info) for name, info in shape.model_fields.items() if not _extra(info).get("hidden")}
    return {
        name: argument[0]
        for name, (bare, argument) in found.items()
        if bare is list and isinstance(argument[0], type) and issubclass(argument[0], Shape)
    }


def parts_of_shape(shape: type[Shape]) -> dict[str, type[Shape]]:
    """The fields of a shape that are shapes themselves."""
    found = {name: _kind(info)[0] for name, info in shape.model_fields.items()}
    return {name: bare for name, bare in found.items() if isinstance(bare, type) and issubclass(bare, Shape)}


class SectionForms:
    """Everything that edits one shape: its own form, a form for each part, a form set for each list of rows."""

    def __init__(self, shape: type[Shape], codes: Codes, value: dict[str, Any], posted: Any = None) -> None:
        self._shape, self._value = shape, value
        self.own = form_class(shape, codes)(posted, initial=value, prefix="own")
        self.parts = {
            name: form_class(part, codes)(posted, initial=value.get(name) or {}, prefix=name)
            for name, part in parts_of_shape(shape).items()
        }
        self.rows = {
            name: formset_factory(form_class(row, codes), extra=_EMPTY_ROWS, max_num=50, can_delete=True)(
                posted, initial=value.get(name) or [], prefix=name
            )
            for name, row in rows_of_shape(shape).items()
        }

    def is_valid(self) -> bool:
        """True where every form is."""
        parts = [part.is_valid() for part in self.parts.values()]
        return all([self.own.is_valid(), *parts, *(rows.is_valid() for rows in self.rows.values())])

    def cleaned(self) -> dict[str, Any]:
        """The shape's data; rows that say nothing, and those marked to be removed, are left out."""
        kept = {name: value for name, value in self._value.items() if name not in {*self.parts, *self.rows}}
        told = kept | _filled(self.own.cleaned_data)
        told |= {name: _filled(form.cleaned_data) for name, form in self.parts.items()}
        for name, rows in self.rows.items():
            cleaned = [
                _filled(row.cleaned_data) for row in rows if row.cleaned_data and not row.cleaned_data.get("DELETE")
            ]
            told[name] = [row for row in cleaned if any(row.values())]
        return told

    def tell(self, faults: list[tuple[str, str]]) -> None:
        """Puts each fault (`addresses/0/city`, sentence) at its field, where there is one."""
        fields = {f"{form.prefix}/{name}": form[name] for form in self.parts.values() for name in form.fields}
        fields |= {name: self.own[name] for name in self.own.fields}
        for name, rows in self.rows.items():
            fields |= {f"{name}/{place}/{field}": row[field] for place, row in enumerate(rows) for field in row.fields}
        for pointer, sentence in faults:
            field = fields.get(pointer) or fields.get(pointer.rpartition("/")[0])
            if field is not None:
                field.told = [*getattr(field, "told", []), sentence]  # type: ignore[attr-defined]


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "DELETE"}


class NewFilingForm(forms.Form):
    """Which receiver a report about a case is for."""

    profile = forms.ChoiceField(label="Receiver")

    def __init__(self, profiles: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = profiles  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), label="Reason")


class DetectionForm(forms.Form):
    detected_on = forms.DateField(
        label="Concluded that there is reason to suspect on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class FiledForm(forms.Form):
    filed_on = forms.DateField(
        label="Filed on", initial=today, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    receiver_number = forms.CharField(required=False, max_length=40, label="The receiver's number, where it is known")


class AnswerForm(forms.Form):
    file = forms.FileField(
        required=False, label="The receiver's file", widget=forms.FileInput(attrs={"accept": ".xml"})
    )
    number = forms.CharField(required=False, max_length=40, label="Or by hand: the receiver's number (BSA identifier)")
    rejected = forms.BooleanField(required=False, label="The receiver rejected it")
    remark = forms.CharField(required=False, max_length=1000, label="What it said")


class FollowForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[choice for choice in FilingKind.choices if choice[0] != FilingKind.INITIAL], label="What comes next"
    )


def _object(value: object) -> None:
    if not isinstance(value, dict):
        raise forms.ValidationError(said("This is names with values: {example}", example='{"name": "value"}'))


class ProfileForm(forms.Form):
    """A receiver; the particulars of our institution are a form of their own beside it."""

    code = forms.SlugField(max_length=40, label="Short name", help_text="letters, digits and hyphens; it stays")
    title = forms.CharField(max_length=120, label="Title")
    schema = forms.FileField(required=False, label="The receiver's schema (XSD)", help_text="empty: the last one stays")
    codes = forms.JSONField(
        required=False,
        validators=[_object],
        label="Code lists",
        help_text='{"indicators": {"CODE": "words"}, "reports": {…}}',
    )
    defaults = forms.JSONField(
        required=False,
        validators=[_object],
        label="Values where a report says nothing",
        help_text='{"submission_code": "E", "gender": "-"}',
    )
    deadline_days = forms.IntegerField(
        min_value=0, max_value=365, initial=0, label="Days to file", help_text="0: the format's own rule"
    )


def version_of(posted: Any) -> int | None:
    """The version that the page was made from, as its form sent it."""
    seen = posted.get("version", "")
    return int(seen) if str(seen).isdecimal() else None
