"""Looking for conditions that nobody tells: deadlines, stale lists, silent providers, gaps of coverage. Periodic tasks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from accounts.selectors import people_who_may
from cases.models import Case
from cases.selectors import case_with_id, cases_near_deadline, cases_past_deadline, members_of
from core.clock import now
from core.permissions import Permission
from notifications.models import Condition
from notifications.services.conditions import begin_condition, end_condition
from screening.selectors import customers_left_unscreened, list_ages, providers_down

_PATIENCE = timedelta(days=1)


@dataclass(frozen=True)
class Wrong:
    """What a condition tells when it begins."""

    path: str
    data: Mapping[str, Any]
    concerned: list[User] = field(default_factory=list)
    queue_id: UUID | None = None


def watch_deadlines() -> None:
    """Tells of cases near their deadline and past it, once each; a case that is done or moved is right again."""
    _settle("sla.warning", {_key("sla.warning", pk): pk for pk in cases_near_deadline()}, _case_wrong)
    _settle("sla.breached", {_key("sla.breached", pk): pk for pk in cases_past_deadline()}, _case_late)


def watch_screening() -> None:
    """Tells of lists that went stale, providers that do not answer, and customers left unscreened for a day."""
    stale = {_key("list.stale", age.id): age for age in list_ages() if age.late}
    _settle("list.stale", stale, lambda age: Wrong(
        reverse("screening:list_detail", args=[age.id]), {"list": {"id": str(age.id), "name": age.name}}
    ))  # fmt: skip
    down = {_key("provider.down", row.pk): row for row in providers_down()}
    _settle("provider.down", down, lambda row: Wrong(
        reverse("screening:list_list"), {"provider": {"id": str(row.pk), "name": row.name}}
    ))  # fmt: skip
    waiting = customers_left_unscreened(now() - _PATIENCE)
    gap = {"coverage.gap": waiting} if waiting else {}
    _settle("coverage.gap", gap, lambda count: Wrong(reverse("screening:list_list"), {"gap": {"customers": count}}))


def _settle(event: str, found: Mapping[str, Any], describe: Callable[[Any], Wrong]) -> None:
    """Begins conditions that are new and ends those that are gone; each in a transaction of its own."""
    known = set(Condition.objects.filter(event=event, ended_at=None).values_list("key", flat=True))
    for key in found.keys() - known:
        wrong = describe(found[key])
        begin_condition(event=event, key=key, path=wrong.path, data=wrong.data, concerned=wrong.concerned,
                        queue_id=wrong.queue_id)  # fmt: skip
    for key in known - found.keys():
        end_condition(key=key)


def _key(event: str, identifier: object) -> str:
    return f"{event}:{identifier}"


def _case_wrong(case_id: UUID) -> Wrong:
    case = case_with_id(case_id)
    path = reverse("cases:case_detail", args=[case.pk])
    data = {"case": {"id": str(case.pk), "number": case.number}}
    return Wrong(path, data, _who_works(case), case.queue_id)


def _case_late(case_id: UUID) -> Wrong:
    wrong = _case_wrong(case_id)
    return Wrong(wrong.path, wrong.data, [*wrong.concerned, *people_who_may(Permission.CASE_ASSIGN)], wrong.queue_id)


def _who_works(case: Case) -> list[User]:
    """The assignee; without one the queue's team; without a team who assigns."""
    if case.assignee:
        return [case.assignee]
    team = [member.person for member in members_of(case.queue)]
    return team or list(people_who_may(Permission.CASE_ASSIGN))
