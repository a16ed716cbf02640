"""Writes of the screening app: importing lists, screening customers, deciding hits."""

from screening.services.catching_up import screen_pending
from screening.services.coverage import cover, say_failed
from screening.services.disposition import dispose_hit, record_hit_view
from screening.services.importing import import_list
from screening.services.own_lists import OWN, create_own_list, decide_entry, end_expired_entries, propose_entry
from screening.services.refreshing import due_sources, refresh_source, set_source
from screening.services.rescreen import begin_job, due_jobs, plan_rescreen, retry_failed, work_due, work_part
from screening.services.screen import FoundMatch, find_matches, match_name, screen_customer, store_screening
from screening.services.suppression import approve_suppression, end_due_suppressions, lift_suppression
from screening.services.versions import activate_version, refuse_version, revert_list

__all__ = [
    "OWN", "FoundMatch", "activate_version", "approve_suppression", "begin_job", "cover", "create_own_list",
    "decide_entry", "dispose_hit", "due_jobs", "due_sources", "end_due_suppressions", "end_expired_entries",
    "find_matches", "import_list", "lift_suppression", "match_name", "plan_rescreen", "propose_entry",
    "record_hit_view", "refresh_source", "refuse_version", "retry_failed", "revert_list", "say_failed",
    "screen_customer", "screen_pending", "set_source", "store_screening", "work_due", "work_part",
]  # fmt: skip
