"""Deleting a customer's documents and their files."""

from functools import partial
from uuid import UUID

from django.db import transaction

from documents import store
from documents.models import Document, FolderReceipt, Page
from workflows.services import forget_runs


@transaction.atomic
def forget_documents(customer_id: UUID) -> dict[str, int]:
    """Deletes the documents with everything read in them; how many, and how many files.

    Side effects: rows here, receipts of folders for the same contents, runs emptied; after the commit the files that no
    other document needs are removed from the store.
    """
    documents = Document.objects.filter(customer=customer_id)
    ids = list(documents.values_list("pk", flat=True))
    originals = set(documents.values_list("sha256", flat=True))
    digests = originals | set(Page.objects.filter(document__in=ids).values_list("image_sha256", flat=True))
    FolderReceipt.objects.filter(digest__in=originals).delete()
    forget_runs(subject_ids=ids)
    documents.delete()
    free = digests - needed(digests)
    for digest in free:
        transaction.on_commit(partial(store.remove, digest))
    return {"documents": len(ids), "files": len(free)}


def needed(digests: set[str]) -> set[str]:
    """Those that documents show: the same bytes are stored once."""
    originals = Document.objects.filter(sha256__in=digests).values_list("sha256", flat=True)
    images = Page.objects.filter(image_sha256__in=digests).values_list("image_sha256", flat=True)
    return {*originals, *images}
