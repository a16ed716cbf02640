"""What Slack, Teams and PagerDuty accept, as JSON Schema, written from their documentation; more closed than they are."""

from typing import Any


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _plain(longest: int) -> dict[str, Any]:
    text = {"type": "string", "minLength": 1, "maxLength": longest}
    return _object({"type": {"const": "plain_text"}, "text": text}, emoji={"type": "boolean"})


_MARKDOWN = _object({"type": {"const": "mrkdwn"}, "text": {"type": "string", "minLength": 1, "maxLength": 3000}})
_LINK = {"type": "string", "pattern": "^https?://", "maxLength": 3000}

# https://docs.slack.dev/reference/block-kit/blocks
SLACK = _object({
    "text": {"type": "string", "minLength": 1},
    "blocks": {"type": "array", "minItems": 1, "maxItems": 50, "items": {"oneOf": [
        _object({"type": {"const": "header"}, "text": _plain(150)}),
        _object({"type": {"const": "section"}, "text": _MARKDOWN}),
        _object({"type": {"const": "context"}, "elements": {"type": "array", "items": _MARKDOWN, "maxItems": 10}}),
        _object({"type": {"const": "actions"}, "elements": {"type": "array", "maxItems": 25, "items": _object(
            {"type": {"const": "button"}, "text": _plain(75), "url": _LINK}
        )}}),
    ]}},
})  # fmt: skip

# https://adaptivecards.io/schemas/adaptive-card.json (1.4), in the envelope of Teams' Workflows
_BLOCK = _object(
    {"type": {"const": "TextBlock"}, "text": {"type": "string", "minLength": 1}}, wrap={"type": "boolean"},
    weight={"enum": ["default", "lighter", "bolder"]}, size={"enum": ["default", "small", "medium", "large", "extraLarge"]},
    color={"enum": ["default", "dark", "light", "accent", "good", "warning", "attention"]}, isSubtle={"type": "boolean"},
)  # fmt: skip
_CARD = _object(
    {"$schema": {"const": "http://adaptivecards.io/schemas/adaptive-card.json"}, "type": {"const": "AdaptiveCard"},
     "version": {"const": "1.4"}, "body": {"type": "array", "items": _BLOCK, "minItems": 1}},
    actions={"type": "array", "items": _object({"type": {"const": "Action.OpenUrl"}, "title": {"type": "string"}, "url": _LINK})},
)  # fmt: skip
TEAMS = _object({"type": {"const": "message"}, "attachments": {"type": "array", "minItems": 1, "maxItems": 1, "items": _object({
    "contentType": {"const": "application/vnd.microsoft.card.adaptive"}, "contentUrl": {"type": "null"}, "content": _CARD,
})}})  # fmt: skip

# https://developer.pagerduty.com/docs/send-alert-event
_EVENT = {
    "routing_key": {"type": "string", "minLength": 32, "maxLength": 32},
    "dedup_key": {"type": "string", "maxLength": 255},
}
PAGERDUTY = {"oneOf": [
    _object({**_EVENT, "event_action": {"enum": ["acknowledge", "resolve"]}}),
    _object({**_EVENT, "event_action": {"const": "trigger"}, "payload": _object(
        {"summary": {"type": "string", "minLength": 1, "maxLength": 1024}, "source": {"type": "string"},
         "severity": {"enum": ["critical", "error", "warning", "info"]}},
        timestamp={"type": "string"}, component={"type": "string"}, **{"class": {"type": "string"}},
    )}, links={"type": "array", "items": _object({"href": _LINK, "text": {"type": "string"}})},
        client={"type": "string"}, client_url=_LINK),
]}  # fmt: skip
