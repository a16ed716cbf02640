"""What the cases app records."""

from audit.actions import define

CASE_OPENED = define("cases.case_opened", "opened {after[number]} ({after[kind]})")
CASE_VIEWED = define("cases.case_viewed", "looked at the case")
CASE_QUEUED = define("cases.case_queued", "put the case into the queue: {reason}")
CASE_CLAIMED = define("cases.case_claimed", "claimed the case")
CASE_MOVED = define("cases.case_moved", "did “{after[verb]}”: {before[status]} → {after[status]}")
CASE_ASSIGNED = define("cases.case_assigned", "assigned the case to {after[assignee]}")
COMMENTED = define("cases.case_commented", "commented on the case")
DECISION_PROPOSED = define("cases.decision_proposed", "proposed “{after[kind]}” for {after[reason_code]}")
DECISION_APPROVED = define("cases.decision_approved", "approved “{after[kind]}”")
DECISION_RETURNED = define("cases.decision_returned", "returned the proposal “{after[kind]}”")
DECIDED_BY_POLICY = define("cases.decided_by_policy", "approved by version {after[policy]} of the decision policy")
TRAIL_LOGGED = define(
    "cases.trail_logged", "closed the trail: {after[decision]}, rated {after[rating]}, {after[steps]} steps"
)
POLICY_PUBLISHED = define("cases.decision_policy_published", "published version {after[number]} of the decision policy")
