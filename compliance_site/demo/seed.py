"""Seeding: idempotent, quick, and through the services, so that its record and runs are true."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from accounts.enums import Role
from accounts.models import ApiClient, User
from accounts.roles import permissions_of
from accounts.services import create_api_client, create_api_key
from cases.services import open_case
from compliance_site.demo.batches import demo_batches, demo_qualifications
from compliance_site.demo.day import DEMO_DAY
from compliance_site.demo.learning import DEMO_MODELS, demo_mules
from compliance_site.demo.people import PEOPLE, make_people
from compliance_site.demo.reports import make_receiver
from compliance_site.demo.submissions import demo_submissions
from compliance_site.demo.transactions import demo_transactions
from compliance_site.demo.year import demo_year
from compliance_site.shipped import ensure_what_ships
from core.actor import Actor, system_actor
from core.clock import today
from monitoring.services import ingest_process_events, ingest_transactions, set_qualifications, set_rate
from screening.demo_list import import_demo_list
from workflows.services import start_work

_PASSWORD = "probity-demo-2026"  # noqa: S105 - printed at the start of a demonstration, made nowhere else
_CLIENT = "Demo core banking"
_RATES = {"USD": "1.09", "GBP": "0.85", "CHF": "0.95", "NOK": "11.6", "PLN": "4.3"}  # near what they were, nobody's


@dataclass(frozen=True)
class DemoLogin:
    """A line of what the start prints; the API client's password is its key's file."""

    username: str
    password: str
    role: str


def demo_logins() -> list[DemoLogin]:
    """The demonstration's logins; empty where it has not been seeded."""
    if not ApiClient.objects.filter(name=_CLIENT).exists():
        return []
    people = [DemoLogin(username, _PASSWORD, role) for username, _, role in PEOPLE]
    return [*people, DemoLogin(_CLIENT, f"key in {settings.DATA_DIR / 'demo-api-key'}", Role.SERVICE_ACCOUNT)]


@transaction.atomic
def seed_demo() -> bool:
    """Seeds the demonstration once; False where it is there. What is queued is worked by the workers afterwards."""
    if ApiClient.objects.filter(name=_CLIENT).exists():
        return False
    by = system_actor("demonstration")
    make_people(password=_PASSWORD, by=by)
    administrator = User.objects.get(username="adam.admin").actor
    client = create_api_client(name=_CLIENT, scopes=sorted(permissions_of(Role.SERVICE_ACCOUNT)), by=administrator)
    _, key = create_api_key(client_id=client.pk, valid_for=timedelta(days=365), by=administrator)
    path = settings.DATA_DIR / "demo-api-key"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(key + "\n")
    ensure_what_ships()
    import_demo_list(by=administrator)
    make_receiver(by=administrator)
    for submission in demo_submissions():
        open_case(data=submission, by=client.actor)
    _deliver(administrator, client.actor)
    start_work(kind=DEMO_DAY, title="The people of the demonstration at work", by=administrator)
    start_work(kind=DEMO_MODELS, title="Two versions of a model that ranks", by=administrator)
    return True


def _deliver(administrator: Actor, client: Actor) -> None:
    """A year of transactions with what stands out in them, and two months of batch records."""
    for currency, per_base in _RATES.items():
        set_rate(currency=currency, on=today() - timedelta(days=400), per_base=Decimal(per_base), by=administrator)
    history = sorted([*demo_year(), *demo_mules()], key=lambda row: str(row["booked_at"]))
    ingest_transactions(rows=history, source="a year of history", by=client)
    ingest_transactions(rows=demo_transactions(), source="demonstration", by=client)
    set_qualifications(rows=demo_qualifications(), source="demonstration", by=client)
    ingest_process_events(rows=demo_batches(), source="demonstration", by=client)
