"""What the notifications app records."""

from audit.actions import define

DESTINATION_CREATED = define(
    "notifications.destination_created", "set up the channel {after[name]} ({after[kind]}, {after[shown]})"
)
DESTINATION_CHANGED = define("notifications.destination_changed", "changed the channel {after[name]}")
DESTINATION_DISABLED = define("notifications.destination_disabled", "disabled the channel {after[name]}: {reason}")
DESTINATION_ENABLED = define("notifications.destination_enabled", "enabled the channel {after[name]}")
DESTINATION_REMOVED = define("notifications.destination_removed", "removed the channel {before[name]}")
SECRET_ROTATED = define(
    "notifications.secret_rotated", "made a new signing secret for {after[name]}; the former signs until {after[until]}"
)
DESTINATION_TESTED = define("notifications.destination_tested", "sent a test to the channel {after[name]}")
REDELIVERED = define("notifications.redelivered", "had the message {after[event]} sent again")
RULE_SAVED = define("notifications.rule_saved", "set who hears of {after[event]}: {after[roles]}")
TEXT_PUBLISHED = define(
    "notifications.text_published", "published version {after[number]} of the text {after[event]} ({after[language]})"
)
CONDITION_TAKEN = define("notifications.condition_taken", "said to be on {after[event]}")
