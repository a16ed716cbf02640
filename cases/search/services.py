"""Keeping the read model of search, in the transaction of what changed; and building it anew."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from cases.models import Case, Comment
from cases.search import actions
from cases.search.folding import fold
from cases.search.models import FoundKind, SearchDocument
from cases.search.words import folded_of, joined
from core.actor import Actor
from customers.models import Customer
from customers.selectors import with_facts
from documents.models import Document

_LONGEST = 60_000
_UPDATED = ["customer", "case", "title", "text", "folded", "names"]
_BATCH = 200


def index_customers(customers: Iterable[Customer]) -> None:
    """Writes or renews the rows of customers that were read `with_facts`."""
    _write([_customer_row(customer) for customer in customers])


def index_customer(customer_id: UUID) -> None:
    """Renews one customer."""
    index_customers(with_facts(Customer.objects.select_related("party").filter(pk=customer_id)))


def index_cases(cases: Iterable[Case]) -> None:
    """Writes or renews the rows of cases: they are found by number."""
    _write([_row(FoundKind.CASE, case.pk, case.customer_id, case.number, "", case=case.pk) for case in cases])


def index_documents(documents: Iterable[Document]) -> None:
    """Writes or renews the rows of documents with the text of their pages."""
    _write([_document_row(document) for document in documents])


def index_new_comments(case_id: UUID) -> None:
    """Adds the case's comments that are not there yet; comments are never changed."""
    known = SearchDocument.objects.filter(kind=FoundKind.COMMENT, case=case_id).values("object_id")
    index_comments(Comment.objects.filter(case=case_id).exclude(pk__in=known).select_related("case"))


def index_comments(comments: Iterable[Comment]) -> None:
    """Writes or renews the rows of comments."""
    _write([
        _row(FoundKind.COMMENT, item.pk, item.case.customer_id, item.case.number, item.text, case=item.case_id)
        for item in comments
    ])  # fmt: skip


@transaction.atomic
def record_search(*, found: int, customer_ids: Sequence[UUID], by: Actor) -> None:
    """Puts on the record that somebody searched and whose data was shown; what was typed is not kept."""
    after = {"found": found, "customers": sorted({str(pk) for pk in customer_ids})}
    record(actions.SEARCHED, by=by, object_type="search", object_id="search", stream=f"search:{by.id}", after=after)


def rebuild(report: Callable[[int, int, str], None]) -> int:
    """Builds every row anew, batch by batch, each in a transaction of its own; how many things there are.

    What changes meanwhile is kept by its own transaction, as always: nobody has to stop.
    """
    parts: list[tuple[str, Any, Callable[[Any], None]]] = [
        ("customers", with_facts(Customer.objects.select_related("party")), index_customers),
        ("cases", Case.objects.all(), index_cases),
        ("documents", Document.objects.prefetch_related("pages"), index_documents),
        ("comments", Comment.objects.select_related("case"), index_comments),
    ]
    total: int = sum(rows.count() for _, rows, _ in parts)
    done = 0
    for name, rows, write in parts:
        last = None
        while batch := list((rows if last is None else rows.filter(pk__gt=last)).order_by("pk")[:_BATCH]):
            write(batch)
            last = batch[-1].pk
            done += len(batch)
            report(done, total, name)
    return total


@transaction.atomic
def _write(rows: list[SearchDocument]) -> None:
    SearchDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=_UPDATED
    )


def _row(
    kind: FoundKind, object_id: UUID, customer: UUID, title: str, text: str, *, case: UUID | None = None,
    names: Sequence[str] = (),
) -> SearchDocument:  # fmt: skip
    row = SearchDocument(
        kind=kind, object_id=object_id, customer_id=customer, case_id=case, title=title[:300], text=text[:_LONGEST],
        names=fold(" ".join(names)),
    )  # fmt: skip
    row.folded = folded_of(row)
    return row


def _customer_row(customer: Customer) -> SearchDocument:
    parties = [customer.party, *(owner.party for owner in customer.owners.all())]
    names = [name for party in parties for name in (party.name, *party.aliases)]
    facts = [customer.external_id]
    for party in parties:
        facts += [party.email, party.phone, *(item.value for item in party.identifiers.all())]
        facts += [f"{item.street} {item.postcode} {item.city}" for item in party.addresses.all()]
    text = joined([*names[1:], *facts])
    return _row(FoundKind.CUSTOMER, customer.pk, customer.pk, customer.party.name, text, names=names)


def _document_row(document: Document) -> SearchDocument:
    text = "\n".join(page.text for page in document.pages.all())
    return _row(FoundKind.DOCUMENT, document.pk, document.customer_id, document.filename, text)
