"""Searching: what a person may see of what was found, in groups, with snippets."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Case
from cases.search.engines import match_similar, match_whole, match_words
from cases.search.folding import snippet, terms_of
from cases.search.models import FoundKind, SearchDocument
from cases.search.words import wanted
from cases.selectors import cases_visible_to
from core.permissions import Permission
from customers.models import Customer

MOST_PER_KIND = 10
_FEW = 3
_NEEDS = {
    FoundKind.CUSTOMER: Permission.CUSTOMER_VIEW, FoundKind.CASE: Permission.CASE_VIEW,
    FoundKind.DOCUMENT: Permission.DOCUMENT_VIEW, FoundKind.COMMENT: Permission.CASE_VIEW,
}  # fmt: skip
# The texts of these hold numbers and addresses: no snippet is cut from them for whoever sees those masked.
_IDENTIFYING = (FoundKind.CUSTOMER, FoundKind.DOCUMENT)
_PAGES = {
    FoundKind.CUSTOMER: "customers:customer_detail", FoundKind.DOCUMENT: "documents:document_detail",
    FoundKind.CASE: "cases:case_detail", FoundKind.COMMENT: "cases:case_detail",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One thing that was found: what it is called, where it is, a piece of its text, whose it is."""

    title: str
    url: str
    parts: list[tuple[str, bool]]
    customer_id: UUID
    about: str
    cases: list[Case] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more`: there is more than is shown. `similar`: by likeness of names alone."""

    title: str
    rows: list[Found]
    more: bool = False
    similar: bool = False


@dataclass(frozen=True)
class Results:
    """What a search gives, and whose personal data it shows."""

    groups: list[Group]

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def customer_ids(self) -> list[UUID]:
        return [row.customer_id for group in self.groups for row in group.rows]


def search(principal: Any, query: str) -> Results:
    """What `principal` may see of what has every word of the query; names of a like spelling where that is little."""
    terms, asked = terms_of(query), wanted(query)
    ids = {kind: match_words(kind, asked, MOST_PER_KIND + 1) for kind in _NEEDS if principal.has_perm(_NEEDS[kind])}
    if FoundKind.CUSTOMER in ids:
        ids[FoundKind.CUSTOMER] = list(dict.fromkeys([*match_whole(asked), *ids[FoundKind.CUSTOMER]]))
    alike: list[int] = []
    if FoundKind.CUSTOMER in ids and len(ids[FoundKind.CUSTOMER]) < _FEW:
        alike = [pk for pk in match_similar(" ".join(terms), MOST_PER_KIND + 1) if pk not in ids[FoundKind.CUSTOMER]]
    found = [*alike, *(pk for matched in ids.values() for pk in matched)]
    documents = _visible(principal, SearchDocument.objects.filter(pk__in=found))
    people = dict(Customer.objects.filter(pk__in={row.customer_id for row in documents.values()})
                  .values_list("pk", "party__name"))  # fmt: skip
    cases = _cases_of(principal, [documents[pk].customer_id for pk in documents])

    def group(kind: FoundKind, found: list[int], title: str, *, similar: bool = False) -> Group:
        rows = [documents[pk] for pk in found if pk in documents]
        told = terms if principal.has_perm(Permission.IDENTIFIER_VIEW) or kind not in _IDENTIFYING else None
        shown = [_found(row, told, people, cases) for row in rows[:MOST_PER_KIND]]
        return Group(title, shown, len(rows) > MOST_PER_KIND, similar)

    groups = [group(kind, found, kind.label) for kind, found in ids.items()]
    groups.insert(1, group(FoundKind.CUSTOMER, alike, "Customers with a similar name", similar=True))
    return Results([item for item in groups if item.rows])


def case_with_number(principal: Any, query: str) -> Case | None:
    """The visible case of exactly this number (`CASE-000123`), or None."""
    return cases_visible_to(principal).filter(number=query.strip().upper()).first() if query.strip() else None


def search_is_empty() -> bool:
    """True where nothing is indexed although there are customers: an upgrade has just brought search."""
    return not SearchDocument.objects.exists() and Customer.objects.exists()


def _visible(principal: Any, rows: QuerySet[SearchDocument]) -> dict[int, SearchDocument]:
    """Of the rows those whose case, where they have one, the principal may see."""
    found = list(rows)
    wanted = {row.case_id for row in found if row.case_id}
    allowed = set(cases_visible_to(principal).order_by().filter(pk__in=wanted).values_list("pk", flat=True))
    return {row.pk: row for row in found if row.case_id is None or row.case_id in allowed}


def _cases_of(principal: Any, customers: list[UUID]) -> dict[UUID, list[Case]]:
    """The newest visible cases of customers, for the line under a name."""
    found: dict[UUID, list[Case]] = defaultdict(list)
    if principal.has_perm(Permission.CASE_VIEW):
        rows = cases_visible_to(principal).filter(customer__in=customers).prefetch_related(None).order_by("-created_at")
        for case in rows[:200]:
            found[case.customer_id].append(case)
    return found


def _found(
    row: SearchDocument, terms: list[str] | None, people: dict[UUID, str], cases: dict[UUID, list[Case]]
) -> Found:
    url = reverse(_PAGES[FoundKind(row.kind)], args=[row.case_id or row.object_id])
    own = row.kind == FoundKind.CUSTOMER
    return Found(
        title=row.title, url=url + ("#comments" if row.kind == FoundKind.COMMENT else ""),
        parts=snippet(row.text, terms) if row.text and terms is not None else [], customer_id=row.customer_id,
        about="" if own else people.get(row.customer_id, ""), cases=cases[row.customer_id][:3] if own else [],
    )  # fmt: skip
