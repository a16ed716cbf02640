"""Making every link key anew from the facts it stands for: when keys become blind, and when the blind key is changed."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from core.columns.blind import BlindIndex, register_blind_index
from customers.links import link_keys
from customers.models import Party, PartyLinkKey

_BATCH = 500


def rewrite_link_keys(
    parties: Any, keys: Any, spelled: Callable[[str], str], report: Callable[[int, int, str], None]
) -> int:
    """Writes the keys of all parties, each batch in a transaction of its own; how many parties there are.

    The models may be those of a migration. `spelled` gives what is stored for a key in clear. May be killed and run again.
    """
    total, done, last = parties.objects.count(), 0, None
    while batch := _after(parties, last):
        with transaction.atomic():
            keys.objects.filter(party__in=[party.pk for party in batch]).delete()
            keys.objects.bulk_create([
                keys(party=party, kind=kind, key=spelled(key))
                for party in batch
                for kind, key in sorted(_keys_of(party))
            ])  # fmt: skip
        last = batch[-1].pk
        done += len(batch)
        report(done, total, "link keys")
    return int(total)


def _after(parties: Any, last: Any) -> list[Any]:
    rows = parties.objects.prefetch_related("addresses", "identifiers").order_by("pk")
    return list((rows if last is None else rows.filter(pk__gt=last))[:_BATCH])


def _keys_of(party: Any) -> set[Any]:
    addresses, identifiers = party.addresses.all(), party.identifiers.all()
    return link_keys(party.name, party.birth_date, party.phone, party.email, list(addresses), list(identifiers))


register_blind_index(BlindIndex("link keys", lambda report: rewrite_link_keys(Party, PartyLinkKey, str, report)))
