"""The checkpoint and the proofs over REST."""

import pytest
from rest_framework.test import APIClient

from audit.keys import verifiers
from audit.log.checkpoints import parse_checkpoint
from audit.log.merkle import root_from_inclusion
from audit.log.notes import open_note
from bench.tampering.log_of import log_of, note
from tests.factories.accounts import make_api_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {make_api_key()[1]}")
    return client


def test_a_receipt_is_proven_by_the_signed_root(api: APIClient) -> None:
    made = log_of(5)
    told = api.get(f"/api/v1/audit/entries/{bytes(made[2].leaf).hex()}/proof").json()
    root = parse_checkpoint(open_note(told["checkpoint"], verifiers())).root
    path = [bytes.fromhex(step) for step in told["path"]]
    assert root_from_inclusion(bytes.fromhex(told["leaf"]), told["index"], told["size"], path) == root


@pytest.mark.parametrize("leaf", ["00" * 32, "nonsense"])
def test_an_unknown_leaf_is_not_found(api: APIClient, leaf: str) -> None:
    log_of(1)
    assert api.get(f"/api/v1/audit/entries/{leaf}/proof").status_code == 404


def test_what_still_waits_is_not_found_yet(api: APIClient) -> None:
    assert api.get(f"/api/v1/audit/entries/{bytes(note(1).leaf).hex()}/proof").status_code == 404


def test_the_checkpoint_is_the_newest_signed_note(api: APIClient) -> None:
    assert api.get("/api/v1/audit/checkpoint").status_code == 404
    log_of(2, 3)
    assert api.get("/api/v1/audit/checkpoint").json()["size"] == 5
