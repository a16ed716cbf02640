"""Writes of the monitoring app: deliveries, assessment, alerts, scenarios, rates."""

from monitoring.services.admitting import admit_delivery
from monitoring.services.alerts import (
    dispose_alert,
    record_alert_view,
    record_errors_export,
    record_transactions_view,
    snooze_alerts,
)
from monitoring.services.archiving import (
    archive_month,
    bring_back,
    damaged_months,
    publish_archive_policy,
    sweep_archive,
)
from monitoring.services.assessment import (
    Assessment,
    assess_customer,
    assess_pending,
    keep_assessment,
    pending_customers,
)
from monitoring.services.configuration import (
    draft_scenario,
    ensure_shipped_scenarios,
    import_rates,
    publish_scenario,
    set_rate,
)
from monitoring.services.imports import (
    IMPORT,
    begin_import,
    drop_import,
    drop_stale_imports,
    finish_import,
    import_rows,
    leave_import,
    open_import,
    preview_of,
    remap_import,
    save_mapping,
    settle_left_imports,
    start_import,
    take_batch,
    take_tables,
    takes_tables,
)
from monitoring.services.ingestion import ingest_transactions
from monitoring.services.labels import (
    flag_event,
    flag_transaction,
    import_labels,
    revoke_event_flag,
    revoke_flag,
)
from monitoring.services.lifecycle import keep_backtest, move_version, redraft_scenario
from monitoring.services.list_moves import ensure_shipped_lists, move_list_version
from monitoring.services.lists import add_entries, change_list_draft, create_list, draft_list, remove_entries
from monitoring.services.model_alerts import draft_model_alerts, follow_policies, raise_by_model
from monitoring.services.processes import ingest_process_events, set_qualifications
from monitoring.services.proving import Proof, prove_scenario
from monitoring.services.ranking import (
    NewScore,
    Seen,
    keep_model,
    keep_scores,
    move_model,
    record_model_export,
)
from monitoring.services.reviewing import assess_process, pending_processes
from monitoring.services.sampling import (
    judge_blind_item,
    keep_proposed,
    keep_sample,
    publish_sampling_policy,
    record_blind_view,
    record_sampling_export,
)
from monitoring.services.second_looks import (
    keep_second_looks,
    record_dispute_view,
    record_quality_export,
    settle_dispute,
)
from monitoring.services.silence import prune_silent
from monitoring.services.streams import ingest_stream
from monitoring.services.taking import IngestResult
from monitoring.services.wholesale import assess_delivery, queue_delivery

__all__ = [
    "IMPORT",
    "Assessment",
    "IngestResult",
    "NewScore",
    "Proof",
    "Seen",
    "add_entries",
    "admit_delivery",
    "archive_month",
    "assess_customer",
    "assess_delivery",
    "assess_pending",
    "assess_process",
    "begin_import",
    "bring_back",
    "change_list_draft",
    "create_list",
    "damaged_months",
    "dispose_alert",
    "draft_list",
    "draft_model_alerts",
    "draft_scenario",
    "drop_import",
    "drop_stale_imports",
    "ensure_shipped_lists",
    "ensure_shipped_scenarios",
    "finish_import",
    "flag_event",
    "flag_transaction",
    "follow_policies",
    "import_labels",
    "import_rates",
    "import_rows",
    "ingest_process_events",
    "ingest_stream",
    "ingest_transactions",
    "judge_blind_item",
    "keep_assessment",
    "keep_backtest",
    "keep_model",
    "keep_proposed",
    "keep_sample",
    "keep_scores",
    "keep_second_looks",
    "leave_import",
    "move_list_version",
    "move_model",
    "move_version",
    "open_import",
    "pending_customers",
    "pending_processes",
    "preview_of",
    "prove_scenario",
    "prune_silent",
    "publish_archive_policy",
    "publish_sampling_policy",
    "publish_scenario",
    "queue_delivery",
    "raise_by_model",
    "record_alert_view",
    "record_blind_view",
    "record_dispute_view",
    "record_errors_export",
    "record_model_export",
    "record_quality_export",
    "record_sampling_export",
    "record_transactions_view",
    "redraft_scenario",
    "remap_import",
    "remove_entries",
    "revoke_event_flag",
    "revoke_flag",
    "save_mapping",
    "set_qualifications",
    "set_rate",
    "settle_dispute",
    "settle_left_imports",
    "snooze_alerts",
    "start_import",
    "sweep_archive",
    "take_batch",
    "take_tables",
    "takes_tables",
]
