"""What the monitoring app records."""

from audit.actions import define

INGESTED = define("monitoring.transactions_ingested", "delivered {after[accepted]} rows, {after[rejected]} rejected")
FILE_UPLOADED = define("monitoring.file_uploaded", "uploaded a file of {after[target]} ({after[format]})")
FILE_IMPORT_STARTED = define("monitoring.file_import_started", "had a file of {after[target]} taken in")
FILE_DROPPED = define("monitoring.file_dropped", "forgot an uploaded file")
MAPPING_SAVED = define("monitoring.mapping_saved", "saved version {after[number]} of the mapping {after[name]}")
ERRORS_EXPORTED = define("monitoring.errors_exported", "exported the rejected rows of a delivery")
QUALIFICATIONS_SET = define(
    "monitoring.qualifications_set", "set {after[accepted]} qualifications of operators, {after[rejected]} rejected"
)
TRANSACTIONS_VIEWED = define("monitoring.transactions_viewed", "looked at the customer's transactions")
ALERT_RAISED = define("monitoring.alert_raised", "raised an alert: {after[scenario]}")
ALERT_VIEWED = define("monitoring.alert_viewed", "looked at an alert")
ALERT_DISPOSED = define("monitoring.alert_disposed", "decided an alert as {after[disposition]} ({after[reason_code]})")
SCENARIO_PUBLISHED = define(
    "monitoring.scenario_published", "published version {after[number]} of the scenario {after[scenario]}"
)
SCENARIO_MOVED = define(
    "monitoring.scenario_moved", "{after[move]}: version {after[number]} of the scenario {after[scenario]}"
)
SCENARIO_BACKTESTED = define(
    "monitoring.scenario_backtested", "tried version {after[number]} of the scenario {after[scenario]} on the past"
)
ALERT_RAISED_AGAIN = define(
    "monitoring.alert_raised_again", "raised an alert again, materially worse: {after[scenario]}"
)
BLIND_ITEM_VIEWED = define("monitoring.blind_item_viewed", "looked at a blind item")
BLIND_ITEM_JUDGED = define(
    "monitoring.blind_item_judged", "judged a blind item as {after[disposition]} ({after[reason_code]})"
)
SECOND_LOOKS_DRAWN = define("monitoring.second_looks_drawn", "put {after[items]} decided alerts before a second person")
DISPUTE_VIEWED = define("monitoring.dispute_viewed", "looked at an alert that two people judged differently")
DISPUTE_SETTLED = define(
    "monitoring.dispute_settled",
    "settled what two people judged differently as {after[disposition]} ({after[reason_code]})",
)
QUALITY_EXPORTED = define("monitoring.quality_exported", "exported the quality of labels ({after[what]})")
SAMPLE_DRAWN = define(
    "monitoring.sample_drawn",
    "drew {after[below]} rows below the line of {after[scenario]} and {after[controls]} controls",
)
SAMPLING_POLICY_PUBLISHED = define(
    "monitoring.sampling_policy_published", "published version {after[number]} of the sampling policy"
)
SAMPLING_EXPORTED = define("monitoring.sampling_exported", "exported the report of sampling below the line")
ALERT_SNOOZED = define("monitoring.alert_snoozed", "snoozed {after[scenario]} for the customer until {after[until]}")
SCENARIO_DRAFTED = define(
    "monitoring.scenario_drafted", "drafted version {after[number]} of the scenario {after[scenario]}"
)
RATE_SET = define("monitoring.rate_set", "set the rate of {after[currency]} to {after[per_base]} from {after[on]}")
TRANSACTIONS_EXPORTED = define("monitoring.transactions_exported", "exported the transactions of a customer")
MODEL_TRAINED = define("monitoring.model_trained", "trained version {after[number]} of the {after[domain]} model")
MODEL_MOVED = define("monitoring.model_moved", "{after[move]}: version {after[number]} of the {after[domain]} model")
MODEL_SCORED = define(
    "monitoring.model_scored", "version {after[number]} of the {after[domain]} model scored {after[rows]} rows"
)
MODEL_ALERTED = define(
    "monitoring.model_alerted",
    "followed version {after[number]} of {after[scenario]}: {after[alerts]} alerts, {after[held_back]} held back by the daily cap",
)
MODEL_EXPORTED = define(
    "monitoring.model_exported", "took {after[what]} of version {after[number]} of the {after[domain]} model"
)
TRANSACTION_FLAGGED = define("monitoring.transaction_flagged", "flagged a transaction as suspicious")
EVENT_FLAGGED = define("monitoring.event_flagged", "flagged an entry of a batch record as suspicious")
FLAG_REVOKED = define("monitoring.flag_revoked", "took back the label of a row that {before[by]} gave")
LABELS_IMPORTED = define("monitoring.labels_imported", "imported {after[accepted]} labels, {after[rejected]} rejected")
RATES_IMPORTED = define(
    "monitoring.rates_imported", "imported {after[rates]} exchange rates from {after[from]} to {after[to]}"
)
LIST_DRAFTED = define("monitoring.list_drafted", "drafted version {after[number]} of the list {after[list]}")
LIST_CHANGED = define(
    "monitoring.list_changed",
    "put {after[added]} entries on version {after[number]} of the list {after[list]}, took {after[removed]} off",
)
LIST_MOVED = define("monitoring.list_moved", "{after[move]}: version {after[number]} of the list {after[list]}")
LOOSER_TRIED = define(
    "monitoring.looser_tried",
    "tried looser limits of version {after[number]} of the scenario {after[scenario]} on the past",
)
ARCHIVE_POLICY_PUBLISHED = define(
    "monitoring.archive_policy_published", "published version {after[number]} of the archive policy"
)
MONTH_ARCHIVED = define(
    "monitoring.month_archived", "archived {after[added]} transactions of {after[month]}, {after[rows]} in all"
)
MONTH_BROUGHT_BACK = define(
    "monitoring.month_brought_back", "brought {after[rows]} transactions of {after[month]} back until {after[until]}"
)
ARCHIVE_REWRITTEN = define(
    "monitoring.archive_rewritten", "wrote the archive of {after[month]} anew without an erased customer"
)
