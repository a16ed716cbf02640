"""Figures of monitoring: alerts a day, what becomes of them, and what a true one costs."""

from collections import defaultdict
from datetime import date, timedelta
from statistics import fmean
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from audit.selectors import first_looks
from cases.selectors import customers_in_queue
from core.words import said
from monitoring.enums import AlertDisposition, AlertState
from monitoring.selectors import alerts_bare
from reporting.metrics.base import Figure, Metric, Row, Scope, percent

_MOST_SERIES = 8
_SAMPLE = 200
_SITTING = timedelta(hours=1)
_MINUTE = 60
_OTHERS = "others"


def _alerts(scope: Scope) -> QuerySet[Any]:
    rows = alerts_bare(scope.principal).filter(created_at__gte=scope.since)
    return rows.filter(customer__in=customers_in_queue(scope.queue)) if scope.queue else rows


def _a_day(scope: Scope) -> Metric:
    told = _alerts(scope).annotate(day=TruncDate("created_at")).values_list("day", "scenario__title")
    counts = list(told.annotate(n=Count("pk")))
    totals: dict[str, int] = defaultdict(int)
    for _, title, number in counts:
        totals[title] += number
    shown = sorted(totals, key=lambda title: -totals[title])[:_MOST_SERIES]
    cells: dict[tuple[date, str], int] = defaultdict(int)
    for day, title, number in counts:
        cells[day, title if title in shown else _OTHERS] += number
    series = [*shown, _OTHERS] if len(totals) > _MOST_SERIES else shown
    rows: list[Row] = [(day.isoformat(), *(cells[day, title] for title in series)) for day in scope.every_day]
    return Metric("alerts-a-day", "Alerts a day", ("day", *series), tuple(rows), chart="stack")


def _conversion(scope: Scope) -> Metric:
    header = ("scenario", "alerts", "decided", "suspicious", "explained", said("false positives"), said("suspicious %"))
    rows: list[Row] = []
    for row in _by_scenario(scope):
        of_decided = percent(row["suspicious"], row["decided"])
        rows.append((row["scenario__title"], row["n"], row["decided"], row["suspicious"], row["explained"],
                     row["false"], of_decided))  # fmt: skip
    return Metric(
        "conversion", "What becomes of alerts", header, tuple(rows), chart="stack", drawn=header[3:6],
        note=said("Alerts raised within the period; the share is of those that are decided."),
    )  # fmt: skip


def _by_scenario(scope: Scope) -> list[dict[str, Any]]:
    def found(disposition: AlertDisposition) -> Count:
        return Count("pk", filter=Q(disposition=disposition))

    grouped = _alerts(scope).values("scenario", "scenario__title").order_by("scenario__title")
    return list(
        grouped.annotate(
            n=Count("pk"),
            decided=Count("pk", filter=Q(state=AlertState.DISPOSED)),
            suspicious=found(AlertDisposition.SUSPICIOUS),
            explained=found(AlertDisposition.EXPLAINED),
            false=found(AlertDisposition.FALSE_POSITIVE),
        )
    )


def _rule_value(scope: Scope) -> Metric:
    """Minutes are measured, on the last 200 decided alerts of each scenario, and taken for all of them."""
    money = settings.BASE_CURRENCY
    header = (
        "scenario",
        "alerts",
        said("true positives"),
        said("minutes each"),
        "hours",
        said("{money} a true positive", money=money),
    )
    rows: list[Row] = []
    for row in _by_scenario(scope):
        each = minutes_each(scope, row["scenario"])
        hours = round(each * row["decided"] / _MINUTE, 1) if each is not None else None
        cost = None
        if hours is not None and row["suspicious"]:
            cost = round(hours * settings.REVIEW_HOUR_COST / row["suspicious"])
        rows.append((row["scenario__title"], row["n"], row["suspicious"], each, hours, cost))
    note = said(
        "Minutes: from a reviewer's first look at the customer to the decision, within one hour, "
        "on the record's last {sample} decisions of each scenario. An hour is counted as {review_hour_cost} {money}.",
        sample=_SAMPLE,
        review_hour_cost=settings.REVIEW_HOUR_COST,
        money=money,
    )
    return Metric("rule-value", "Value of each scenario", header, tuple(rows), drawn=header[1:3], note=note)


def minutes_each(scope: Scope, scenario: UUID) -> float | None:
    """Minutes a decision of the scenario took on average; None where the record shows none being looked at first."""
    decided = _alerts(scope).filter(scenario=scenario, decision__isnull=False).order_by("-decision__created_at")
    columns = ("customer", "decision__decided_by", "decision__created_at")
    sample = list(decided.values_list(*columns)[:_SAMPLE])
    if not sample:
        return None
    looks = first_looks({customer for customer, _, _ in sample}, since=min(row[2] for row in sample) - _SITTING)
    took = []
    for customer, person, at in sample:
        seen = [look for look in looks.get((customer, str(person)), []) if at - _SITTING <= look < at]
        if seen:
            took.append((at - min(seen)).total_seconds() / _MINUTE)
    return round(fmean(took), 1) if took else None


ALERTS_A_DAY = Figure("alerts-a-day", "Alerts a day", _a_day)
CONVERSION = Figure("conversion", "What becomes of alerts", _conversion)
RULE_VALUE = Figure("rule-value", "Value of each scenario", _rule_value)
