"""The index over all customers, in a file beside those of the lists; built again when too many customers are new."""

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from core.clock import now
from customers.enums import PartyKind
from customers.models import BeneficialOwner, Customer, Party
from screening.lists.base import PERSON, ListedParty
from screening.matching.normalise import tokens_of
from screening.reverse import (
    CustomerIndex,
    CustomerName,
    build_customer_index,
    load_customer_index,
    save_customer_index,
)
from screening.selectors import active_customers

_FEW = 2000  # customers that are looked through one by one instead
_FRESH_SHARE = 0.02
_loaded: dict[Path, tuple[float, CustomerIndex]] = {}
_lock = threading.Lock()


def candidates(entries: list[ListedParty]) -> set[UUID]:
    """Active customers that one of the entries may match: found in the index, or changed since it was built.

    With few customers all of them. Side effects: the index is built where there is none or it is too old.
    """
    total = active_customers().count()
    if total <= _FEW:
        return set(active_customers().values_list("pk", flat=True))
    index = _current(total)
    found: set[UUID] = set()
    for entry in entries:
        names = [tokens_of(name) for name in entry.all_names]
        found |= {
            UUID(bytes=key) for key in index.customers_like(names, entry.id_numbers, person=_person(entry.schema))
        }
    return found | set(_changed_since(datetime.fromisoformat(index.built_at)))


def _person(schema: str) -> bool | None:
    """Whether a person is looked for; None where nothing is said."""
    return schema == PERSON if schema else None


def _current(total: int) -> CustomerIndex:
    with _lock:
        try:
            index = _load()
            changed = len(_changed_since(datetime.fromisoformat(index.built_at)))
            if changed <= max(_FEW, _FRESH_SHARE * total):
                return index
        except FileNotFoundError:
            pass
        rebuild()
        return _load()


def _load() -> CustomerIndex:
    folder = index_folder()
    stamp = (folder / "words.txt").stat().st_mtime
    if folder not in _loaded or _loaded[folder][0] != stamp:
        _loaded[folder] = stamp, load_customer_index(folder)
    return _loaded[folder][1]


def index_folder() -> Path:
    """Where the index is kept; it can always be built again from the customers."""
    return Path(settings.DATA_DIR) / "indexes" / "customers"


def rebuild() -> None:
    """Builds the index over all active customers and their owners. Side effects: the files."""
    moment = now()
    save_customer_index(build_customer_index(_names(), moment.isoformat()), index_folder())


def _names() -> Iterator[CustomerName]:
    fields = ("name", "aliases", "kind")
    rows = active_customers().values_list("pk", "party_id", *(f"party__{name}" for name in fields))
    owners = BeneficialOwner.objects.filter(customer__in=active_customers()).values_list(
        "customer_id", "party_id", *(f"party__{name}" for name in fields)
    )
    numbers = _numbers()
    for source in (rows.iterator(5000), owners.iterator(5000)):
        for customer_id, party_id, name, aliases, kind in source:
            told = numbers.get(party_id, ())
            yield CustomerName(customer_id.bytes, (name, *aliases), told, kind == PartyKind.PERSON)


def _numbers() -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for party_id, value in (
        Party.objects.filter(identifiers__isnull=False).values_list("pk", "identifiers__value").iterator(5000)
    ):
        found.setdefault(party_id, []).append(value)
    return found


def _changed_since(moment: datetime) -> list[UUID]:
    own = Customer.objects.filter(party__updated_at__gte=moment)
    owned = BeneficialOwner.objects.filter(party__updated_at__gte=moment)
    return [*own.values_list("pk", flat=True), *owned.values_list("customer_id", flat=True)]
