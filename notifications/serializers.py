"""Shapes of webhooks over REST."""

from typing import Any

from rest_framework import serializers

from notifications.enums import OutboxState
from notifications.events import subscribable
from notifications.models import Attempt, Destination, Outbox
from notifications.selectors import live_secrets
from notifications.services import LONGEST_OVERLAP_HOURS, OVERLAP_HOURS
from notifications.texts import languages

_EVENTS = [event.code for event in subscribable(for_client=False)]


class WebhookInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    url = serializers.URLField(max_length=500)
    events = serializers.ListField(child=serializers.ChoiceField(choices=_EVENTS), allow_empty=False)
    language = serializers.ChoiceField(choices=list(languages()), default="en", help_text="of the test message")


class WebhookChange(serializers.Serializer[Any]):
    url = serializers.URLField(max_length=500, required=False)
    events = serializers.ListField(child=serializers.ChoiceField(choices=_EVENTS), allow_empty=False, required=False)
    is_active = serializers.BooleanField(required=False)


class RotateInput(serializers.Serializer[Any]):
    overlap_hours = serializers.IntegerField(
        min_value=0,
        max_value=LONGEST_OVERLAP_HOURS,
        default=OVERLAP_HOURS,
        help_text="how long the former secret signs too",
    )


class SecretSerializer(serializers.Serializer[Any]):
    secret = serializers.CharField(help_text="shown only now")


class WebhookSerializer(serializers.ModelSerializer[Destination]):
    address = serializers.CharField(source="shown", help_text="what of the URL may be shown")
    parked = serializers.IntegerField(help_text="messages given up, to be sent again")
    waiting = serializers.IntegerField()
    secrets = serializers.SerializerMethodField(help_text="how many secrets sign now")

    class Meta:
        model = Destination
        fields = ["id", "name", "address", "events", "language", "is_active", "disabled_reason", "parked", "waiting", "secrets",
                  "created_at"]  # fmt: skip

    def get_secrets(self, row: Destination) -> int:
        return len(live_secrets(row))


class WebhookCreated(WebhookSerializer):
    secret = serializers.CharField(help_text="the signing secret, shown only now")

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    class Meta:
        model = Attempt
        fields = ["number", "outcome", "status", "milliseconds", "request", "answer", "error", "created_at"]


class DeliverySerializer(serializers.ModelSerializer[Outbox]):
    webhook_id = serializers.SerializerMethodField(help_text="the header webhook-id, the same over all attempts")
    state = serializers.ChoiceField(choices=OutboxState.choices)
    attempts = AttemptSerializer(many=True)

    class Meta:
        model = Outbox
        fields = ["id", "webhook_id", "event", "state", "error", "run_at", "created_at", "attempts"]

    def get_webhook_id(self, row: Outbox) -> str:
        return f"msg_{row.event_uuid.hex}"


class EventTypeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField()
    schema = serializers.DictField(source="payload_schema", help_text="JSON Schema of the body")
