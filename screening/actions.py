"""What the screening app records."""

from audit.actions import define

LIST_IMPORTED = define(
    "screening.list_imported", "imported version {after[number]} of {after[list]}: {after[entries]} entries"
)
LIST_REFUSED = define("screening.list_refused", "tried to import {after[list]}, which was refused: {reason}")
SCREENED = define("screening.customer_screened", "screened {after[parties]} parties: {after[raised]} hits raised")
HIT_DISPOSED = define("screening.hit_disposed", "decided a hit as {after[disposition]} ({after[reason_code]})")
HIT_VIEWED = define("screening.hit_viewed", "looked at a hit")
BATCH_SCREENED = define("screening.batch_screened", "screened a batch of {after[queries]} names: {after[hits]} hits")
