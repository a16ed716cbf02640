"""Writes of the screening app: importing lists, screening customers, deciding hits."""

from screening.services.catching_up import screen_pending
from screening.services.checks import ask_providers_of, due_checks
from screening.services.coverage import cover, say_failed
from screening.services.disposition import dispose_hit, record_hit_view
from screening.services.importing import import_list
from screening.services.media import (
    dispose_media_hit,
    due_news,
    fetch_news,
    import_articles,
    model_path,
    record_media_view,
)
from screening.services.media_of_customer import articles_naming, screen_media
from screening.services.names import EntryMatch, match_names
from screening.services.own_lists import OWN, create_own_list, decide_entry, end_expired_entries, propose_entry
from screening.services.providers import run_check, set_provider
from screening.services.refreshing import due_sources, refresh_source, set_source
from screening.services.replay import Replay, replay_screening
from screening.services.rescreen import begin_job, due_jobs, plan_rescreen, retry_failed, work_due, work_part
from screening.services.screen import FoundMatch, find_matches, screen_customer, store_screening
from screening.services.suppression import approve_suppression, end_due_suppressions, lift_suppression
from screening.services.thresholds import record_sweep_view
from screening.services.versions import activate_version, refuse_version, revert_list

__all__ = [
    "OWN", "EntryMatch", "FoundMatch", "Replay", "activate_version", "approve_suppression", "articles_naming", "ask_providers_of",
    "begin_job", "cover", "create_own_list", "decide_entry", "dispose_hit", "dispose_media_hit", "due_checks",
    "due_jobs", "due_news", "due_sources", "end_due_suppressions", "end_expired_entries", "fetch_news",
    "find_matches", "import_articles", "import_list", "lift_suppression", "match_names", "model_path",
    "plan_rescreen", "propose_entry", "record_hit_view", "record_media_view", "record_sweep_view", "refresh_source", "refuse_version",
    "replay_screening", "retry_failed", "revert_list", "run_check", "say_failed", "screen_customer", "screen_media",
    "screen_pending", "set_provider", "set_source", "store_screening", "work_due", "work_part",
]  # fmt: skip
