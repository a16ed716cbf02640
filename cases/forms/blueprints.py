"""Input shapes of the blueprints: each gives the body that the service takes, and takes the body in force."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory

from accounts.enums import Role
from accounts.selectors import role_choices
from cases.blueprints.calendars import WEEKDAYS
from cases.blueprints.checklists import AUTOMATIC
from cases.blueprints.eyes import RATINGS, TOPICS
from cases.blueprints.priority import LEVELS, PARTS
from cases.enums import CaseKind, DecisionKind, Eyes
from core.permissions import Permission
from core.words import said
from monitoring.enums import AlertDisposition, AlertReason

Body = dict[str, Any]


def _words(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ").capitalize()) for value in values]


def _several(choices: Iterable[Any], label: str, empty: str = said("any")) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=list(choices), required=False, label=said("{label} (none chosen: {empty})", label=label, empty=empty),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class PriorityForm(forms.Form):
    """Weights count against each other: 45, 35, 10, 10 is the same as 90, 70, 20, 20."""

    full_amount = forms.FloatField(label="The amount counts in full from")
    full_links = forms.FloatField(label="Linked cases count in full from")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "full_amount": body["full_amount"], "full_links": body["full_links"]}
        for name in PARTS:
            self.fields[f"weight_{name}"] = forms.FloatField(
                label=said("Weight of {name}", name=name), initial=body["weights"][name], min_value=0, max_value=100
            )
        for level in LEVELS:
            self.fields[f"risk_{level}"] = forms.FloatField(
                label=said("Risk when {level} (0 to 1)", level=level),
                initial=body["risk"][level],
                min_value=0,
                max_value=1,
            )
        self.order_fields([*(f"weight_{name}" for name in PARTS), *(f"risk_{level}" for level in LEVELS)])

    def as_body(self, rows: list[Body]) -> Body:
        """The body as the service takes it."""
        data = self.cleaned_data
        return {
            "weights": {name: data[f"weight_{name}"] for name in PARTS},
            "risk": {level: data[f"risk_{level}"] for level in LEVELS},
            "full_amount": data["full_amount"], "full_links": data["full_links"],
        }  # fmt: skip


class AssignmentForm(forms.Form):
    lease_minutes = forms.IntegerField(label="A claim lasts (minutes) while nobody has the case open")
    return_when_lease_ends = forms.BooleanField(required=False, label="Then the case goes back to its queue by itself")
    cap = forms.IntegerField(label="Most open cases a person is given automatically")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **body}

    def as_body(self, rows: list[Body]) -> Body:
        """The body as the service takes it."""
        return dict(self.cleaned_data)


class DeadlineRow(forms.Form):
    queue = forms.CharField(required=False, max_length=80, label="Queue (empty: any)")
    from_points = forms.FloatField(min_value=0, max_value=100, label="From points (without the deadline's)")
    hours = forms.FloatField(min_value=0.25, label="Business hours")


class CalendarRow(forms.Form):
    """Hours of a day such as 09:00-17:00; empty is closed."""

    code = forms.SlugField(max_length=40)
    title = forms.CharField(max_length=200)
    time_zone = forms.CharField(max_length=60, label="Time zone")
    holidays = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4}), label="Holidays, one a line",
        help_text="2027-03-26, or 12-25 for every year",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in WEEKDAYS:
            self.fields[day] = forms.CharField(required=False, max_length=11, label=day.capitalize())

    def as_row(self) -> Body:
        """The calendar as the body has it."""
        data = self.cleaned_data
        hours = {day: data[day] for day in WEEKDAYS if data[day]}
        return {"code": data["code"], "title": data["title"], "time_zone": data["time_zone"], "hours": hours,
                "holidays": data["holidays"].split()}  # fmt: skip


class ChecklistRow(forms.Form):
    code = forms.SlugField(max_length=40)
    sentence = forms.CharField(max_length=200, label="What must be done")
    automatic = forms.ChoiceField(
        required=False,
        label="Ticked by",
        choices=[("", said("A person")), *((key, told) for key, (told, _) in AUTOMATIC.items())],
    )
    decisions = _several(DecisionKind.choices, said("Needed for"))
    kinds = _several(CaseKind.choices, said("On cases of"))


class EyesRow(forms.Form):
    decisions = _several(DecisionKind.choices, said("Decisions"))
    ratings = _several(_words(RATINGS), said("Ratings"))
    topics = _several(_words(TOPICS), said("What it is about"))
    from_amount = forms.FloatField(min_value=0, initial=0, label="From a flagged amount of")
    eyes = forms.ChoiceField(choices=Eyes.choices, initial=Eyes.ONE, label="Who must approve")
    sample_percent = forms.FloatField(min_value=0, max_value=100, required=False, label="Sample, in percent")

    def as_row(self) -> Body:
        """The row as the policy has it."""
        return {**self.cleaned_data, "sample_percent": self.cleaned_data["sample_percent"] or 0}


class DecisionPolicyForm(forms.Form):
    """What a machine may approve alone, and which roles approve what."""

    enabled = forms.BooleanField(required=False, label="Approve without a person where every condition holds")
    highest_rating = forms.ChoiceField(choices=_words(RATINGS[:3]), label="up to the rating")
    least_verified_documents = forms.IntegerField(min_value=0, label="with at least so many verified documents")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **body["automatic_approval"]}
        approvers = role_choices(Permission.DECISION_APPROVE)
        for kind in DecisionKind:
            for key, label in (
                ("approver_roles", said("approved by")),
                ("final_approver_roles", said("second approval by")),
            ):
                chosen = body.get(key, {}).get(kind, [Role.MLRO])
                self.fields[f"{key}_{kind}"] = forms.MultipleChoiceField(
                    choices=approvers, initial=chosen, label=said("{decision}: {part}", decision=said(kind.label), part=label),
                    widget=forms.CheckboxSelectMultiple,
                )  # fmt: skip

    def as_body(self, rows: list[Body]) -> Body:
        """The rules as the service takes them."""
        data = self.cleaned_data
        automatic = {name: data[name] for name in ("enabled", "highest_rating", "least_verified_documents")}
        roles = {key: {kind.value: data[f"{key}_{kind}"] for kind in DecisionKind} for key in _ROLES}
        return {"automatic_approval": automatic, "four_eyes": rows, **roles}


_ROLES = ("approver_roles", "final_approver_roles")


class QueueForm(forms.Form):
    """A queue with its team: a box and a cap for each person."""

    name = forms.CharField(max_length=80)
    sla_hours = forms.IntegerField(min_value=1, max_value=2000, label="Business hours where no deadline is set")
    calendar = forms.ChoiceField(label="Business hours of")
    auto_assign = forms.BooleanField(required=False, label="New cases go to the least loaded of the team by themselves")

    def __init__(self, *args: Any, calendars: list[tuple[str, str]], people: Any, team: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calendar = self.fields["calendar"]
        assert isinstance(calendar, forms.ChoiceField)
        calendar.choices = calendars
        self.people = {str(person.pk): person for person in people}
        for pk, person in self.people.items():
            self.fields[f"member_{pk}"] = forms.BooleanField(
                required=False, label=said("{name} is of the team", name=person.actor.name), initial=pk in team
            )
            self.fields[f"cap_{pk}"] = forms.IntegerField(
                required=False, min_value=1, max_value=1000, label=said("{name}: cap of their own", name=person.actor.name),
                initial=team.get(pk),
            )  # fmt: skip

    def members(self) -> dict[UUID, int | None]:
        """The team: a cap, or None, by person."""
        data = self.cleaned_data
        return {person.pk: data[f"cap_{pk}"] for pk, person in self.people.items() if data[f"member_{pk}"]}


class ReasonCodeForm(forms.Form):
    code = forms.SlugField(max_length=40)
    sentence = forms.CharField(max_length=200)
    kinds = forms.MultipleChoiceField(
        choices=DecisionKind.choices, label="May be given for", widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(required=False, initial=True, label="May be given from now on")
    alert_disposition = forms.ChoiceField(
        required=False, choices=[("", "–"), *AlertDisposition.choices], label="A dismissal closes alerts as"
    )
    alert_reason = forms.ChoiceField(
        required=False, choices=[("", "–"), *AlertReason.choices], label="and gives them the reason"
    )


def rows_formset(form: type[forms.Form], extra: int = 1) -> type[BaseFormSet[Any]]:
    """Rows that can be ordered and removed, with an empty one more."""
    return formset_factory(form, extra=extra, can_order=True, can_delete=True, max_num=60)


def rows_from(formset: Any) -> list[Body]:
    """What the rows say, in their order, without those removed and those left empty."""
    kept = [row for row in formset.ordered_forms if row.has_changed() or row.initial]
    plain = {"ORDER", "DELETE"}
    told = []
    for row in kept:
        row.cleaned_data = {name: value for name, value in row.cleaned_data.items() if name not in plain}
        told.append(row.as_row() if hasattr(row, "as_row") else row.cleaned_data)
    return told
