"""Slack: an incoming webhook of a room (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks)."""

from typing import Any

from notifications.channels.base import Channel, Parcel, Receipt, Undelivered, post_json

_TITLE, _TEXT = 150, 3000
_MARKS = {"info": "", "warning": "🟡 ", "error": "🔴 ", "critical": "🚨 "}


class SlackChannel(Channel):
    """Slack takes no key against repeats: a message whose answer was lost is sent again, and says so."""

    name = "slack"
    label = "Slack"
    icon = "brand-slack"
    sentence = "A room in Slack, through an incoming webhook."
    is_shared = True
    address_label = "Address of the incoming webhook"
    address_hint = "https://hooks.slack.com/services/…"

    def send(self, parcel: Parcel) -> Receipt:
        final = frozenset({400, 401, 403, 404, 410, 413})  # Slack: the payload or the room is wrong, and stays so
        receipt, answer = post_json(parcel, blocks_of(parcel), final=final)
        if answer.text.strip() != "ok":
            raise Undelivered("what answered was not Slack", receipt=receipt, maybe_taken=True)
        return receipt


def blocks_of(parcel: Parcel) -> dict[str, Any]:
    """The message as blocks, with a line for places that show no blocks."""
    title = f"{'✅ ' if parcel.state == 'ended' else _MARKS[parcel.severity]}{parcel.title}"
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": title[:_TITLE], "emoji": True}},
        {"type": "section", "text": {"type": "mrkdwn", "text": _escaped(parcel.text)[:_TEXT]}},
    ]
    if parcel.url:
        button = {"type": "plain_text", "text": parcel.phrases["open"][:75]}
        blocks.append({"type": "actions", "elements": [{"type": "button", "text": button, "url": parcel.url}]})
    if parcel.again:
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": _escaped(parcel.phrases["again"])}]})
    return {"text": _escaped(title), "blocks": blocks}


def _escaped(text: str) -> str:
    """Slack's three letters with a meaning; nothing a text holds becomes a link or a mention."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


CHANNEL = SlackChannel()
