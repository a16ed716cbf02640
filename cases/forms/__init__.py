"""Input shapes of the case pages."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from cases.enums import CaseStatus, DecisionKind
from cases.selectors import FilterChoices, reason_codes
from core.words import said


def _reason_choices() -> list[tuple[str, str]]:
    return [("", said("Choose a reason")), *((row.code, row.sentence) for row in reason_codes())]


class OwnIdsForm(forms.Form):
    """Several forms stand on the case page: the ids of each begin with its own word."""

    word = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.word}_%s"} | kwargs)


class ProposalForm(OwnIdsForm):
    word = "proposal"
    kind = forms.ChoiceField(choices=[("", said("Choose a decision")), *DecisionKind.choices], label="Decision")
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


class QueueFilterForm(forms.Form):
    """What narrows the queue. All of it stands in the URL; nothing of it is personal."""

    status = forms.ChoiceField(required=False)
    queue = forms.ChoiceField(required=False)
    scenario = forms.ChoiceField(required=False)
    watchlist = forms.ChoiceField(required=False, label="List")
    rating = forms.ChoiceField(required=False)
    country = forms.CharField(
        required=False, max_length=2, widget=forms.TextInput(attrs={"placeholder": said("such as DE")})
    )
    assignee = forms.ChoiceField(required=False)
    tag = forms.ChoiceField(required=False)
    amount_from = forms.DecimalField(required=False, min_value=0, label="Amount from")
    amount_to = forms.DecimalField(required=False, min_value=0, label="Amount to")
    older_than = forms.IntegerField(required=False, min_value=0, max_value=9999, label="Older than (days)")
    sort = forms.ChoiceField(required=False, label="Order")

    def __init__(self, *args: Any, choices: FilterChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "filter_%s"
        told = {"status": CaseStatus.choices, "rating": _RATINGS, "sort": _SORTS, **vars(choices)}
        for name, known in told.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", said("Any") if name != "sort" else said("Priority")), *known]

    def chips(self) -> list[tuple[str, str, str]]:
        """(label, value in words, the query without it) of each filter that is set."""
        set_ = {name: self.data[name] for name in ("view", *self.fields) if self.data.get(name)}
        found = []
        for name in set_.keys() - {"view", "sort"}:
            words = dict(getattr(self.fields[name], "choices", []))
            rest = urlencode({key: value for key, value in set_.items() if key != name})
            found.append((str(self[name].label), str(words.get(set_[name], set_[name])), rest))
        return sorted(found)


_RATINGS = [("high", said("High")), ("medium", said("Medium")), ("low", said("Low")), ("unrated", said("Not rated"))]
_SORTS = [
    ("due", said("Due first")), ("amount", said("Largest amount")), ("linked", said("Most linked")), ("oldest", said("Oldest")),
    ("newest", said("Newest")),
]  # fmt: skip


class BulkForm(forms.Form):
    """What is done to the chosen cases; each verb takes what it needs and says what is missing."""

    assignee = forms.ChoiceField(required=False, label="To")
    queue_id = forms.ChoiceField(required=False, label="To the queue")
    tag = forms.CharField(required=False, max_length=40, label="Tag them as")
    until = forms.DateTimeField(required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    snooze_reason = forms.CharField(required=False, max_length=300, label="Why")
    escalate_reason = forms.CharField(required=False, max_length=300, label="Why")
    reason_code = forms.ChoiceField(required=False, label="Reason")
    rationale = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, choices: FilterChoices, dismissals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "bulk_%s"
        people = [choice for choice in choices.assignee if choice[0] not in {"me", "nobody"}]
        told = {"assignee": people, "queue_id": choices.queue, "reason_code": dismissals}
        for name, known in told.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", said("Choose")), *known]


class SavedViewForm(forms.Form):
    title = forms.CharField(max_length=60, label="Name of the view")
    is_shared = forms.BooleanField(required=False, label="Everybody may use it")
