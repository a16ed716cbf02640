"""Input shapes of the audit pages."""

from collections.abc import Mapping

from django import forms

from audit.selectors import EntryFilter


class EntryFilterForm(forms.Form):
    """What to show of the record."""

    actor = forms.CharField(required=False, max_length=150)
    action = forms.CharField(
        required=False, max_length=80, widget=forms.TextInput(attrs={"list": "audit-actions", "autocomplete": "off"})
    )
    object_type = forms.CharField(required=False, max_length=40, label="Object")
    object_id = forms.CharField(required=False, max_length=64, label="Its id")
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def as_filter(self) -> EntryFilter:
        """The filter; parts that are not valid do not narrow, the form shows why."""
        self.is_valid()
        return EntryFilter(**{name: value for name, value in self.cleaned_data.items() if value})


def without_persons(asked: Mapping[str, str]) -> dict[str, str]:
    """What of a URL narrows the record: never who acted or on what, which belongs into no log of URLs."""
    return {name: asked[name] for name in ("action", "object_type", "since", "until") if name in asked}


class AlarmForm(forms.Form):
    """What was done about an alarm."""

    resolution = forms.CharField(max_length=300, min_length=10, label="What was found and done")
