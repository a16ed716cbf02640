"""The generated client against a live server: what integrators are given is made here, and works."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench.tampering.log_of import log_of
from cases.models import Submission
from cases.services import ensure_case_configuration
from monitoring.models import Transaction
from scripts.make_client import make_client
from tests.factories.accounts import make_api_key
from workflows.services import ensure_shipped_workflows

CUSTOMER = {"external_id": "A-1", "kind": "person", "name": "Jane Citizen", "birth_date": "1984-06-07"}
ROW = {"external_id": "T-1", "customer_external_id": "A-1", "direction": "in", "amount": "10.00", "currency": "EUR",
       "booked_at": "2026-11-01T10:00:00Z"}  # fmt: skip


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The example, importing a client generated from the document as it is now."""
    folder = str(make_client(tmp_path_factory.mktemp("client")))
    sys.path.insert(0, folder)
    yield import_module("docs.examples.with_client")
    sys.path.remove(folder)


@pytest.fixture
def client(example: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    ensure_shipped_workflows()
    ensure_case_configuration()
    monkeypatch.setenv("PROBITY_URL", live_server.url)
    monkeypatch.setenv("PROBITY_KEY", make_api_key()[1])
    with example.connect() as connected:
        yield connected


@pytest.mark.django_db(transaction=True)
def test_a_submission_goes_in_once_and_is_followed_and_transactions_are_streamed(
    example: Any, client: Any, tmp_path: Path
) -> None:
    paper = tmp_path / "passport.pdf"
    paper.write_bytes(b"no document")
    accepted = example.submit(client, CUSTOMER, [paper], key="one")
    assert example.submit(client, CUSTOMER, [paper], key="one").id == accepted.id
    assert Submission.objects.count() == 1
    status = example.wait(client, accepted, seconds=0)
    assert (status.state, status.documents[0].filename) == ("processing", "passport.pdf")
    assert example.evidence(client, status) is None
    told = example.stream(client, [ROW, ROW | {"external_id": "T-2"}, ROW | {"external_id": "T-3", "amount": "-1"}])
    assert (told.accepted, told.rejected_count, told.rejected[0].line) == (2, 1, 3)
    assert Transaction.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_is_a_problem_with_pointers(example: Any, client: Any) -> None:
    with pytest.raises(example.Refused) as refused:
        example.submit(client, CUSTOMER | {"name": ""}, [], key="two")
    problem = refused.value.problem
    assert (problem.status, problem.code, problem.errors[0].pointer) == (422, "invalid_input", "/customer/name")


@pytest.mark.django_db(transaction=True)
def test_the_proof_of_an_entry_leads_to_the_signed_root_and_a_bent_one_does_not(example: Any, client: Any) -> None:
    for made in log_of(5):
        proof = example.taken(example.audit_entries_proof_retrieve.sync(bytes(made.leaf).hex(), client=client))
        assert example.is_on_record(proof)
        assert not example.is_on_record(type(proof).from_dict(proof.to_dict() | {"leaf": "00" * 32}))
        longer = [*proof.path, "00" * 32]
        assert not example.is_on_record(type(proof).from_dict(proof.to_dict() | {"path": longer}))
