"""A few customers that the product itself onboarded, copied inside PostgreSQL until there are millions of rows. Django is set up."""

import time
from datetime import date, timedelta

from django.db import connection

from accounts.enums import Role
from accounts.models import User
from accounts.roles import permissions_of
from accounts.services import create_api_client, create_person
from bench.clone import NAME, copy_rows
from bench.growth.pages import Subject
from bench.pages_seed import CLONED, seed_cases
from cases.models import Case
from cases.services import NewSubmission, open_case
from compliance_site.shipped import ensure_what_ships
from core.actor import system_actor
from core.clock import now
from customers.enums import PartyKind
from customers.models import Customer, Party, RatingFactor, RiskRating
from customers.shapes import NewCustomer, NewParty
from monitoring.services import ingest_transactions
from screening.demo_list import import_demo_list
from workflows.dispatcher import EmbeddedDispatcher
from workflows.models import Run

_PATTERNS = 5
_A_DAY_S, _YEARS = 86_400, 5


def seed_few() -> Subject:
    """What ships, an officer `bench0`, five customers with their cases; the first is what the pages are about."""
    ensure_what_ships()
    by = system_actor("bench")
    create_person(username="bench0", full_name="Bench 0", role=Role.MLRO, password="a benchmark's own password", by=by)
    officer = User.objects.get(username="bench0").actor
    import_demo_list(by=officer)
    client = create_api_client(name="bench", scopes=sorted(permissions_of(Role.SERVICE_ACCOUNT)), by=officer)
    for number in range(_PATTERNS):
        party = NewParty(
            kind=PartyKind.PERSON,
            name=f"Ilse Quendel {number}",
            birth_date=date(1980, 1, 1 + number),
            nationalities=("AT",),
        )
        new = NewCustomer(external_id=f"G-{number}", party=party, product="savings", channel="branch")
        open_case(data=NewSubmission(new, ()), by=client.actor)
    rows = [
        {"external_id": f"G-{place}", "customer_external_id": f"G-{place % _PATTERNS}", "direction": "in", "amount": "100.00",
         "currency": "EUR", "booked_at": (now() - timedelta(hours=place)).isoformat()}
        for place in range(10 * _PATTERNS)
    ]  # fmt: skip
    ingest_transactions(rows=rows, source="bench", by=client.actor)
    _work_off()
    case = Case.objects.select_related("customer__party").order_by("number")[0]
    return Subject(case.pk, case.customer_id, case.customer.party.name)


def seed_many(*, cases: int, customers: int, transactions: int) -> None:
    """Copies until there are so many of each, by statements that run inside the database."""
    patterns = list(Customer.objects.order_by("created_at").values_list("pk", "party_id")[:_PATTERNS])
    seed_cases(cases, 5 * cases)
    began = time.monotonic()
    each, done = (customers - cases) // _PATTERNS, cases // _PATTERNS * _PATTERNS
    for place, (customer, party) in enumerate(patterns):
        numbers = (done + place * each + 1, done + (place + 1) * each)
        copy_rows(Party, "t.id = %s", [party], numbers, cloned=CLONED, instead={"name": NAME})
        external = {"external_id": "t.external_id || '-' || n"}
        copy_rows(Customer, "t.id = %s", [customer], numbers, cloned=CLONED, instead=external)
        copy_rows(RiskRating, "t.customer_id = %s", [customer], numbers, cloned=CLONED, instead={})
        of_rating = "t.rating_id IN (SELECT id FROM customers_riskrating WHERE customer_id = %s)"
        copy_rows(RatingFactor, of_rating, [customer], numbers, cloned=CLONED, instead={})
    print(f"  {customers - cases:,} more customers in {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    seed_transactions(transactions)
    print(f"  {transactions:,} transactions in {time.monotonic() - began:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")  # else what is measured first waits for what was seeded


def seed_transactions(count: int, accounts: int = 3_000_000) -> None:
    """Spread over the customers and the last five years; accounts repeat, as counterparties do.

    With a multiple of the number of customers for `accounts`, each account is one customer's.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS payers")
        cursor.execute(
            "CREATE TEMP TABLE payers AS SELECT row_number() OVER () - 1 AS place, id FROM customers_customer"
        )
        cursor.execute("CREATE INDEX ON payers (place)")
        cursor.execute(
            """
            INSERT INTO monitoring_transaction (id, created_at, ingest_id, client_id, customer_id, external_id, account, direction,
                amount, currency, base_amount, type, channel, counterparty_name, counterparty_account, counterparty_country,
                reference, booked_at)
            SELECT md5('t' || n)::uuid, now(), (SELECT id FROM monitoring_ingest LIMIT 1), NULL, payers.id, 'B-' || n,
                'AT' || (n %% %s), CASE WHEN n %% 2 = 0 THEN 'in' ELSE 'out' END, 1 + n %% 5000, 'EUR', 1 + n %% 5000, '', '',
                'Somebody ' || (n %% 100000), 'DE' || (n %% 2000000), 'DE', '', now() - random() * %s * interval '1 second'
            FROM generate_series(1, %s) n JOIN payers ON payers.place = n %% (SELECT count(*) FROM payers)
            """,
            [accounts, _YEARS * 365 * _A_DAY_S, count],
        )


def _work_off() -> None:
    dispatcher = EmbeddedDispatcher(2)
    dispatcher.start()
    deadline = time.monotonic() + 300
    while Run.objects.filter(state="running").exists() and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(5)  # assessments, search and the record follow
    dispatcher.stop()
