"""Optimistic locking and identifiers."""

import pytest

from core.exceptions import Conflict
from core.ids import new_id, parse_id
from customers.models import Party


def test_new_ids_sort_by_time() -> None:
    ids = [new_id() for _ in range(100)]
    assert ids == sorted(ids)
    assert {identifier.version for identifier in ids} == {7}


def test_parse_id_of_a_malformed_text_is_an_id_no_row_has() -> None:
    assert parse_id("../etc/passwd").int == 0


@pytest.mark.django_db
def test_claim_version_by_the_second_of_two_editors_is_a_conflict() -> None:
    party = Party.objects.create(kind="person", name="A")
    other = Party.objects.get(pk=party.pk)
    party.claim_version()
    with pytest.raises(Conflict):
        other.claim_version()
    assert party.version == 2
