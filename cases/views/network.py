"""The network tab: a picture for those who see, a table for everybody."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from cases import selectors
from cases.models import Case
from cases.network import MOST_MONTHS, MOST_NODES, Network, network_of
from core.http import actor_of, fragment, requires
from core.masking import sees
from core.permissions import Permission
from customers.selectors import customer_for
from monitoring.services import record_transactions_view

_USUAL_MONTHS = 12
_HOPS = (1, 2)


@requires(Permission.TRANSACTION_VIEW)
def case_network(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The network with its controls (`n_months`, `n_hops`) and its table. Looking is recorded."""
    case = selectors.case_for(request.user, pk)
    record_transactions_view(customer=case.customer, by=actor_of(request))
    months, hops = _chosen(request)
    network = _network(request, case)
    context = {
        "case": case, "network": network, "rows": network.rows(), "months": months, "hops": hops, "choices": _HOPS,
        "most_months": MOST_MONTHS, "most_nodes": MOST_NODES, "base_currency": settings.BASE_CURRENCY,
        "tab": request.GET.get("tab", ""), "view": request.GET.get("view", ""),
    }  # fmt: skip
    return fragment(request, "cases/_network.html", context)


@requires(Permission.TRANSACTION_VIEW)
def network_data(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The same network as Cytoscape reads it; its page has recorded the look."""
    network = _network(request, selectors.case_for(request.user, pk))
    nodes = [{"data": _node(node)} for node in network.nodes.values()]
    edges = [
        {
            "data": {
                "id": f"edge-{number}", "source": edge.source, "target": edge.target, "label": edge.label,
                "amount": float(edge.amount), "number": edge.number,
            }
        }
        for number, edge in enumerate(network.edges)
    ]  # fmt: skip
    response = JsonResponse({"nodes": nodes, "edges": edges})
    response["Cache-Control"] = "no-store"
    return response


def _node(node: Any) -> dict[str, object]:
    address = reverse("customers:customer_detail", args=[node.customer_id]) if node.customer_id else ""
    return {"id": node.key, "kind": node.kind, "label": node.label, "detail": node.detail, "address": address}


def _network(request: HttpRequest, case: Case) -> Network:
    months, hops = _chosen(request)
    in_clear = sees(request, case.customer_id)
    return network_of(customer_for(request.user, case.customer_id), months, hops, in_clear=in_clear)


def _chosen(request: HttpRequest) -> tuple[int, int]:
    """Months and hops of the URL, within what is offered."""
    months, hops = request.GET.get("n_months", ""), request.GET.get("n_hops", "")
    wanted = int(months) if months.isdigit() else _USUAL_MONTHS
    return max(1, min(MOST_MONTHS, wanted)), 2 if hops == "2" else 1
