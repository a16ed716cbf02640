"""Input shapes of the case pages."""

from django import forms

from cases.enums import DecisionKind
from cases.selectors import reason_codes


def _reason_choices() -> list[tuple[str, str]]:
    return [("", "Choose a reason"), *((row.code, row.sentence) for row in reason_codes())]


class ProposalForm(forms.Form):
    kind = forms.ChoiceField(choices=[("", "Choose a decision"), *DecisionKind.choices], label="Decision")
    reason_code = forms.ChoiceField(choices=_reason_choices, label="Reason")
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), min_length=10)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(forms.Form):
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300)


class SnoozeForm(ReasonForm):
    until = forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class CommentForm(forms.Form):
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), label="Comment")
