"""The pages of a report: from the case's tab through every section to the file; what is wrong stands at its field."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from cases.filings import services
from cases.filings.models import Filing, FilingProfile
from cases.models import Case
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.filings import make_filing, make_filing_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def author(client: Client) -> User:
    person = make_person(Role.REVIEWER)
    client.force_login(person)
    return person


def test_a_report_is_drafted_from_the_cases_tab(case: Case, author: User, client: Client) -> None:
    profile = make_filing_profile()
    assert b"Draft a report" in client.get(reverse("cases:filing_panel", args=[case.pk])).content
    answer = client.post(reverse("cases:filing_open", args=[case.pk]), {"profile": profile.pk}, follow=True)
    page = answer.content.decode()
    assert "keep this report from being filed" in page
    assert "30 days: a suspect is known" in page


@pytest.mark.parametrize("section", ["report", "institution", "activity", "narrative"])
def test_a_section_saved_as_it_stands_changes_nothing(case: Case, client: Client, section: str) -> None:
    filing = make_filing(case)
    client.force_login(filing.author)
    address = reverse("filings:section_edit", args=[filing.pk, section])
    form = client.get(address).context["made"]
    forms = [form.own, *form.parts.values()]
    posted = {
        field.html_name: _posted(field.value())
        for made in forms
        for field in made
        if field.value() not in (None, False)
    }
    before = filing.data[section]
    assert client.post(address, posted | {"version": filing.version}).status_code == 302
    filing.refresh_from_db()
    assert filing.data[section] == before


def _posted(value: object) -> object:
    return value if isinstance(value, list) else str(value)


def test_a_subject_is_added_edited_and_removed(case: Case, client: Client) -> None:
    filing = make_filing(case)
    client.force_login(filing.author)
    client.post(reverse("filings:subject_add", args=[filing.pk]))
    address = reverse("filings:subject_edit", args=[filing.pk, 1])
    sets = {f"{name}-{key}": value for name in ("addresses", "identifiers", "accounts")
            for key, value in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))}  # fmt: skip
    told = {"own-kind": "entity", "own-last_name": "Acme", "addresses-0-city": "Köln", "addresses-0-country": "xx"}
    assert client.post(address, sets | told).status_code == 302
    page = client.get(address).content.decode()
    assert "Country is no country: two letters of ISO 3166-1." in page
    filing.refresh_from_db()
    assert filing.data["subjects"][1]["addresses"][0]["city"] == "Köln"
    client.post(reverse("filings:subject_remove", args=[filing.pk, 1]))
    filing.refresh_from_db()
    assert len(filing.data["subjects"]) == 1


def test_four_people_take_a_report_to_its_file(case: Case, client: Client) -> None:
    filing, mlro = make_filing(case), make_person(Role.MLRO)
    client.force_login(make_person(Role.REVIEWER))
    client.post(reverse("filings:filing_review", args=[filing.pk]))
    client.force_login(mlro)
    client.post(reverse("filings:filing_approve", args=[filing.pk]))
    taken = client.post(reverse("filings:filing_xml", args=[filing.pk]))
    assert taken.content.startswith(b"<?xml")
    assert taken["Content-Disposition"] == f'attachment; filename="{filing.number}.xml"'
    client.post(reverse("filings:filing_file", args=[filing.pk]), {"filed_on": Filing.objects.get().approved_at.date()})
    client.post(reverse("filings:filing_answer", args=[filing.pk]), {"number": "31000055053784"})
    assert Filing.objects.get().state == "acknowledged"
    assert b"31000055053784" in client.get(reverse("filings:filing_list")).content


def test_an_author_who_reviews_is_told_why_not(case: Case, client: Client) -> None:
    filing = make_filing(case)
    client.force_login(filing.author)
    answer = client.post(reverse("filings:filing_review", args=[filing.pk]))
    assert answer.status_code == 403
    assert "You wrote some of this report" in answer.content.decode()


def test_transactions_are_chosen_and_the_narrative_drafted_anew(case: Case, client: Client) -> None:
    filing = make_filing(case)
    client.force_login(filing.author)
    address = reverse("filings:transactions_edit", args=[filing.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"number": []}).status_code == 302
    assert client.post(address, {"number": ["none"]}).status_code == 422
    assert client.post(reverse("filings:narrative_draft", args=[filing.pk])).status_code == 302


def test_an_administrator_sets_up_a_receiver_and_sees_no_report(case: Case, client: Client) -> None:
    filing = make_filing(case)
    client.force_login(make_person(Role.ADMINISTRATOR))
    told = {"code": "two", "title": "Another", "deadline_days": "0", "own-name": "Bank", "address-city": "Rome"}
    assert client.post(reverse("filings:profile_new", args=["fincen_sar"]), told).status_code == 302
    assert FilingProfile.objects.get(code="two").institution["address"]["city"] == "Rome"
    assert client.get(reverse("filings:filing_detail", args=[filing.pk])).status_code == 403
    assert client.post(reverse("filings:profile_new", args=["goaml"]), told).status_code == 422
    for odd in ({"codes": "-1"}, {"schema": BytesIO(b"\0")}):
        assert client.post(reverse("filings:profile_new", args=["fincen_sar"]), told | odd).status_code == 422


def test_what_was_withdrawn_says_why(case: Case, client: Client) -> None:
    filing, mlro = make_filing(case), make_person(Role.MLRO)
    services.withdraw_filing(filing_id=filing.pk, reason="The payments were explained after all.", by=mlro.actor)
    client.force_login(mlro)
    assert b"explained after all" in client.get(reverse("filings:filing_detail", args=[filing.pk])).content
