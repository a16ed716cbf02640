"""Writes of the screening app: importing lists, screening customers, deciding hits."""

from screening.services.disposition import dispose_hit, record_hit_view
from screening.services.importing import import_list
from screening.services.own_lists import OWN, create_own_list, decide_entry, end_expired_entries, propose_entry
from screening.services.refreshing import due_sources, refresh_source, set_source
from screening.services.screen import FoundMatch, find_matches, match_name, screen_customer, store_screening
from screening.services.versions import activate_version, refuse_version, revert_list

__all__ = [
    "OWN", "FoundMatch", "activate_version", "create_own_list", "decide_entry", "dispose_hit", "due_sources",
    "end_expired_entries", "find_matches", "import_list", "match_name", "propose_entry", "record_hit_view",
    "refresh_source", "refuse_version", "revert_list", "screen_customer", "set_source", "store_screening",
]  # fmt: skip
