"""The ledger of a watched folder: what was found is taken once, whatever is started twice or stopped half way."""

from django.db import transaction

from documents.enums import FolderOutcome
from documents.models import FolderReceipt


@transaction.atomic
def note_folder_receipt(*, digest: str, path: str, outcome: FolderOutcome, told: str) -> None:
    """Puts a find into the ledger, in the transaction of what was made of it. The path is shown to operators only."""
    FolderReceipt.objects.create(digest=digest, path=path[-500:], outcome=outcome, told=told[:400])
