"""The watched folder: a way in for documents and submissions beside REST."""

from cases.folder.batches import batch_folder, documents_taken_since
from cases.folder.finds import Report
from cases.folder.taking import ingest_folder

__all__ = ["Report", "batch_folder", "documents_taken_since", "ingest_folder"]
