"""The coverage ledger: for every active customer and every active list, screened, pending or failed; never absent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from core.exceptions import NotFound
from core.ids import parse_id
from customers.enums import CustomerStatus
from customers.models import BeneficialOwner, Customer, Party
from customers.selectors import of_visible_customers
from screening.enums import CheckState, CoverageState, JobKind, JobState
from screening.models import Coverage, ListVersion, Provider, ProviderCheck, RescreenJob, Suppression
from screening.selectors.lists import active_versions

ACTIVE = (CustomerStatus.ONBOARDING, CustomerStatus.ACTIVE)


def active_customers() -> QuerySet[Customer]:
    """Customers that must be screened: in onboarding or in a relationship."""
    return Customer.objects.filter(status__in=ACTIVE)


def carried(version: ListVersion) -> Q:
    """The condition on a coverage row that it holds for `version`.

    Either it was screened at this version, or at an earlier one from which jobs of changes that are done lead to this
    one, and before those jobs read which customers there are.
    """
    condition, at, until = Q(version=version.pk), version, None
    done = {job.version_id: job for job in RescreenJob.objects.filter(
        version__watchlist=version.watchlist_id, kind=JobKind.DELTA, state=JobState.DONE, base__isnull=False
    ).order_by("created_at")}  # fmt: skip
    seen = {version.pk}
    job = done.get(at.pk)
    while job is not None and job.base_id is not None and job.base_id not in seen:
        until = job.snapshot_at if until is None or (job.snapshot_at and job.snapshot_at < until) else until
        condition |= Q(version=job.base_id, screened_at__lte=until)
        seen.add(job.base_id)
        job = done.get(job.base_id)
    return condition


def covered(version: ListVersion) -> QuerySet[Coverage]:
    """Rows of customers that are screened against `version`, and have not changed since."""
    rows = Coverage.objects.filter(carried(version), watchlist=version.watchlist_id, state=CoverageState.SCREENED)
    owners = BeneficialOwner.objects.filter(customer=OuterRef("customer"))
    newer = owners.filter(Q(created_at__gt=OuterRef("screened_at")) | Q(party__updated_at__gt=OuterRef("screened_at")))
    return rows.filter(customer__party__updated_at__lte=F("screened_at")).filter(~Exists(newer))


def pending_customers(version: ListVersion) -> QuerySet[Customer]:
    """Active customers that are not screened against `version`, or not since they changed, or could not be."""
    return active_customers().filter(~Exists(covered(version).filter(customer=OuterRef("pk"))))


@dataclass(frozen=True)
class ListCoverage:
    """How many active customers a list's active version covers."""

    version: ListVersion
    customers: int
    screened: int
    failed: int

    @property
    def pending(self) -> int:
        return self.customers - self.screened - self.failed


def coverage_by_list() -> list[ListCoverage]:
    """Every active list with its coverage."""
    customers = active_customers().count()
    return [_coverage(version, customers) for version in active_versions()]


def _coverage(version: ListVersion, customers: int) -> ListCoverage:
    counted = Coverage.objects.filter(customer__status__in=ACTIVE)
    failed = counted.filter(watchlist=version.watchlist_id, state=CoverageState.FAILED).count()
    screened = covered(version).filter(customer__status__in=ACTIVE).count()
    return ListCoverage(version, customers, screened, failed)


def customers_without_screening() -> int:
    """The number of active customers without a current screening against every active list; all where no list is active."""
    rows, versions = active_customers(), active_versions()
    return _missing(rows, versions).count() if versions else rows.count()


def customers_left_unscreened(since: datetime) -> int:
    """The number of active customers that have waited since then for a screening against a list that was active then."""
    rows = active_customers().filter(created_at__lte=since, party__updated_at__lte=since)
    versions = [version for version in active_versions() if version.activated_at and version.activated_at <= since]
    return _missing(rows, versions).count() if versions else 0


def _missing(rows: QuerySet[Customer], versions: Sequence[ListVersion]) -> QuerySet[Customer]:
    missing = [Q(~Exists(covered(version).filter(customer=OuterRef("pk")))) for version in versions]
    return rows.filter(reduce(or_, missing))


def providers_down() -> list[Provider]:
    """The enabled providers whose circuit opened and has not closed by an answer since."""
    return list(Provider.objects.filter(is_enabled=True, open_until__isnull=False))


def is_covered(customer_id: UUID, versions: Sequence[ListVersion]) -> bool:
    """True where the customer is screened against each of `versions` and has not changed since."""
    return bool(versions) and all(covered(version).filter(customer=customer_id).exists() for version in versions)


def is_asked(customer_id: UUID) -> bool:
    """True while an enabled provider was asked for the customer and has not answered."""
    rows = ProviderCheck.objects.filter(customer=customer_id, provider__is_enabled=True)
    return rows.exclude(state=CheckState.DONE).exists()


def checks_of(customer_id: UUID) -> QuerySet[ProviderCheck]:
    """How the customer stands with each provider."""
    return ProviderCheck.objects.filter(customer=customer_id).select_related("provider")


def screened_at(customer_id: UUID) -> datetime | None:
    """When the customer was last screened against any list."""
    newest = (
        Coverage.objects.filter(customer=customer_id, state=CoverageState.SCREENED).order_by("-screened_at").first()
    )
    return newest.screened_at if newest else None


def parties_of(customer: Customer) -> list[Party]:
    """The customer's own party and its owners', of a customer with its facts (`customers.selectors.with_facts`)."""
    parties = [customer.party, *(owner.party for owner in customer.owners.all())]
    return list({party.pk: party for party in parties}.values())


def jobs_of(version: ListVersion) -> QuerySet[RescreenJob]:
    """Re-screenings for a version, newest first, with how far they are."""
    return version.jobs.annotate(
        screened=Sum("parts__screened"), raised=Sum("parts__raised"), failed=Sum("parts__failed")
    )


def suppressions(principal: Any, *, waiting: bool) -> QuerySet[Suppression]:
    """Remembered false positives that stand, of customers `principal` may see; `waiting`: those nobody has approved yet."""
    rows = Suppression.objects.filter(of_visible_customers(principal), ended_at=None)
    rows = rows.select_related("customer", "party", "watchlist", "author", "approver", "hit")
    return rows.filter(approver=None) if waiting else rows


def suppression_for(principal: Any, pk: object) -> Suppression:
    """The remembered false positive with this id, if `principal` may know of it; raises NotFound."""
    found = suppressions(principal, waiting=False).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such remembered false positive.")
    return found
