"""The load of `make drill-restore`: customers with a document each, and a ledger of those that were acknowledged."""

import os
import sys
from pathlib import Path


def main() -> None:
    """`python -m bench.restore_load LEDGER STOP`: until the file STOP is there; places the record as a worker does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
    import django

    django.setup()
    from accounts.models import ApiClient, User
    from audit.services import anchor_checkpoints, place_pending
    from customers.enums import PartyKind
    from customers.services import register_customer
    from customers.shapes import NewCustomer, NewParty
    from documents.services import store_document

    by = ApiClient.objects.create(name="drill", created_by=User.objects.create_user("drill")).actor
    number, stop = 0, Path(sys.argv[2])
    with Path(sys.argv[1]).open("a") as ledger:
        while not stop.exists():
            number += 1
            party = NewParty(kind=PartyKind.PERSON, name=f"Drill Person {number}")
            customer = register_customer(data=NewCustomer(external_id=f"D-{number}", party=party), by=by)
            store_document(customer=customer, content=os.urandom(20_000), filename="scan.pdf", by=by)
            ledger.write(f"{customer.external_id}\n")
            ledger.flush()
            os.fsync(ledger.fileno())
            if number % 20 == 0:
                place_pending()
                anchor_checkpoints()


if __name__ == "__main__":
    main()
