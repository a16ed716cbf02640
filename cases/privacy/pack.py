"""What a customer may have of their own data (GDPR Art. 15): one archive, made when it is asked for, kept nowhere."""

import json
import tempfile
import zipfile
from typing import IO
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from customers.personal_data import holders

README = """What this is
data.json     what we know of you and what you sent us
documents/    the documents you sent us, as they arrived
"""


def access_pack(customer_id: UUID) -> tuple[IO[bytes], int]:
    """The archive, open at its beginning, and how many files of the customer's it holds.

    It lies in a temporary file that ends with its closing. What is held against the customer is not in it.
    """
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - whoever streams it closes it
    try:
        return archive, _packed(archive, customer_id)
    except BaseException:
        archive.close()
        raise


def _packed(archive: IO[bytes], customer_id: UUID) -> int:
    told: dict[str, object] = {}
    files = 0
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for holder in holders():
            told |= holder.give(customer_id)
            for name, pieces in holder.files(customer_id):
                files += 1
                with packed.open(f"documents/{name}", "w") as entry:
                    for piece in pieces:
                        entry.write(piece)
        packed.writestr("data.json", json.dumps(told, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
        packed.writestr("README.txt", README)
    archive.seek(0)
    return files
