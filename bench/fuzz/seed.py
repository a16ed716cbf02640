"""What the requests meet, printed as JSON: callers with all they may do, and the ids of what the demonstration left."""

import json
import time
from datetime import timedelta

from django.apps import apps
from django.test import Client

from accounts.enums import Role
from accounts.models import ApiClient, User
from accounts.services import create_api_key
from workflows.models import LongWork

_KINDS = {
    "alerts": "monitoring.Alert", "cases": "cases.Case", "customers": "customers.Customer", "decisions": "cases.Decision",
    "documents": "documents.Document", "filings": "filings.Filing", "hits": "screening.Hit", "runs": "workflows.Run",
    "submissions": "cases.Submission", "transactions": "monitoring.Transaction", "webhooks": "notifications.Destination",
    "deliveries": "notifications.Outbox", "workflows": "workflows.Workflow", "hooks": "workflows.Workflow",
}  # fmt: skip
_MOST, _PATIENCE = 20, 300


def seeded() -> str:
    """Waits until the people of the demonstration have done their day; a key and sessions; up to 20 ids a kind."""
    end = time.monotonic() + _PATIENCE
    while LongWork.objects.filter(finished_at=None).exists() and time.monotonic() < end:
        time.sleep(1)
    administrator = User.objects.get(username="adam.admin")
    program = ApiClient.objects.get()
    key = create_api_key(
        client_id=program.pk, valid_for=timedelta(days=1), per_minute=1_000_000, by=administrator.actor
    )
    ids = {
        kind: [str(pk) for pk in apps.get_model(label).objects.order_by("pk").values_list("pk", flat=True)[:_MOST]]
        for kind, label in _KINDS.items()
    }
    people = (Role.ANALYST, Role.MLRO, Role.ADMINISTRATOR)
    return json.dumps({"ids": ids, "key": key[1], "sessions": {role: _session(role) for role in people}})


def _session(role: str) -> str:
    browser = Client()
    browser.force_login(User.objects.get(role=role))
    return browser.cookies["sessionid"].value
