"""Sealed columns and blind indexes, on a real table: what the database holds, what the product sees."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection, models
from pytest_django import Settings

from core.columns.blind import blind
from core.columns.cipher import open_value, seal_value
from core.columns.fields import SealedTextField
from core.columns.moving import open_all_of, renew, seal_all_of, sealed_columns
from core.envelope import CannotOpen
from core.sealed import things_by_key
from customers.models import Party, PartyLinkKey
from customers.selectors import linked_customer_ids
from tests.factories.cases import make_case
from tests.factories.customers import make_customer

OLD, NEW = {"2025": "a secret of before"}, {"2026": "another secret"}
MAIL, BORN = "marker@example.org", date(1984, 6, 7)
_EMAIL = "customers_party.email"


@pytest.fixture(autouse=True)
def _ring(settings: Settings, tmp_path: Path) -> None:
    settings.DOCUMENT_KEYS, settings.DOCUMENT_ROOT = OLD, tmp_path / "documents"


def _stored(column: str, table: str = "customers_party") -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CAST({column} AS text) FROM {table}")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
def test_the_database_holds_ciphertext_and_the_product_sees_values() -> None:
    party = make_customer(email=MAIL, birth_date=BORN, occupation="").party
    fresh = Party.objects.get(pk=party.pk)
    assert (fresh.email, fresh.birth_date, fresh.occupation) == (MAIL, BORN, "")
    assert Party.history.get(id=party.pk).email == MAIL
    assert list(Party.objects.values_list("email", "birth_date")) == [(MAIL, BORN)]
    for text in (*_stored("email"), *_stored("birth_date"), *_stored("email", "customers_historicalparty")):
        assert text.startswith("pbc1:2025:")
    assert _stored("occupation") == [""]


@pytest.mark.django_db
def test_an_update_seals_too() -> None:
    make_customer()
    Party.objects.update(email=MAIL)
    assert _stored("email")[0].startswith("pbc1:")
    party = Party.objects.get()
    party.phone = "+49 30 1234567"
    Party.objects.bulk_update([party], ["phone"])
    assert _stored("phone")[0].startswith("pbc1:")
    assert Party.objects.get().phone == "+49 30 1234567"


@pytest.mark.parametrize("condition", [
    {"email": MAIL}, {"email__icontains": "a"}, {"email__in": [MAIL]}, {"birth_date__year": 1984}, {"birth_date": BORN},
])  # fmt: skip
def test_a_query_over_a_sealed_column_is_an_error(condition: dict[str, object]) -> None:
    with pytest.raises(FieldError):
        Party.objects.filter(**condition)


@pytest.mark.django_db
def test_what_is_empty_can_be_asked_for() -> None:
    make_customer(email=MAIL)
    assert not Party.objects.filter(email="").exists()
    assert Party.objects.exclude(email="").filter(birth_date__isnull=False).exists()


def test_a_sealed_column_has_no_index() -> None:
    class Indexed(models.Model):
        text = SealedTextField(db_index=True)

        class Meta:
            app_label = "tests"

        def __str__(self) -> str:
            return ""

    assert [fault.id for fault in Indexed.check()] == ["core.E001"]


@pytest.mark.parametrize("text", ["x", "ü" * 2000, "pbc1:", "\x00"])
def test_a_value_opens_in_its_own_column_alone(text: str) -> None:
    sealed = seal_value(text, _EMAIL)
    assert open_value(sealed, _EMAIL) == text
    assert seal_value(text, _EMAIL) != sealed
    with pytest.raises(CannotOpen, match="another column"):
        open_value(sealed, "customers_party.phone")


def test_what_was_changed_or_has_no_key_is_said(settings: Settings) -> None:
    sealed = seal_value(MAIL, _EMAIL)
    for broken in (sealed[:-4], sealed[:-8] + "AAAAAAA=", "pbc1:2025:", "pbc1:2025:x", "pbc1:2025:ü"):
        with pytest.raises(CannotOpen):
            open_value(broken, _EMAIL)
    settings.DOCUMENT_KEYS = NEW
    with pytest.raises(CannotOpen, match="the key 2025, which is not configured"):
        open_value(sealed, _EMAIL)


@pytest.mark.django_db
def test_rotation_moves_columns_and_seals_what_stands_in_clear(settings: Settings) -> None:
    make_customer(email=MAIL)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_party SET phone = '+49 30 7654321'")
    assert Party.objects.get().phone == "+49 30 7654321"
    settings.DOCUMENT_KEYS = NEW | OLD
    before = things_by_key()
    assert before[""] == Counter({"values in columns": 1})
    assert before["2025"]["values in columns"] >= 3
    call_command("rotate_keys")
    assert "2025" not in things_by_key()
    settings.DOCUMENT_KEYS = NEW
    party = Party.objects.get()
    assert (party.email, party.birth_date, party.phone) == (MAIL, BORN, "+49 30 7654321")


@pytest.mark.django_db
def test_a_rotation_in_between_changes_nothing_of_anybody(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.columns.moving._BATCH", 2)
    for number in range(5):
        make_customer(email=f"{number}@example.org")
    column = next(column for column in sealed_columns() if column.place == _EMAIL)
    settings.DOCUMENT_KEYS = NEW | OLD
    moving = renew(column)
    next(moving)
    Party.objects.update(email="changed@example.org")
    assert len(list(moving)) == 1  # the rest of its batch; the others are sealed under the new key by their change
    assert set(Party.objects.values_list("email", flat=True)) == {"changed@example.org"}


@pytest.mark.django_db
def test_the_way_back_gives_everything_in_clear() -> None:
    make_customer(email=MAIL)
    open_all_of("customers")(apps, None)
    assert (_stored("email"), _stored("birth_date")) == ([MAIL], [BORN.isoformat()])
    assert Party.objects.get().email == MAIL
    seal_all_of("customers")(apps, None)
    assert _stored("email")[0].startswith("pbc1:")


@pytest.mark.django_db
def test_a_blind_field_is_compared_whole_and_never_read() -> None:
    make_case(email=MAIL)
    key = PartyLinkKey.objects.get(kind="email")
    assert key.key == blind(MAIL, "customers_partylinkkey.key")
    assert PartyLinkKey.objects.filter(key=MAIL).get() == PartyLinkKey.objects.filter(key=key.key).get() == key
    key.save()
    assert PartyLinkKey.objects.filter(key__in=[MAIL, "other"]).count() == 1
    with pytest.raises(FieldError, match="compared whole"):
        PartyLinkKey.objects.filter(key__contains="m")


@pytest.mark.django_db
def test_another_blind_key_finds_what_was_made_anew_alone(settings: Settings) -> None:
    one, two = make_case(email=MAIL).customer, make_case(email=MAIL).customer
    settings.BLIND_KEY = "another key"
    three = make_case(email=MAIL).customer
    assert linked_customer_ids(three) == []
    call_command("rebuild_blind_indexes")
    assert set(linked_customer_ids(three)) == {one.pk, two.pk}
