"""The events in the OpenAPI document: a schema each, and `x-webhooks`, which readers of OpenAPI 3.0 show as such."""

from typing import Any

from notifications.events import EVENTS


def add_events(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A hook of drf-spectacular: adds the catalogue to the finished document."""
    schemas = result["components"]["schemas"]
    hooks = result.setdefault("x-webhooks", {})
    for event in (event for event in EVENTS.values() if not event.stays_inside):
        name = "Event" + "".join(word.capitalize() for word in event.code.replace(".", "_").split("_"))
        schemas[name] = event.payload_schema()
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        hooks[event.code] = {"post": {
            "summary": event.name, "tags": ["webhooks"], "requestBody": {"required": True, "content": content},
            "parameters": [_header("webhook-id", "the same over all attempts"), _header("webhook-timestamp", "seconds since 1970"),
                           _header("webhook-signature", "`v1,` and the signature, one for each live secret")],
            "responses": {"2XX": {"description": "taken"}, "410": {"description": "no more, please: the webhook is disabled"}},
        }}  # fmt: skip
    return result


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": description, "schema": {"type": "string"}}
