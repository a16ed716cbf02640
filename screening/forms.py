"""Input shapes of the screening pages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from django import forms

from core.words import said
from screening.enums import REASONS_FOR, HitDisposition, HitReason, ListKind
from screening.lists.base import SCHEMAS, formats
from screening.matching.sweep import THRESHOLDS
from screening.selectors import IN_FORCE


class DispositionForm(forms.Form):
    """`back` is the address to go on with once no hit of the customer is open."""

    disposition = forms.ChoiceField(choices=HitDisposition.choices, widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(choices=HitReason.choices, label="Reason", widget=forms.RadioSelect)
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), min_length=5)
    back = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A reason must fit the disposition: a true match is not explained by another birth date."""
        data: dict[str, Any] = super().clean() or {}
        disposition, reason = data.get("disposition"), data.get("reason_code")
        if disposition and reason and reason not in REASONS_FOR[HitDisposition(disposition)]:
            self.add_error("reason_code", said("This reason does not fit the disposition."))
        return data


def _format_choices() -> list[tuple[str, str]]:
    return [(code, item.title) for code, item in formats().items()]


class ImportForm(forms.Form):
    """One XML, CSV or JSON file; a list published as several files is sent as a ZIP archive of them."""

    format = forms.ChoiceField(choices=_format_choices)
    name = forms.CharField(max_length=120, required=False, help_text="empty: the format's own title")
    kind = forms.ChoiceField(choices=[("", said("as usual for the format")), *ListKind.choices], required=False)
    file = forms.FileField(help_text="for OFAC a ZIP archive of sdn.csv, alt.csv and add.csv")


class SourceForm(forms.Form):
    """Where a list is fetched from and how often."""

    name = forms.CharField(max_length=120)
    format = forms.ChoiceField(choices=_format_choices)
    kind = forms.ChoiceField(choices=[("", said("as usual for the format")), *ListKind.choices], required=False)
    location = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), label="Addresses",
        help_text="one a line, as the issuer publishes the files; or a name in the folder of lists",
    )  # fmt: skip
    every_hours = forms.IntegerField(min_value=1, max_value=24 * 30, label="Fetch every … hours")
    activates_itself = forms.BooleanField(
        required=False, label="Activate at once", help_text="a doubtful version waits for an approval in any case"
    )
    is_enabled = forms.BooleanField(required=False, label="Fetch this list")


class OwnListForm(forms.Form):
    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=ListKind.choices, initial=ListKind.INTERNAL)


class EntryForm(forms.Form):
    """An entry of a list of one's own, or its end. Several values stand one a line."""

    MANY = ("aliases", "weak_aliases", "birth_dates", "countries", "id_numbers", "addresses", "programs")

    source_id = forms.CharField(max_length=120, label="Id")
    removes = forms.BooleanField(required=False, label="Take this entry off the list")
    schema = forms.ChoiceField(choices=[(name, name) for name in SCHEMAS], required=False, initial=SCHEMAS[0])
    name = forms.CharField(max_length=500, required=False)
    gender = forms.ChoiceField(
        choices=[("", said("not known")), ("female", said("Female")), ("male", said("Male"))], required=False
    )
    remarks = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    expires_on = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="Last day")
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), min_length=5, label="Reason of this change")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.MANY:
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[name] = forms.CharField(widget=widget, required=False, help_text="one a line")
        self.order_fields(["source_id", "removes", "schema", "name", *self.MANY])

    def told(self) -> dict[str, Any]:
        """The arguments of `propose_entry`."""
        data = self.cleaned_data
        facts = {name: [line.strip() for line in data[name].splitlines() if line.strip()] for name in self.MANY}
        facts |= {name: data[name] for name in ("schema", "name", "gender", "remarks")}
        return {name: data[name] for name in ("source_id", "removes", "expires_on", "reason")} | {"facts": facts}


class MediaForm(forms.Form):
    disposition = forms.ChoiceField(choices=HitDisposition.choices)
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), min_length=5)


class SweepForm(forms.Form):
    """Which threshold is sampled, over which period; what an address does not say, or says wrongly, is the usual."""

    raise_at = forms.TypedChoiceField(
        choices=[(str(value), str(value)) for value in THRESHOLDS], coerce=Decimal, label="Raise from"
    )
    days = forms.TypedChoiceField(
        choices=[("30", said("30 days")), ("90", said("90 days")), ("365", said("A year"))], coerce=int, label="Period"
    )

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Self:
        """The valid form for what an address says."""
        usual = {"raise_at": str(IN_FORCE), "days": "90"}
        form = cls(usual | {name: told[name] for name in usual if name in told})
        if not form.is_valid():
            form = cls(usual | {name: told[name] for name in usual if name in told and name not in form.errors})
            form.full_clean()
        return form
