"""What the cases app records."""

from audit.actions import define

CASE_OPENED = define("cases.case_opened", "opened {after[number]} ({after[kind]})")
CASE_VIEWED = define("cases.case_viewed", "looked at the case")
CASE_PEEKED = define("cases.case_peeked", "looked at the case from the queue")
CASE_QUEUED = define("cases.case_queued", "put the case into the queue: {reason}")
CASE_CLAIMED = define("cases.case_claimed", "claimed the case")
CASE_MOVED = define("cases.case_moved", "did “{after[verb]}”: {before[status]} → {after[status]}")
CASE_ASSIGNED = define("cases.case_assigned", "assigned the case to {after[assignee]}")
CASE_REQUEUED = define("cases.case_requeued", "moved the case from {before[queue]} to {after[queue]}")
CASE_RESTORED = define("cases.case_restored", "took back what was done to several cases at once")
COMMENTED = define("cases.case_commented", "commented on the case")
TAGGED = define("cases.case_tagged", "tagged the case {after[tag]}")
UNTAGGED = define("cases.case_untagged", "took the tag {before[tag]} off the case")
ITEM_TICKED = define("cases.checklist_ticked", "ticked “{after[item]}”")
ITEM_UNTICKED = define("cases.checklist_unticked", "took back the tick at “{before[item]}”")
VIEW_SAVED = define("cases.view_saved", "saved the view “{after[title]}”")
VIEW_DELETED = define("cases.view_deleted", "deleted the view “{before[title]}”")
DECISION_PROPOSED = define("cases.decision_proposed", "proposed “{after[kind]}” for {after[reason_code]}")
DECISION_ENDORSED = define("cases.decision_endorsed", "approved “{after[kind]}” as the first of two")
DECISION_APPROVED = define("cases.decision_approved", "approved “{after[kind]}”")
DECISION_RETURNED = define("cases.decision_returned", "returned the proposal “{after[kind]}”")
DECISION_WITHDRAWN = define("cases.decision_withdrawn", "withdrew the proposal “{after[kind]}”")
DISMISSAL_IN_FORCE = define(
    "cases.dismissal_in_force", "put the dismissal into force; the policy asked for no approval"
)
DECIDED_BY_POLICY = define("cases.decided_by_policy", "approved by version {after[policy]} of the decision policy")
TRAIL_LOGGED = define(
    "cases.trail_logged", "closed the trail: {after[decision]}, rated {after[rating]}, {after[steps]} steps"
)
DOCUMENT_TRAIL_LOGGED = define(
    "cases.document_trail_logged", "closed the trail of a document: {after[document_type]}, {after[outcome]}"
)
POLICY_PUBLISHED = define("cases.decision_policy_published", "published version {after[number]} of the decision policy")
BLUEPRINT_PUBLISHED = define("cases.blueprint_published", "published version {after[number]} of {after[kind]}")
QUEUE_SAVED = define("cases.queue_saved", "set up the queue {after[name]}")
REASON_SAVED = define("cases.reason_code_saved", "set up the reason {after[code]}")
ABSENCE_SET = define("cases.absence_set", "said to be {after[absent]}")
