"""Workflow actions of cases; importing this registers them."""

from cases.steps import asking, deciding, finding, folders

__all__ = ["asking", "deciding", "finding", "folders"]
