"""Writes of the screening app: importing lists, screening customers, deciding hits."""

from screening.services.disposition import dispose_hit, record_hit_view
from screening.services.importing import import_list
from screening.services.screen import FoundMatch, find_matches, match_name, screen_customer, store_screening

__all__ = [
    "FoundMatch", "dispose_hit", "find_matches", "import_list", "match_name", "record_hit_view", "screen_customer",
    "store_screening",
]  # fmt: skip
