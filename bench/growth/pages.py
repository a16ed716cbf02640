"""The pages and REST answers that people and programs live on, as functions of a client."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Ask = Callable[[Any], Any]


@dataclass(frozen=True)
class Subject:
    """What the pages are about: a case, its customer, and a name to look for."""

    case: UUID
    customer: UUID
    name: str


def pages(one: Subject) -> dict[str, Ask]:
    """Each by its name; the client is signed in as somebody who may see all of it."""
    case, customer = f"/cases/{one.case}/", f"/customers/{one.customer}/"
    return {
        "queue": lambda client: client.get("/cases/"),
        "queue, closed": lambda client: client.get("/cases/", {"view": "closed"}),
        "case": lambda client: client.get(case),
        "case, transactions": lambda client: client.get(f"{case}?tab=transactions"),
        "case, screening": lambda client: client.get(f"{case}?tab=screening"),
        "case, history": lambda client: client.get(f"{case}?tab=history"),
        "peek": lambda client: client.get(f"{case}peek/", headers={"HX-Request": "true"}),
        "customers": lambda client: client.get("/customers/"),
        "customers, rated high": lambda client: client.get("/customers/", {"rating": "high"}),
        "customers, exited": lambda client: client.get("/customers/", {"status": "exited"}),
        "customers, organisations": lambda client: client.get("/customers/", {"kind": "organisation"}),
        "customer": lambda client: client.get(customer),
        "transactions of a customer": lambda client: client.get(f"/monitoring/transactions/of/{one.customer}/"),
        "hits of a customer": lambda client: client.get(f"/screening/of/{one.customer}/"),
        "search": lambda client: client.post("/search/", {"q": one.name}),
        "runs": lambda client: client.get("/workflows/runs/"),
        "notifications": lambda client: client.get("/notifications/"),
        "record": lambda client: client.get("/audit/"),
        "REST: cases": lambda client: client.get("/api/v1/cases"),
        "REST: a case": lambda client: client.get(f"/api/v1/cases/{one.case}"),
        "REST: customers": lambda client: client.get("/api/v1/customers"),
        "REST: transactions": lambda client: client.get("/api/v1/transactions"),
        "REST: hits": lambda client: client.get("/api/v1/hits"),
        "REST: alerts": lambda client: client.get("/api/v1/alerts"),
    }
