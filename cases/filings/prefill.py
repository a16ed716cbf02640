"""What is known of a case, as the data of a filing. Everything can be changed by hand afterwards."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from django.conf import settings
from django.utils.timezone import localdate

from cases.assist.checking import Evidence
from cases.assist.evidence import CLEARED, found_by_controls
from cases.enums import DecisionKind, DecisionState
from cases.filings.form.narrative import drafted
from cases.filings.form.shapes import (
    Account,
    Activity,
    Address,
    FilingData,
    Identifier,
    Institution,
    Narrative,
    Report,
    Subject,
    Transaction,
)
from cases.models import Case, Decision
from core.clock import today
from customers.enums import PartyKind
from customers.models import Customer
from monitoring.enums import Direction
from monitoring.models import Alert
from monitoring.models import Transaction as LedgerRow
from monitoring.selectors import alerts_for_customer, rate_on

_GENDERS: dict[str, Literal["female", "male"]] = {"f": "female", "m": "male"}
_Number = Literal["passport", "national_id", "drivers_licence", "foreign_tax", "other"]
_KINDS: dict[str, _Number] = {
    "passport": "passport", "national_id": "national_id", "drivers_licence": "drivers_licence",
    "tax_number": "foreign_tax", "tax_id": "foreign_tax", "tin": "foreign_tax", "vat": "foreign_tax",
}  # fmt: skip
_MOST = 2000


def prefilled(case: Case, institution: Institution) -> FilingData:
    """The whole form: who reports, subjects, the transactions behind alerts that nobody cleared, a draft in words."""
    rows = suspicious_transactions(case.customer)
    data = FilingData(
        report=Report(), institution=institution, subjects=[subject_of(case.customer, rows)],
        activity=_activity(rows, institution.currency), transactions=rows,
    )  # fmt: skip
    return data.model_copy(update={"narrative": narrative_for(case, data)})


def narrative_for(case: Case, data: FilingData) -> Narrative:
    """A draft from the data and from what the case rests on, each sentence marked with its evidence."""
    alerts = [alert for alert in alerts_for_customer(case.customer) if alert.disposition not in CLEARED]
    return drafted(data, evidence_of(case, alerts))


def detected_on(case: Case) -> date:
    """The day of the conclusion that there is reason to suspect: of the proposal to report; today where there is none."""
    decision = _report_decision(case)
    return localdate(decision.created_at) if decision else today()


def _report_decision(case: Case) -> Decision | None:
    rows = case.decisions.filter(kind=DecisionKind.FILE_SAR, state__in=[DecisionState.PROPOSED, DecisionState.APPROVED])
    return rows.order_by("-created_at").first()


def subject_of(customer: Customer, rows: list[Transaction]) -> Subject:
    """The customer as a subject, with the accounts that the transactions went through."""
    party = customer.party
    person = party.kind == PartyKind.PERSON
    first, _, last = party.name.rpartition(" ")
    accounts = dict.fromkeys(row.account for row in rows if row.account)
    return Subject(
        kind="person" if person else "entity", customer_id=str(customer.pk), is_customer=True,
        last_name=(party.surname or last)[:200] if person else party.name[:200],
        first_name=(party.given_names or first)[:150] if person else "", aliases=[name[:300] for name in party.aliases],
        birth_date=party.birth_date if person else None, gender=_GENDERS.get(party.gender.lower()[:1], "") if person else "",
        nationality=(party.nationalities or [""])[0] if person else "", incorporated_on=party.incorporated_on,
        incorporated_in="" if person else party.country, occupation=party.occupation,
        phones=[party.phone] if party.phone else [], email=party.email[:200], relations=["customer"],
        addresses=[
            Address(street=row.street, city=row.city, postcode=row.postcode, country=row.country)
            for row in party.addresses.all()
        ],
        identifiers=[_identifier(row.kind, row.value, row.country) for row in party.identifiers.all()],
        accounts=[Account(number=number) for number in accounts][:50],
    )  # fmt: skip


def _identifier(kind: str, value: str, country: str) -> Identifier:
    known = _KINDS.get(kind, "other")
    return Identifier(
        kind=known, number=value, country=country, other=kind.replace("_", " ") if known == "other" else ""
    )


def suspicious_transactions(customer: Customer) -> list[Transaction]:
    """The transactions behind the customer's alerts that nobody cleared, the oldest first."""
    rows = LedgerRow.objects.filter(findings__alert__customer=customer).exclude(
        findings__alert__disposition__in=CLEARED
    )
    return [
        Transaction(
            evidence_id=str(row.pk), number=row.external_id, on=localdate(row.booked_at), amount=row.amount,
            currency=row.currency, local_amount=row.base_amount,
            direction="in" if row.direction == Direction.IN else "out", kind=row.type,
            channel=row.channel, account=row.account, counterparty=row.counterparty_name,
            counterparty_account=row.counterparty_account, counterparty_country=row.counterparty_country,
            reference=row.reference,
        )
        for row in rows.distinct().order_by("booked_at")[:_MOST]
    ]  # fmt: skip


def _activity(rows: list[Transaction], currency: str) -> Activity:
    """From the first day to the last, of how much, in the receiver's currency where there is a rate for it."""
    days = [row.on for row in rows if row.on]
    total = sum((row.local_amount or Decimal(0) for row in rows), Decimal(0))
    rate = rate_on(currency, max(days)) if currency and days else None
    amount = (total * rate).quantize(Decimal("0.01")) if rate else total
    return Activity(
        from_on=min(days, default=None), to_on=max(days, default=None), amount=amount or None,
        amount_is="known" if amount else "unknown", currency=currency if rate else settings.BASE_CURRENCY,
    )  # fmt: skip


def evidence_of(case: Case, alerts: list[Alert]) -> Iterator[Evidence]:
    """What the case rests on, in sentences with ids."""
    yield from found_by_controls(case.customer, alerts)
    yield from conclusion_of(case)


def conclusion_of(case: Case) -> Iterator[Evidence]:
    """What the proposal to report says, where there is one."""
    decision = _report_decision(case)
    if decision is not None:
        yield Evidence("decision", str(decision.pk), decision.rationale)
