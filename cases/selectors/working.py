"""Reads of what people add to a case: checklist, comments, tags, who is looking, why it stands where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from cases.blueprints.priority import PriorityFacts, pressure_of
from cases.enums import DecisionKind
from cases.models import Case, CaseViewer, ChecklistTick, Tag
from cases.selectors.blueprints import Blueprints, blueprints_in_force
from cases.selectors.case import case_facts
from cases.selectors.concealing import not_concealed_from
from core.clock import now
from customers.selectors import linked_customer_ids

VIEWING = timedelta(seconds=75)


@dataclass(frozen=True)
class ChecklistLine:
    """An item of a case's checklist. `automatic` ones are ticked by the facts alone; `decisions` need it (empty: all)."""

    code: str
    sentence: str
    automatic: bool
    done: bool
    ticked_by: User | None
    decisions: tuple[str, ...]

    @property
    def needed_for(self) -> list[str]:
        """The outcomes that need it, in words; empty where every one does."""
        return [DecisionKind(kind).label for kind in self.decisions]


def checklist_for_case(case: Case) -> list[ChecklistLine]:
    """The checklist of the case with what is done."""
    ticks = {tick.code: tick.ticked_by for tick in ChecklistTick.objects.filter(case=case).select_related("ticked_by")}
    facts = case_facts(case.customer)
    return [
        ChecklistLine(
            item.code, item.sentence, bool(item.automatic),
            item.holds(facts) if item.automatic else item.code in ticks, ticks.get(item.code), item.decisions,
        )
        for item in blueprints_in_force().checklists.for_kind(case.kind)
    ]  # fmt: skip


def missing_for(case: Case, decision: str) -> list[ChecklistLine]:
    """What the checklist still needs before this decision may be proposed."""
    lines = checklist_for_case(case)
    return [line for line in lines if not line.done and (not line.decisions or decision in line.decisions)]


def tags() -> QuerySet[Tag]:
    """Every tag, by name."""
    return Tag.objects.all()


def viewers_of(case_id: UUID, besides: User | None = None) -> list[User]:
    """Who has the case open now, besides one."""
    rows = CaseViewer.objects.filter(case=case_id, seen_at__gt=now() - VIEWING).select_related("person")
    return [row.person for row in rows.order_by("created_at") if besides is None or row.person_id != besides.pk]


def linked_cases_of(case: Case, principal: Any) -> QuerySet[Case]:
    """Open cases of the customer's own other business and of customers linked to it, the most urgent first.

    Those that `principal` may know of.
    """
    customers = [case.customer_id, *linked_customer_ids(case.customer)]
    rows = Case.objects.filter(not_concealed_from(principal), customer__in=customers, needs_person_since__isnull=False)
    rows = rows.exclude(pk=case.pk)
    return rows.exclude(status="closed").select_related("customer__party", "assignee").order_by("-priority")


def facts_for_priority(case: Case) -> PriorityFacts:
    """What the case's priority rests on."""
    return PriorityFacts(case.rating, float(case.amount_flagged), case.linked_cases, case.boost)


def pressures_of(cases: Sequence[Case], known: Blueprints) -> dict[UUID, float]:
    """For each case the share of its time that is used, 0-1; no query a case (queues must be at hand)."""
    moment = now()
    at = {code: calendar.minutes_at(moment) for code, calendar in known.calendars.by_code.items()}
    told = {}
    for case in cases:
        calendar = known.calendar_of(case.queue)
        minutes = calendar.minutes_at(case.paused_since) if case.paused_since else at[calendar.code]
        told[case.pk] = pressure_of(case.clock_start, case.clock_due, minutes)
    return told


def priority_explanations(cases: Sequence[Case], blueprints: Blueprints | None = None) -> dict[UUID, str]:
    """For each case the sum that gives its priority, with its own values; no query a case (queues must be at hand)."""
    known = blueprints or blueprints_in_force()
    pressures = pressures_of(cases, known)
    return {
        case.pk: f"{known.priority.explanation(facts_for_priority(case), pressures[case.pk])} = {case.priority}"
        for case in cases
    }


def tags_starting_with(text: str) -> QuerySet[Tag]:
    """Tags to offer while one is typed."""
    return Tag.objects.filter(Q(name__startswith=text.strip().lower()))[:20]
