"""Counterparties are screened by name while transactions are assessed."""

from pathlib import Path

import pytest

from monitoring.models import Alert
from monitoring.services import assess_pending
from screening.enums import ListKind
from screening.models import Watchlist
from tests.factories.cases import make_list
from tests.factories.monitoring import make_definition, make_transaction, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _live() -> None:
    publish(make_definition("sanctioned_counterparty"))


def _alerts(counterparty: str) -> list[str]:
    customer = make_transaction(counterparty_name=counterparty).customer
    assess_pending(customer.pk)
    return list(Alert.objects.values_list("findings__sentence", flat=True))


def test_a_payment_with_a_listed_counterparty_raises_an_alert(tmp_path: Path) -> None:
    make_list(tmp_path, "Ruslan Borisovich Morosenko")
    Watchlist.objects.update(kind=ListKind.SANCTION)
    (sentence,) = _alerts("MOROSENKO Ruslan Borisovich")
    assert "has a sanctions hit of" in sentence


def test_one_on_a_list_of_another_kind_raises_none(tmp_path: Path) -> None:
    make_list(tmp_path, "Ruslan Borisovich Morosenko")
    Watchlist.objects.update(kind=ListKind.PEP)
    assert _alerts("Ruslan Borisovich Morosenko") == []


@pytest.mark.parametrize("listed", [True, False])
def test_somebody_else_raises_none_and_without_a_list_nothing_is_known(tmp_path: Path, listed: bool) -> None:
    if listed:
        make_list(tmp_path, "Ruslan Borisovich Morosenko")
    assert _alerts("Harriet Plumtree" if listed else "Ruslan Borisovich Morosenko") == []
