"""Microsoft Teams: a Workflows webhook that posts an Adaptive Card (the successor of Office connectors)."""

from typing import Any

from notifications.channels.base import Channel, Parcel, Receipt, post_json

_COLOURS = {"info": "default", "warning": "warning", "error": "attention", "critical": "attention"}


class TeamsChannel(Channel):
    """Workflows takes no key against repeats: a message whose answer was lost is sent again, and says so."""

    name = "teams"
    label = "Microsoft Teams"
    icon = "brand-teams"
    sentence = "A channel or chat in Teams, through the Workflows template “when a webhook request is received”."
    is_shared = True
    address_label = "Address of the workflow"
    address_hint = "https://….logic.azure.com/workflows/…"

    def send(self, parcel: Parcel) -> Receipt:
        final = frozenset({400, 401, 403, 404, 410, 413})
        return post_json(parcel, card_of(parcel), final=final)[0]


def card_of(parcel: Parcel) -> dict[str, Any]:
    """The message as an Adaptive Card 1.4 in the envelope that Workflows takes."""
    colour = "good" if parcel.state == "ended" else _COLOURS[parcel.severity]
    body: list[dict[str, Any]] = [
        {
            "type": "TextBlock",
            "text": _plain(parcel.title),
            "weight": "bolder",
            "size": "medium",
            "wrap": True,
            "color": colour,
        },
        {"type": "TextBlock", "text": _plain(parcel.text), "wrap": True},
    ]
    if parcel.again:
        body.append(
            {"type": "TextBlock", "text": parcel.phrases["again"], "isSubtle": True, "size": "small", "wrap": True}
        )
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4", "body": body,
    }  # fmt: skip
    if parcel.url:
        card["actions"] = [{"type": "Action.OpenUrl", "title": parcel.phrases["open"], "url": parcel.url}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _plain(text: str) -> str:
    """Text without the letters that Markdown gives a meaning."""
    return "".join(f"\\{letter}" if letter in "*_[]`#" else letter for letter in text)


CHANNEL = TeamsChannel()
