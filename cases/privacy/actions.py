"""What data protection records."""

from audit.actions import define

RECORDED = define("privacy.request_recorded", "recorded a request: {after[kind]}, to be answered until {after[due_on]}")
APPROVED = define("privacy.erasure_approved", "approved the erasing of everything known of the customer")
REFUSED = define("privacy.request_refused", "refused the request")
DONE = define("privacy.request_done", "answered the request: {after[kind]}")
PUT_BACK = define("privacy.request_put_back", "could not erase: something bars it now")
VIEWED = define("privacy.request_viewed", "looked at the customer's data protection")
GIVEN = define("privacy.access_given", "gave out what the customer may have of their data (files: {after[files]})")
HOLD_PLACED = define("privacy.hold_placed", "placed a legal hold until {after[until]}")
HOLD_LIFTED = define("privacy.hold_lifted", "lifted a legal hold")
POLICY_PUBLISHED = define("privacy.retention_published", "published version {after[number]} of the retention policy")
