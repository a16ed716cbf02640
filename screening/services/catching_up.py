"""Customers that are not covered though no job speaks of them: new, changed, failed. They are screened one by one."""

from datetime import timedelta
from typing import Any

import structlog

from core.actor import system_actor
from core.clock import now
from customers.models import Customer
from screening.enums import JobState, ScreeningTrigger
from screening.models import Coverage, ListVersion, RescreenJob
from screening.selectors import active_versions, pending_customers
from screening.services.coverage import say_failed
from screening.services.screen import screen_customer

_log = structlog.get_logger(__name__)
_AT_ONCE = 200
_ONBOARDED = timedelta(minutes=10)  # until then the case's own workflow screens


def screen_pending() -> None:
    """Screens customers without a current screening, at most 200 a call; lists that a job is at work on are left to it."""
    busy = RescreenJob.objects.filter(state__in=[JobState.PENDING, JobState.RUNNING]).values("version__watchlist")
    versions = [
        version
        for version in active_versions()
        if version.watchlist_id not in {row["version__watchlist"] for row in busy}
    ]
    wanted: dict[object, Customer] = {}
    for version in versions:
        rows = (
            pending_customers(version).filter(created_at__lt=now() - _ONBOARDED).exclude(pk__in=_failed_lately(version))
        )
        wanted |= {customer.pk: customer for customer in rows.select_related("party")[:_AT_ONCE]}
    for customer in list(wanted.values())[:_AT_ONCE]:
        _screen(customer, versions)


def _failed_lately(version: ListVersion) -> Any:
    """A subquery of the customers that could not be screened in the last hour."""
    failed = Coverage.objects.filter(
        watchlist=version.watchlist_id, error__gt="", screened_at__gt=now() - timedelta(hours=1)
    )
    return failed.values("customer")


def _screen(customer: Customer, versions: list[ListVersion]) -> None:
    try:
        screen_customer(customer=customer, by=system_actor("rescreening"), trigger=ScreeningTrigger.CUSTOMER)
    except Exception as error:  # the boundary: one customer must not stop the others; the ledger says that it failed
        _log.exception("customer_not_screened", customer=str(customer.pk))
        say_failed(customer.pk, versions, type(error).__name__)
