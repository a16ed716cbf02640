"""Reads of filings. Whoever may not know of them is told that there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.filings.enums import FilingKind, FilingState
from cases.filings.form.clocks import Clocks, clocks
from cases.filings.form.narrative import open_brackets
from cases.filings.form.shapes import FilingData, Transaction
from cases.filings.formats.base import Choices, Rendered
from cases.filings.models import Filing, FilingProfile
from cases.filings.prefill import suspicious_transactions
from cases.filings.profiles import format_named, profile_of
from cases.filings.states import OPEN, verbs_for
from cases.models import Case
from cases.selectors import case_for, may_know_filings
from core.clock import today
from core.exceptions import Fault, NotFound
from core.ids import parse_id

SECTIONS = ("report", "institution", "subjects", "activity", "transactions", "narrative")


@dataclass(frozen=True)
class FilingRow:
    """A filing in a list with the days that are left."""

    filing: Filing
    days_left: int

    @property
    def due_class(self) -> str:
        """Red when late, amber in the last week; grey once it is sent."""
        if self.filing.state not in OPEN:
            return "bg-secondary-lt"
        return "bg-red-lt" if self.days_left < 0 else "bg-yellow-lt" if self.days_left <= 7 else "bg-green-lt"  # noqa: PLR2004


def filings_visible_to(principal: Any) -> QuerySet[Filing]:
    """Every filing for those who may know; none for others."""
    rows = Filing.objects.select_related("case__customer__party", "profile", "author", "reviewed_by", "approved_by")
    return rows if may_know_filings(principal) else rows.none()


def filing_for(principal: Any, pk: object) -> Filing:
    """The filing with this id, if `principal` may know of it; raises NotFound."""
    found = filings_visible_to(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such page.")
    return found


def filings_of(principal: Any, case_id: UUID) -> tuple[Case, list[FilingRow]]:
    """The case with its filings; raises NotFound for those who may not know."""
    if not may_know_filings(principal):
        raise NotFound("There is no such page.")
    case = case_for(principal, case_id)
    return case, rows_of(filings_visible_to(principal).filter(case=case))


def rows_of(filings: Any) -> list[FilingRow]:
    """Filings with the days that are left."""
    return [FilingRow(filing, (filing.due_on - today()).days) for filing in filings]


def data_of(filing: Filing) -> FilingData:
    """The filing's data, typed."""
    return FilingData.model_validate(filing.data)


def transactions_of(filing: Filing) -> tuple[list[Transaction], list[Transaction]]:
    """(the transactions that the filing names, those behind alerts that nobody cleared which it does not name)."""
    held = data_of(filing).transactions
    numbers = {row.number for row in held}
    return held, [row for row in suspicious_transactions(filing.case.customer) if row.number not in numbers]


def clocks_of(filing: Filing, data: FilingData | None = None) -> Clocks:
    """The filing's clocks, from the day of detection and whether a subject is known."""
    data = data or data_of(filing)
    continues = filing.previous.filed_on if filing.kind == FilingKind.CONTINUING and filing.previous else None
    known = any(subject.kind != "unknown" for subject in data.subjects)
    return clocks(
        filing.detected_on, suspect_known=known, continues_on=continues, filed_on=filing.filed_on,
        days=filing.profile.deadline_days,
    )  # fmt: skip


def rendered(filing: Filing, on: date | None = None) -> Rendered:
    """The filing's XML as it would be filed on a day, with everything that its receiver would refuse."""
    data = data_of(filing)
    made = format_named(filing.profile.format).render(data, profile_of(filing.profile), on or today())
    unsaid = [
        Fault("/narrative/text", "asks for something that nobody has said yet", told)
        for told in open_brackets(data.narrative)
    ]
    return Rendered(made.xml, (*unsaid, *made.faults), made.left_out)


def faults_by_section(faults: tuple[Fault, ...]) -> dict[str, list[Fault]]:
    """Faults under the section that they are in; a section without any has an empty list."""
    told: dict[str, list[Fault]] = {name: [] for name in SECTIONS}
    for fault in faults:
        told.setdefault(fault.pointer.strip("/").partition("/")[0] or "report", []).append(fault)
    return told


def choices_for(filing: Filing) -> Mapping[str, Choices]:
    """The codes of every list that the form asks for, as the filing's receiver words them."""
    made, profile = format_named(filing.profile.format), profile_of(filing.profile)
    return {name: made.choices(name, profile) for name in ("classes", "institutions", "regulators", "instruments",
                                                            "indicators", "reports")}  # fmt: skip


def allowed_verbs(filing: Filing, person: Any) -> set[str]:
    """What this person may do with the filing as it stands; its authors neither review nor approve."""
    verbs = verbs_for(filing.state, person.permissions)
    return verbs - {"review", "approve"} if is_author(filing, person) else verbs


def is_author(filing: Filing, person: Any) -> bool:
    """True where the person has written any version."""
    return filing.author_id == person.pk or filing.versions.filter(saved_by=person).exists()


def active_profiles() -> QuerySet[FilingProfile]:
    """The newest version of each profile that filings can be drafted for."""
    return FilingProfile.objects.filter(is_active=True)


def profile_for(pk: object) -> FilingProfile:
    """The profile with this id; raises NotFound."""
    found = FilingProfile.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such profile.")
    return found


def open_filings() -> QuerySet[Filing]:
    """Filings that are still to be filed, the most urgent first."""
    return Filing.objects.filter(state__in=OPEN).order_by("due_on")


def waiting_count(principal: Any, days: int = 7) -> int:
    """How many reports wait for somebody: reviewed and to be approved, or due within so many days."""
    soon = Q(state=FilingState.REVIEWED) | Q(state__in=OPEN, due_on__lte=today() + timedelta(days))
    return filings_visible_to(principal).filter(soon).count()


def filings_like(principal: Any, *, state: str = "", case_id: str = "") -> QuerySet[Filing]:
    """The principal's filings in a state, about a case; an empty one asks for nothing."""
    rows = filings_visible_to(principal)
    rows = rows.filter(state=state) if state else rows
    return rows.filter(case_id=parse_id(case_id)) if case_id else rows


def profile_in_force(code: str) -> FilingProfile:
    """The newest version of a profile; raises NotFound."""
    found = active_profiles().filter(code=code).first()
    if found is None:
        raise NotFound("There is no such profile.")
    return found


def continuing_reviews() -> list[tuple[Filing, Clocks]]:
    """Filed reports whose customer is to be reviewed for continuing activity, with their clocks, the next first."""
    sent = Filing.objects.filter(state__in=[FilingState.FILED, FilingState.ACKNOWLEDGED], following=None)
    rows = [
        (filing, clocks_of(filing))
        for filing in sent.select_related("case__customer__party", "profile", "previous", "author")[:200]
    ]
    return sorted(rows, key=lambda row: row[1].review_on or date.max)
