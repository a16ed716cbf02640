"""Pages of customers: what they show, who may, what is recorded."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.actor import system_actor
from customers.models import Customer, RatingPolicy
from customers.risk.evidence import RiskEvidence
from customers.risk.factors import FACTORS
from customers.services import rate_customer
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer, make_organisation, make_owner
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(make_person(Role.ANALYST))
    return client


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_person(Role.ADMINISTRATOR))
    return client


def _url(name: str, customer: Customer) -> str:
    return reverse(f"customers:{name}", args=[customer.pk])


def _policy(**changes: str) -> dict[str, str]:
    return dict.fromkeys(FACTORS, "10") | {"medium_from": "30", "high_from": "60"} | changes


def test_customer_page_shows_the_owner_with_the_share(analyst: Client) -> None:
    customer = make_organisation()
    make_owner(customer, share="60", name="Bo Li")
    page = analyst.get(_url("customer_detail", customer)).content.decode()
    assert "Bo Li" in page
    assert "60 %" in page


def test_customer_name_is_escaped(analyst: Client) -> None:
    page = analyst.get(_url("customer_detail", make_customer(name="<script>x</script>"))).content.decode()
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize(("name", "action"), [
    ("customer_detail", "customer_viewed"), ("rating_panel", "rating_viewed"),
])  # fmt: skip
def test_looking_at_a_customer_is_recorded(analyst: Client, name: str, action: str) -> None:
    analyst.get(_url(name, make_customer()))
    assert AuditEntry.objects.filter(action=f"customers.{action}").count() == 1


def test_looking_through_the_list_is_recorded_with_the_customers_shown(analyst: Client) -> None:
    customer = make_customer()
    analyst.get(reverse("customers:customer_list"))
    entry = AuditEntry.objects.get(action="customers.customers_listed")
    assert json.loads(bytes(entry.body))["after"] == {"number": 1, "customers": [str(customer.pk)]}


def test_page_has_a_tab_for_every_control(analyst: Client) -> None:
    customer = make_customer(name="Iris Blau")
    panels = {
        "documents": "documents:document_panel",
        "screening": "screening:hit_panel",
        "alerts": "monitoring:alert_panel",
    }
    assert "Iris Blau</bdi></h1>" in analyst.get(_url("customer_detail", customer)).content.decode()
    for tab, panel in panels.items():
        page = analyst.get(_url("customer_detail", customer), {"tab": tab}).content.decode()
        assert f'hx-get="{reverse(panel, args=[customer.pk])}"' in page


def test_rating_stands_alone_and_is_a_fragment_for_htmx(analyst: Client) -> None:
    url = _url("rating_panel", make_customer())
    assert "<html" in analyst.get(url).content.decode()
    assert "<html" not in analyst.get(url, headers={"HX-Request": "true"}).content.decode()


def test_rating_panel_shows_every_factor_and_the_floor(analyst: Client) -> None:
    customer = make_customer()
    rate_customer(customer=customer, evidence=RiskEvidence(pep=True), by=system_actor("test"))
    page = analyst.get(_url("rating_panel", customer)).content.decode()
    assert "High whatever the score: A politically exposed person needs enhanced due diligence" in page
    assert page.count("<progress") == len(FACTORS)


def test_customer_not_rated_yet_is_said(analyst: Client) -> None:
    assert "has not been rated yet" in analyst.get(_url("rating_panel", make_customer())).content.decode()


def test_unknown_customer_answers_404(analyst: Client) -> None:
    assert analyst.get(reverse("customers:customer_detail", args=[uuid4()])).status_code == 404


def test_list_of_many_customers_takes_as_many_queries_as_of_one(analyst: Client, django_assert_num_queries) -> None:
    make_customer()
    analyst.get(reverse("customers:customer_list"))
    with CaptureQueriesContext(connection) as one:
        analyst.get(reverse("customers:customer_list"))
    for _ in range(4):
        make_customer()
    with django_assert_num_queries(len(one)):
        analyst.get(reverse("customers:customer_list"))


def test_search_finds_by_part_of_a_name(analyst: Client) -> None:
    make_customer(name="Łukasz Findable")
    make_customer(name="Somebody Else")
    page = analyst.post(reverse("customers:customer_list"), {"q": "findab"}).content.decode()
    assert ("Łukasz Findable" in page, "Somebody Else" in page) == (True, False)


def test_administrator_publishes_a_policy_and_it_is_recorded(admin: Client) -> None:
    admin.post(reverse("customers:rating_policy"), _policy(pep="40"))
    assert RatingPolicy.objects.first().factors["weights"]["pep"] == "40"
    assert AuditEntry.objects.filter(action="customers.rating_policy_published", actor_kind="person").count() == 1


@pytest.mark.parametrize(("changes", "text"), [
    ({"pep": "101"}, "less than or equal to 100"), ({"pep": "x"}, "Enter a number"),
    ({"high_from": "20"}, "must be above 30"), (dict.fromkeys(FACTORS, "0"), "at least one factor"),
])  # fmt: skip
def test_broken_policy_comes_back_with_what_is_wrong(admin: Client, changes: dict[str, str], text: str) -> None:
    page = admin.post(reverse("customers:rating_policy"), _policy(**changes))
    assert text in page.content.decode()
    assert RatingPolicy.objects.count() == 1


def test_analyst_may_not_see_the_policy_form(analyst: Client) -> None:
    assert analyst.get(reverse("customers:rating_policy")).status_code == 403


def test_administrator_may_not_see_customers(admin: Client) -> None:
    assert admin.get(reverse("customers:customer_list")).status_code == 403


def test_list_is_narrowed_by_the_newest_rating_status_and_kind(analyst: Client) -> None:
    high, other = make_customer(name="Ola High"), make_customer(name="Bo Other")
    rate_customer(
        customer=high, evidence=RiskEvidence(sanction_confirmed=True, pep=True, open_alerts=9), by=system_actor("test")
    )
    rate_customer(customer=other, evidence=RiskEvidence(), by=system_actor("test"))
    firm = make_organisation()
    high.refresh_from_db(), other.refresh_from_db()
    assert high.risk_level == high.ratings.first().level != other.risk_level
    listing = reverse("customers:customer_list")

    def shown(**asked: str) -> set[str]:
        return {row.party.name for row in analyst.get(listing, asked).context["page"]}

    assert shown(rating=high.risk_level) == {"Ola High"}
    assert shown(rating="unrated") == {firm.party.name}
    assert shown(kind="person", status="onboarding") == {"Ola High", "Bo Other"}
    assert shown(status="active") == set()
    assert "take a filter away" in analyst.get(listing, {"status": "active"}).content.decode()
    assert len(shown(rating="no such level")) == 3


def test_a_search_keeps_the_filter_of_the_address(analyst: Client) -> None:
    make_customer(name="Ilse Quendel")
    make_organisation(name="Quendel GmbH")
    answer = analyst.post(reverse("customers:customer_list") + "?kind=organisation", {"q": "Quendel"})
    assert [row.party.name for row in answer.context["page"]] == ["Quendel GmbH"]


def test_countries_are_shown_by_name_in_the_readers_language(analyst: Client) -> None:
    make_customer(name="Ilse Quendel", nationalities=["RU"])
    listing = reverse("customers:customer_list")
    assert "Russia" in analyst.get(listing).content.decode()
    assert "Russland" in analyst.get(listing, headers={"accept-language": "de"}).content.decode()


def test_a_policy_that_is_tried_says_who_would_move_and_publishes_nothing(admin: Client) -> None:
    customers = [make_customer(country="DE"), make_customer(country="SY")]
    for customer in customers:
        rate_customer(customer=customer, evidence=RiskEvidence(documents_verified=1), by=system_actor("test"))
    published = RatingPolicy.objects.count()
    typed = dict.fromkeys(FACTORS, "0") | {"geography": "10", "medium_from": "1", "high_from": "50"}
    page = admin.post("/customers/rating-policy/", typed | {"try": "1"}).content.decode()
    levels = [customer.ratings.get().level for customer in customers]
    assert "Of 2 rated customers, higher: 2, lower: 0." in page, levels
    assert f"Customer {str(customers[1].pk)[-8:]}" in page
    assert "data-chart" in page
    assert customers[0].party.name not in page
    assert RatingPolicy.objects.count() == published


def test_a_policy_on_many_customers_is_tried_as_long_work(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("customers.selectors.AT_ONCE", 0)
    rate_customer(customer=make_customer(), evidence=RiskEvidence(documents_verified=1), by=system_actor("test"))
    typed = dict.fromkeys(FACTORS, "0") | {"pep": "10", "medium_from": "0", "high_from": "50"}
    answer = admin.post("/customers/rating-policy/", typed | {"try": "1"})
    work = LongWork.objects.get()
    assert answer["Location"] == reverse("workflows:work_detail", args=[work.pk])
    run_work(work.pk)
    work.refresh_from_db()
    assert (work.result["rated customers"], work.result["rated higher"]) == (1, 1)
