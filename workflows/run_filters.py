"""Narrowing runs: what the list, the bulk retry's preview and the retry itself all mean by the same words in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import make_aware

from workflows.enums import StepState
from workflows.models import Run, StepRun
from workflows.selectors import about

GIVEN_UP = Q(state=StepState.DEAD) | Q(state=StepState.WAITING, failure=True)
_FAILED = GIVEN_UP | Q(state=StepState.FAILED)


@dataclass(frozen=True)
class RunFilters:
    """What of all runs is wanted. `about` is a case's number, a customer's reference or an id; `action` of a failed step."""

    state: str = ""
    workflow: str = ""
    version: int | None = None
    about: str = ""
    since: date | None = None
    until: date | None = None
    action: str = ""
    words: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def query(self) -> str:
        """The filters as they stand in a URL."""
        return urlencode(self.words)


def filters_from(cleaned: Mapping[str, Any]) -> RunFilters:
    """The filters that a checked form holds."""
    known = {name: value for name, value in cleaned.items() if value not in (None, "")}
    return RunFilters(**known, words={name: str(value) for name, value in known.items()})


def filtered_runs(filters: RunFilters) -> QuerySet[Run]:
    """The wanted runs, newest first, each with the name of the step that stopped it or waits (`stopped_at`)."""
    stopped = StepRun.objects.filter(GIVEN_UP | Q(state=StepState.WAITING), run=OuterRef("pk")).order_by("position")
    rows = Run.objects.filter(_wanted(filters, "")).select_related("version__workflow")
    if filters.action:
        rows = rows.filter(Exists(StepRun.objects.filter(_FAILED, run=OuterRef("pk"), action=filters.action)))
    return rows.annotate(stopped_at=Subquery(stopped.values("name")[:1], output_field=CharField()))


def given_up_steps(filters: RunFilters) -> QuerySet[StepRun]:
    """Steps of the wanted runs that were given up and can be tried again, the oldest first."""
    rows = StepRun.objects.filter(GIVEN_UP & _wanted(filters, "run__"))
    rows = rows.filter(action=filters.action) if filters.action else rows
    return rows.select_related("run__version__workflow").order_by("created_at")


def _wanted(filters: RunFilters, run: str) -> Q:
    """The conditions on a run; `run` is how a query reaches it."""
    told: dict[str, Any] = {
        "state": filters.state, "version__workflow_id": filters.workflow, "version__number": filters.version,
        "created_at__gte": filters.since and make_aware(datetime.combine(filters.since, time.min)),
        "created_at__lte": filters.until and make_aware(datetime.combine(filters.until, time.max)),
    }  # fmt: skip
    wanted = Q(**{f"{run}{name}": value for name, value in told.items() if value not in (None, "")})
    return wanted & about(filters.about, run) if filters.about else wanted
