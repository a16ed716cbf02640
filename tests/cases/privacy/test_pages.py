"""The pages of data protection: recording, refusing in words that do not tell, giving out, approving."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client

from accounts.enums import Role
from cases.models import Case
from cases.privacy.models import LegalHold, PrivacyRequest, RetentionPolicy
from cases.privacy.services import place_hold
from core.clock import now
from customers.enums import CustomerStatus
from customers.services import set_customer_status
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.monitoring import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    made = make_case()
    Case.objects.filter(pk=made.pk).update(status="closed", closed_at=now())
    set_customer_status(customer=made.customer, status=CustomerStatus.EXITED, by=SYSTEM)
    return made


def _of(role: Role) -> Client:
    client = Client()
    client.force_login(make_person(role))
    return client


def _record(client: Client, case: Case, kind: str) -> PrivacyRequest:
    told = {"kind": kind, "received_on": now().date().isoformat()}
    assert client.post(f"/cases/privacy/of/{case.customer_id}/record/", told).status_code == 302
    return PrivacyRequest.objects.get()


def test_access_is_given_as_an_archive_and_settles_the_request(case: Case) -> None:
    client = _of(Role.REVIEWER)
    row = _record(client, case, "access")
    answer = client.post(f"/cases/privacy/{row.pk}/pack/", {"version": row.version})
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
        assert {"data.json", "README.txt"} <= set(packed.namelist())
    row.refresh_from_db()
    assert row.state == "done"
    assert client.post(f"/cases/privacy/{row.pk}/pack/", {"version": row.version}).status_code == 409


def test_an_early_erasure_is_refused_in_words_that_name_the_law_and_no_suspicion(case: Case) -> None:
    client = _of(Role.REVIEWER)
    place_hold(customer_id=case.customer_id, reason="Investigation", until=None, by=make_person(Role.MLRO).actor)
    row = _record(client, case, "erasure")
    page = client.get(f"/cases/privacy/{row.pk}/")
    suggested = page.context["refusal"].initial["answer"]
    assert "Article 77" in suggested
    assert not [word for word in ("hold", "nvestigation", "case", "suspic") if word in suggested]
    assert "A legal hold is in force" in page.content.decode()
    client.post(f"/cases/privacy/{row.pk}/refuse/", {"version": row.version, "answer": suggested})
    assert PrivacyRequest.objects.get().state == "refused"


def test_an_approval_that_something_bars_says_what(case: Case) -> None:
    row = _record(_of(Role.REVIEWER), case, "erasure")
    answer = _of(Role.MLRO).post(f"/cases/privacy/{row.pk}/approve/", {"version": row.version})
    assert answer.status_code == 409
    assert "must be kept until" in answer.content.decode()


def test_a_hold_is_placed_and_lifted_with_a_reason(case: Case) -> None:
    client = _of(Role.MLRO)
    client.post(f"/cases/privacy/of/{case.customer_id}/hold/", {"reason": "Court order 7/26"})
    hold = LegalHold.objects.get()
    client.post(f"/cases/privacy/holds/{hold.pk}/lift/", {"version": hold.version, "reason": ""})
    assert LegalHold.objects.get().lifted_at is None
    client.post(f"/cases/privacy/holds/{hold.pk}/lift/", {"version": hold.version, "reason": "Decided."})
    assert LegalHold.objects.get().lifted_at is not None


def test_what_was_typed_comes_back_with_the_error(case: Case) -> None:
    answer = _of(Role.REVIEWER).post(
        f"/cases/privacy/of/{case.customer_id}/record/", {"kind": "erasure", "received_on": "2999-01-01"}
    )
    assert answer.status_code == 422
    assert "2999-01-01" in answer.content.decode()


def test_the_policy_is_published_by_administrators(case: Case) -> None:
    _of(Role.ADMINISTRATOR).post("/cases/privacy/policy/", {"exited_years": 7, "rejected_years": 2})
    assert RetentionPolicy.objects.get().exited_years == 7


def test_an_analyst_sees_none_of_it(case: Case) -> None:
    analyst = _of(Role.ANALYST)
    for path in ("/cases/privacy/", f"/cases/privacy/of/{case.customer_id}/", "/cases/privacy/policy/"):
        assert analyst.get(path).status_code == 403
    assert "Data protection" not in analyst.get(f"/customers/{case.customer_id}/").content.decode()
