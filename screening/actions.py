"""What the screening app records."""

from audit.actions import define

LIST_IMPORTED = define(
    "screening.list_imported", "imported version {after[number]} of {after[list]}: {after[entries]} entries"
)
LIST_REFUSED = define("screening.list_refused", "tried to import {after[list]}, which was refused: {reason}")
LIST_ACTIVATED = define(
    "screening.list_activated", "made version {after[number]} of {after[list]} the one that is screened against"
)
VERSION_REFUSED = define("screening.list_version_refused", "refused version {after[number]} of {after[list]}: {reason}")
SOURCE_SET = define(
    "screening.list_source_set", "set where {after[list]} is fetched from, every {after[every_hours]} h"
)
FETCH_FAILED = define("screening.list_fetch_failed", "could not fetch {after[list]}: {reason}")
DRAFT_PROPOSED = define("screening.entry_proposed", "proposed a change of {after[list]}: {after[source_id]}")
DRAFT_DECIDED = define("screening.entry_decided", "decided a change of {after[list]} as {after[state]}")
SCREENED = define("screening.customer_screened", "screened {after[parties]} parties: {after[raised]} hits raised")
HIT_DISPOSED = define("screening.hit_disposed", "decided a hit as {after[disposition]} ({after[reason_code]})")
SUPPRESSION_APPROVED = define("screening.suppression_approved", "approved a remembered false positive")
SUPPRESSION_ENDED = define("screening.suppression_ended", "a remembered false positive ended: {after[because]}")
HIT_DELISTED = define("screening.hit_delisted", "the listed party of a hit left {after[list]}")
RESCREEN_RETRIED = define(
    "screening.rescreen_retried", "had {after[parts]} failed parts of a re-screening worked again"
)
RESCREEN_STARTED = define(
    "screening.rescreen_started", "began to screen customers against {after[list]} v{after[number]}"
)
RESCREEN_DONE = define(
    "screening.rescreen_done",
    "screened {after[screened]} customers against {after[list]} v{after[number]}: {after[raised]} hits",
)
MEDIA_FOUND = define("screening.media_found", "found a customer in an article of {after[source]} ({after[category]})")
MEDIA_VIEWED = define("screening.media_viewed", "looked at an article about a customer")
MEDIA_DISPOSED = define("screening.media_disposed", "decided an article as {after[disposition]}")
PROVIDER_SET = define("screening.provider_set", "set how the provider {after[name]} is asked")
SWEEP_VIEWED = define(
    "screening.sweep_viewed", "saw a stored match of the customer in the sample for the threshold {after[raise_at]}"
)
HIT_VIEWED = define("screening.hit_viewed", "looked at a hit")
BATCH_SCREENED = define("screening.batch_screened", "screened a batch of {after[queries]} names: {after[hits]} hits")
