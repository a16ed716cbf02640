"""Reads of requests, holds, the retention policy, and what stands in the way of erasing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet

from cases.enums import CaseStatus
from cases.models import Case
from cases.privacy.enums import ERASING, RequestState
from cases.privacy.models import LegalHold, PrivacyRequest, RetentionPolicy
from core.clock import now
from core.exceptions import NotFound
from core.ids import parse_id
from core.words import said
from customers.enums import ENDED, CustomerStatus
from customers.models import Customer
from customers.personal_data import holders

_OPEN = (RequestState.OPEN, RequestState.APPROVED)


@dataclass(frozen=True)
class Obstacle:
    """Why nothing may be erased yet: for officers, and as it may be said to the customer (empty: it may not)."""

    sentence: str
    told: str


def policy_in_force() -> RetentionPolicy:
    """The newest version; before any was published, five years."""
    return RetentionPolicy.objects.first() or RetentionPolicy(number=0)


def policies() -> QuerySet[RetentionPolicy]:
    """Every version, newest first."""
    return RetentionPolicy.objects.all()


def requests(state: str = "") -> QuerySet[PrivacyRequest]:
    """Requests in a state, or those that are not settled, the first due first."""
    rows = PrivacyRequest.objects.select_related("customer__party", "recorded_by", "settled_by")
    return rows.filter(state=state) if state else rows.filter(state__in=_OPEN)


def request_with_id(pk: object) -> PrivacyRequest:
    """The request; raises NotFound."""
    found = PrivacyRequest.objects.select_related("customer__party", "recorded_by", "settled_by").filter(
        pk=parse_id(pk)
    )
    if (request := found.first()) is None:
        raise NotFound("There is no such request.")
    return request


def requests_of(customer_id: UUID) -> QuerySet[PrivacyRequest]:
    """Every request about a customer, newest first."""
    return PrivacyRequest.objects.filter(customer=customer_id).order_by("-created_at")


def holds_of(customer_id: UUID) -> QuerySet[LegalHold]:
    """Every hold on a customer's data, newest first."""
    return LegalHold.objects.filter(customer=customer_id).select_related("placed_by", "lifted_by")


def holds_in_force() -> QuerySet[LegalHold]:
    """Holds that were not lifted and whose day has not come."""
    return LegalHold.objects.filter(Q(until=None) | Q(until__gte=now().date()), lifted_at=None)


def kept_until(customer: Customer, policy: RetentionPolicy) -> date | None:
    """The last day for which the customer's data must be kept; None while the relationship stands."""
    if customer.status not in ENDED or customer.relationship_ended_at is None:
        return None
    rejected = customer.status == CustomerStatus.REJECTED
    years = policy.rejected_years if rejected else policy.exited_years
    last: date = customer.relationship_ended_at.date() + relativedelta(years=years)
    return last


def obstacles(customer: Customer) -> list[Obstacle]:
    """Everything that stands in the way of erasing the customer; nothing where it may be done."""
    until, found = kept_until(customer, policy_in_force()), []
    if until is None:
        told = said("We need this data for the business relationship that we have with you.")
        found.append(Obstacle("The business relationship has not ended.", told))
    elif until >= now().date():
        told = said(
            "The law obliges us to keep this data until {until} (Article 77 of Regulation (EU) 2024/1624); Article 17(3)(b) of "
            "the General Data Protection Regulation provides for this. We erase it then without being asked again.",
            until=f"{until:%d %B %Y}",
        )
        found.append(Obstacle(said("What is known must be kept until {until}.", until=f"{until:%Y-%m-%d}"), told))
    duties = [day for day in (holder.kept_until(customer.pk) for holder in holders()) if day and day >= now().date()]
    if duties:
        # Whose duty is not said: not everybody who sees this may know of reports of suspicion.
        found.append(
            Obstacle(
                said("A duty to keep records of this customer runs until {max}.", max=f"{max(duties):%Y-%m-%d}"), ""
            )
        )
    if holds_in_force().filter(customer=customer).exists():
        found.append(Obstacle("A legal hold is in force.", ""))
    if customer.cases.exclude(status=CaseStatus.CLOSED).exists():
        found.append(Obstacle("A case is not closed.", ""))
    return found


def answer_for(customer: Customer) -> str:
    """A letter's words for refusing an erasure. Holds and cases are not named: they could tell of a suspicion."""
    told = next((item.told for item in obstacles(customer) if item.told), "")
    return told or said(
        "Legal obligations require us to keep this data for the time being (Article 17(3)(b) and (e) GDPR)."
    )


def customers_due(policy: RetentionPolicy) -> QuerySet[Customer]:
    """Customers whose data need not be kept any longer and about whom nothing is asked yet, the longest gone first."""
    years = {CustomerStatus.EXITED: policy.exited_years, CustomerStatus.REJECTED: policy.rejected_years}
    due = Q(pk=None)
    for status, kept in years.items():
        due |= Q(status=status, relationship_ended_at__lt=now() - relativedelta(years=kept, days=1))
    asked = PrivacyRequest.objects.filter(kind__in=ERASING, state__in=_OPEN).values("customer")
    rows = Customer.objects.filter(due, erased_at=None).exclude(pk__in=holds_in_force().values("customer"))
    unclosed = Case.objects.exclude(status=CaseStatus.CLOSED).values("customer")
    return rows.exclude(pk__in=asked).exclude(pk__in=unclosed).order_by("relationship_ended_at")
