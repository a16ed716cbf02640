"""Pages of what administrators set: blueprints, the decision policy, queues, reason codes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import selectors, services
from cases.blueprints.kinds import KINDS
from cases.enums import BlueprintKind
from cases.forms import blueprints as shapes
from core.exceptions import Fault, NotFound, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said

_NEWEST = 20
_POLICY = said("Four eyes and automatic approval")


@dataclass(frozen=True)
class _Editor:
    """How one kind is edited: a form for what is there once, rows for what is there several times (under `key`)."""

    form: type[forms.Form] | None = None
    row: type[forms.Form] | None = None
    key: str = ""
    to_initial: Callable[[dict[str, Any]], dict[str, Any]] = dict


def _calendar_initial(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **row["hours"], "holidays": "\n".join(row["holidays"])}


_EDITORS = {
    BlueprintKind.CALENDARS: _Editor(row=shapes.CalendarRow, key="calendars", to_initial=_calendar_initial),
    BlueprintKind.DEADLINES: _Editor(row=shapes.DeadlineRow, key="rows"),
    BlueprintKind.PRIORITY: _Editor(form=shapes.PriorityForm),
    BlueprintKind.CHECKLISTS: _Editor(row=shapes.ChecklistRow, key="items"),
    BlueprintKind.ASSIGNMENT: _Editor(form=shapes.AssignmentForm),
}
_EYES = _Editor(form=shapes.DecisionPolicyForm, row=shapes.EyesRow, key="four_eyes")


@requires(Permission.POLICY_EDIT)
def blueprint_list(request: HttpRequest) -> HttpResponse:
    """Everything that administrators set about cases, with the version in force."""
    kinds = [(item, selectors.blueprint_versions(item.kind).first()) for item in KINDS.values()]
    context = {
        "kinds": kinds, "policy": services.policy_in_force(), "queues": selectors.queues_with_counts(),
        "reasons": selectors.all_reason_codes(), "formula": selectors.blueprints_in_force().priority.formula,
    }  # fmt: skip
    return render(request, "cases/blueprint_list.html", context)


@requires(Permission.POLICY_EDIT)
def blueprint_edit(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of blueprint; publishing makes a new version, faults say where they are."""
    if kind not in BlueprintKind.values:
        raise NotFound("There is no such blueprint.")
    chosen = BlueprintKind(kind)

    def publish(body: dict[str, Any]) -> int:
        return services.publish_blueprint(kind=chosen, body=body, by=actor_of(request)).number

    context = {
        "title": chosen.label, "sentence": KINDS[chosen].sentence, "versions": selectors.blueprint_versions(chosen)[:_NEWEST],
        "formula": selectors.blueprints_in_force().priority.formula if chosen == BlueprintKind.PRIORITY else "",
    }  # fmt: skip
    return _edit(request, _EDITORS[chosen], selectors.body_in_force(chosen), publish, context)


@requires(Permission.POLICY_EDIT)
def policy_edit(request: HttpRequest) -> HttpResponse:
    """The decision policy: what is approved without a person, who approves what, how many."""
    policy = services.policy_in_force()

    def publish(body: dict[str, Any]) -> int:
        return services.publish_decision_policy(rules=body, by=actor_of(request)).number

    sentence = said("The first row that fits a decision counts; without one, one other person approves.")
    context = {"title": _POLICY, "sentence": sentence, "versions": selectors.decision_policies()[:_NEWEST]}
    return _edit(request, _EYES, {"four_eyes": [], **policy.rules}, publish, context)


def _edit(
    request: HttpRequest, editor: _Editor, body: dict[str, Any], publish: Callable[[dict[str, Any]], int],
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    data = request.POST if request.method == "POST" else None
    form = editor.form(data, body=body) if editor.form else None  # type: ignore[call-arg]
    rows = None
    if editor.row:
        initial = [editor.to_initial(row) for row in body[editor.key]]
        rows = shapes.rows_formset(editor.row)(data, initial=initial, prefix="row")
    faults: list[str] = []
    if data is not None and all(part.is_valid() for part in (form, rows) if part is not None):
        told = shapes.rows_from(rows) if rows is not None else []
        try:
            number = publish(form.as_body(told) if form is not None else {editor.key: told})  # type: ignore[attr-defined]
            messages.success(request, said("Version {number} is in force.", number=number))
            return redirect("cases:blueprint_list")
        except ProbityError as error:
            faults = [_in_words(fault) for fault in error.faults] or [error.message]
    status = 422 if data is not None else 200
    context = {**context, "form": form, "rows": rows, "faults": faults}
    return render(request, "cases/blueprint_edit.html", context, status=status)


def _in_words(fault: Fault) -> str:
    """`/rows/1/hours` as “row 2, hours”."""
    parts = fault.pointer.strip("/").split("/")
    places = [said("row {value}", value=int(part) + 1) if part.isdigit() else part.replace("_", " ") for part in parts]
    where = ", ".join(places[1:] if len(places) > 1 and parts[1].isdigit() else places)
    return f"{where}: {fault.message}. {fault.suggestion}".strip()


@requires(Permission.POLICY_EDIT)
def queue_edit(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """A queue, its deadline, business hours and team; without an id a new one."""
    queue = selectors.queue_for(pk) if pk else None
    names = ("name", "sla_hours", "calendar", "auto_assign")
    initial = {name: getattr(queue, name) for name in names} if queue else {}
    team = {str(row.person_id): row.cap for row in selectors.members_of(queue)} if queue else {}
    calendars = selectors.blueprints_in_force().calendars.by_code.items()
    form = shapes.QueueForm(
        request.POST or None, initial=initial, team=team, people=selectors.assignable_people(),
        calendars=[(code, calendar.title) for code, calendar in calendars],
    )  # fmt: skip

    def save() -> object:
        data = {name: form.cleaned_data[name] for name in names}
        return services.save_queue(queue_id=pk, **data, members=form.members(), by=actor_of(request))

    return _row_page(request, form, save, queue.name if queue else said("A new queue"))


@requires(Permission.POLICY_EDIT)
def reason_edit(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """A reason code; without an id a new one. The code of one that exists stays."""
    reason = selectors.reason_code_for(pk) if pk else None
    names = ("code", "sentence", "kinds", "is_active", "alert_disposition", "alert_reason")
    initial = {name: getattr(reason, name) for name in names} if reason else {}
    form = shapes.ReasonCodeForm(request.POST or None, initial=initial)
    form.fields["code"].disabled = reason is not None

    def save() -> object:
        return services.save_reason_code(reason_id=pk, **form.cleaned_data, by=actor_of(request))

    return _row_page(request, form, save, reason.sentence if reason else said("A new reason"))


def _row_page(request: HttpRequest, form: forms.Form, save: Callable[[], object], title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
            messages.success(request, "It is saved.")
            return redirect("cases:blueprint_list")
        except ProbityError as error:
            add_faults(form, error)
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/blueprint_edit.html", {"form": form, "title": title, "faults": []}, status=status)
