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
HIT_VIEWED = define("screening.hit_viewed", "looked at a hit")
BATCH_SCREENED = define("screening.batch_screened", "screened a batch of {after[queries]} names: {after[hits]} hits")
