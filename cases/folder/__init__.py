"""The watched folder: a way in for documents and submissions beside REST."""

from cases.folder.finds import Report
from cases.folder.taking import ingest_folder

__all__ = ["Report", "ingest_folder"]
