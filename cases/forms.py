"""Input shapes of the case pages."""

from typing import Any

from django import forms

from cases.enums import DecisionKind
from cases.selectors import reason_codes


def _reason_choices() -> list[tuple[str, str]]:
    return [("", "Choose a reason"), *((row.code, row.sentence) for row in reason_codes())]


class OwnIdsForm(forms.Form):
    """Several forms stand on the case page: the ids of each begin with its own word."""

    word = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.word}_%s"} | kwargs)


class ProposalForm(OwnIdsForm):
    word = "proposal"
    kind = forms.ChoiceField(choices=[("", "Choose a decision"), *DecisionKind.choices], label="Decision")
    reason_code = forms.ChoiceField(choices=_reason_choices, label="Reason")
    rationale = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), min_length=10)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(OwnIdsForm):
    word = "note"
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)


class ReasonForm(OwnIdsForm):
    word = "reason"
    reason = forms.CharField(max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SnoozeForm(ReasonForm):
    word = "snooze"
    until = forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class CommentForm(OwnIdsForm):
    word = "comment"
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}), label="Comment", help_text="@ mentions a colleague"
    )
