"""The ledger of a watched folder."""

from collections.abc import Iterable

from documents.models import FolderReceipt


def folder_receipts(digests: Iterable[str]) -> dict[str, FolderReceipt]:
    """What is in the ledger already, by digest."""
    return {receipt.digest: receipt for receipt in FolderReceipt.objects.filter(digest__in=list(digests))}
