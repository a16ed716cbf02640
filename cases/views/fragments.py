"""Parts of the case page that are addresses of their own; a live hint fetches them again. None of them counts as a look."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from cases import selectors
from cases.changes import changes_since
from cases.facts import facts_of, masked_facts
from cases.linked import linked_of
from cases.models import Case
from cases.timeline import EVERYTHING, PEOPLE, SYSTEM, timeline_of
from cases.views.page import checklist_context, comment_context, header_context
from core.http import actor_of, fragment, requires
from core.language import code_in_words
from core.masking import sees
from core.permissions import Permission
from core.words import said
from customers.selectors import customer_for
from customers.services import record_customer_view

_KINDS = {EVERYTHING: said("Everything"), PEOPLE: said("People"), SYSTEM: said("System")}


@requires(Permission.CASE_VIEW)
def case_header(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The header as it is now; with `?seen=` a version, it says who changed the case since."""
    case = selectors.case_for(request.user, pk)
    seen = request.GET.get("seen", "")
    stale = seen.isdigit() and int(seen) != case.version and not case.is_concealed
    context = header_context(request, case) | {"seen": seen or case.version}
    context |= {"is_stale": stale, "changes": changes_since(case, int(seen)) if stale else []}
    return fragment(request, "cases/_header.html", context)


@requires(Permission.CASE_VIEW)
def case_comments(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The comments alone, without the form: what somebody types there stays."""
    case = selectors.case_for(request.user, pk)
    context = {"case": case, "comments": selectors.comments_shown(case, request.user)}
    return fragment(request, "cases/_comment_list.html", context)


def comment_panel(request: HttpRequest, case: Case) -> HttpResponse:
    """The comments with an empty form."""
    return fragment(request, "cases/_comments.html", {"case": case} | comment_context(request, case))


def checklist_panel(request: HttpRequest, case: Case) -> HttpResponse:
    """The checklist as it is now."""
    return fragment(request, "cases/_checklist.html", {"case": case} | checklist_context(case))


@requires(Permission.CASE_VIEW)
def case_timeline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What happened on the case; `?show=` is `people`, `system` or `all`."""
    case = selectors.case_for(request.user, pk)
    show = request.GET.get("show", EVERYTHING)
    show = show if show in _KINDS else EVERYTHING
    context = {"case": case, "kinds": _KINDS, "show": show, "timeline": timeline_of(case, show, request.user)}
    return fragment(request, "cases/_timeline.html", context)


@requires(Permission.CUSTOMER_VIEW)
def case_facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The customer's facts with where each came from. Looking is recorded."""
    customer = customer_for(request.user, selectors.case_for(request.user, pk).customer_id)
    record_customer_view(customer_id=customer.pk, by=actor_of(request))
    relation = [
        (said("Product"), capfirst(code_in_words(customer.product))),
        (said("Channel"), capfirst(code_in_words(customer.channel))),
        (said("Purpose"), customer.purpose), (said("Sender's key"), customer.external_id),
    ]  # fmt: skip
    facts = facts_of(customer)
    rows = facts if sees(request, customer.pk) else masked_facts(facts)
    context = {"customer": customer, "rows": rows, "relation": [row for row in relation if row[1]]}
    return fragment(request, "cases/_facts.html", context)


@requires(Permission.CASE_VIEW)
def customer_cases(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The customer's cases, newest first, for the customer's page."""
    customer = customer_for(request.user, pk)
    return fragment(request, "cases/_of_customer.html", {"cases": selectors.cases_of(customer, request.user)})


@requires(Permission.CUSTOMER_VIEW)
def case_linked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who shares a phone, an address, an owner and so on with the customer. Looking is recorded."""
    case = selectors.case_for(request.user, pk)
    record_customer_view(customer_id=case.customer_id, by=actor_of(request))
    return fragment(request, "cases/_linked.html", {"linked": linked_of(case, request.user)})
