"""Tipping off: the one policy of who may know that a case led, or may lead, to a report of suspicion.

Those who may see filings know, and whoever proposed the report knows of that case. For everybody else the case stands
still as it was before: it is in review, nothing can be done with it, lists of work and counts leave it out, and its record
ends.
31 USC 5318(g)(2); FATF R.21(b).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audit.models import AuditEntry
from cases.enums import CaseStatus, DecisionKind
from cases.models import Case, Comment, Concealment, Decision
from core.permissions import Permission

HIDDEN_ACTIONS = "filings."


def may_know_filings(principal: Any) -> bool:
    """True where the principal may know of every report of suspicion."""
    return bool(principal.has_perm(Permission.FILING_VIEW))


def not_concealed_from(principal: Any) -> Q:
    """The cases that lists, searches and counts for this principal may hold."""
    if may_know_filings(principal):
        return Q()
    open_rows = Concealment.objects.filter(ended_at=None).values("case")
    return ~Q(pk__in=open_rows) | Q(pk__in=_own_reports(principal))


def _own_reports(principal: Any) -> QuerySet[Decision, Any]:
    """The cases whose report the person proposed or approved first; a program proposes none."""
    rows = Decision.objects.filter(kind=DecisionKind.FILE_SAR).values("case")
    if not isinstance(principal, User):
        return rows.none()
    return rows.filter(Q(proposed_by=principal) | Q(endorsed_by=principal))


def as_shown(case: Case, principal: Any) -> Case:
    """The case as the principal may see it: concealed, it is in review and refuses to be saved."""
    if may_know_filings(principal) or not is_concealed(case, principal):
        return case
    return _concealed(case)


def all_as_shown(cases: Iterable[Case], principal: Any) -> list[Case]:
    """Several cases as the principal may see them, in the same order, with one query for all."""
    cases = list(cases)
    if may_know_filings(principal):
        return cases
    keys = [case.pk for case in cases]
    known = set(Case.objects.filter(not_concealed_from(principal), pk__in=keys).values_list("pk", flat=True))
    return [case if case.pk in known else _concealed(case) for case in cases]


def _concealed(case: Case) -> Case:
    case.is_concealed, case.status, case.closed_at, case.proposer = True, CaseStatus.IN_REVIEW, None, None
    return case


def is_concealed(case: Case, principal: Any) -> bool:
    """True where the principal may not know what became of the case."""
    return not Case.objects.filter(not_concealed_from(principal), pk=case.pk).exists()


def decisions_shown(case: Case, principal: Any) -> QuerySet[Decision]:
    """The case's proposals and decisions that the principal may know of, newest first."""
    rows = case.decisions.select_related("proposed_by", "endorsed_by", "approved_by", "policy")
    if may_know_filings(principal):
        return rows
    mine = Q(proposed_by=principal) | Q(endorsed_by=principal) if isinstance(principal, User) else Q(pk__in=[])
    return rows.filter(~Q(kind=DecisionKind.FILE_SAR) | mine)


def comments_shown(case: Case, principal: Any) -> QuerySet[Comment]:
    """The case's comments: of a concealed case, the principal's own and those written before."""
    rows = case.comments.select_related("author")
    if not case.is_concealed:
        return rows
    since = concealed_since(case)
    mine = Q(author=principal) if isinstance(principal, User) else Q(pk__in=[])
    return rows.filter(Q(created_at__lt=since) | mine)


def concealed_since(case: Case) -> QuerySet[Concealment, Any]:
    """When the case began to be concealed, for comparing with other times."""
    return case.concealments.filter(ended_at=None).order_by("created_at").values("created_at")[:1]


def entries_kept_from(principal: Any) -> Q | None:
    """The entries of the record that the principal may not see; None where there are none."""
    if may_know_filings(principal):
        return None
    ranges = Concealment.objects.filter(stream=OuterRef("stream"), first_seq__lte=OuterRef("stream_seq"))
    ranges = ranges.filter(Q(last_seq=None) | Q(last_seq__gte=OuterRef("stream_seq")))
    return Q(action__startswith=HIDDEN_ACTIONS) | Q(Exists(ranges.exclude(case__in=_own_reports(principal))))


def entries_kept_out(principal: Any) -> Q | None:
    """What a pack leaves out for the principal: each stream ends before the first thing hidden, so that its chain still
    proves."""
    hidden = entries_kept_from(principal)
    if hidden is None:
        return None
    begun = Concealment.objects.filter(stream=OuterRef("stream"), first_seq__lte=OuterRef("stream_seq"))
    return hidden | Q(Exists(begun))


class Uninformed:
    """A principal who knows of no report: for what leaves the house, and for what machines are told."""

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Never."""
        return False


def entries_shown(rows: QuerySet[AuditEntry], principal: Any) -> QuerySet[AuditEntry]:
    """Of entries of the record those that the principal may see."""
    hidden = entries_kept_from(principal)
    return rows if hidden is None else rows.exclude(hidden)
