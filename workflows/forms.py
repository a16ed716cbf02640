"""Input shapes of the workflow pages."""

from collections.abc import Iterable
from typing import Any

from django import forms

from core.words import said
from workflows.engine.registry import action_names
from workflows.enums import RunState


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class DraftForm(forms.Form):
    """A definition's text, what changes by it, and the mark of the version that the person began with."""

    seen = forms.CharField(max_length=60, widget=forms.HiddenInput())
    text = forms.CharField(max_length=200_000, strip=False, widget=forms.HiddenInput())
    note = forms.CharField(max_length=300, required=False, label="What changes, and why")


class NameForm(forms.Form):
    name = forms.CharField(max_length=120)


class AboutForm(forms.Form):
    about = forms.CharField(
        max_length=100, required=False, help_text="A case's number, a customer's reference or an id"
    )


class StartForm(forms.Form):
    about = forms.CharField(
        max_length=100, required=False, help_text="A case's number or a customer's reference; empty for neither"
    )


class RunFilterForm(forms.Form):
    """What the list of runs is narrowed by; every field may be empty."""

    state = forms.ChoiceField(choices=[("", said("Any state")), *RunState.choices], required=False)
    workflow = forms.ChoiceField(required=False)
    version = forms.IntegerField(min_value=1, required=False)
    about = forms.CharField(max_length=100, required=False, help_text="A case, a customer's reference or an id")
    since = forms.DateField(required=False, widget=_day())
    until = forms.DateField(required=False, widget=_day())
    action = forms.ChoiceField(required=False, label="Failed at")

    def __init__(self, data: Any, workflows: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self._choices("workflow").choices = [("", said("Any workflow")), *workflows]
        self._choices("action").choices = [("", said("Any action")), *((name, name) for name in action_names())]

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300)
