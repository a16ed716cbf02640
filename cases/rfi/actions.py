"""What requests for information record."""

from audit.actions import Action, define

__all__ = ["CLOSED", "ITEM_ANSWERED", "POLICY_PUBLISHED", "REMINDED", "SENT", "VIEWED", "Action"]

SENT = define(
    "rfi.request_sent", "asked the customer for information (items: {after[items]}) until {after[expires_at]}"
)
REMINDED = define("rfi.request_reminded", "reminded the customer")
VIEWED = define("rfi.requests_viewed", "looked at the requests for information and their answers")
ITEM_ANSWERED = define("rfi.item_answered", "gave the {after[kind]} asked for as item {after[position]}")
CLOSED = define("rfi.request_closed", "ended the request for information: {after[state]}")
POLICY_PUBLISHED = define("rfi.policy_published", "published version {after[number]} of the policy of requests")
