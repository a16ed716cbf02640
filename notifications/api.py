"""REST: webhooks that a program sets up for itself, their log, and the catalogue of events."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import ApiClient
from core.http import actor_of
from core.permissions import Permission
from notifications import selectors, services
from notifications.events import subscribable
from notifications.models import Destination, Outbox
from notifications.serializers import (
    DeliverySerializer,
    EventTypeSerializer,
    RotateInput,
    SecretSerializer,
    WebhookChange,
    WebhookCreated,
    WebhookInput,
    WebhookSerializer,
)

_MANAGE = Permission.WEBHOOK_MANAGE


class WebhooksView(APIView):
    required_permissions = {"GET": _MANAGE, "POST": _MANAGE}

    @extend_schema(tags=["webhooks"], summary="My webhooks", responses=WebhookSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(WebhookSerializer(selectors.webhooks_of(request.user), many=True).data)

    @extend_schema(tags=["webhooks"], summary="Subscribe to events", request=WebhookInput, responses={201: WebhookCreated},
                   description="Messages are signed as Standard Webhooks 1.0.0 has it (HMAC-SHA256). A program hears "
                               "only of what it sent.")  # fmt: skip
    def post(self, request: Request) -> Response:
        values = _valid(WebhookInput, request)
        row, secret = services.create_destination(
            kind="webhook", name=values["name"], address=values["url"], events=values["events"],
            language=values["language"], by=actor_of(request),
        )  # fmt: skip
        made = selectors.webhook_for(request.user, row.pk)
        made.secret = secret  # type: ignore[attr-defined]
        return Response(WebhookCreated(made).data, status=201, headers={"Cache-Control": "no-store"})


class WebhookView(APIView):
    required_permissions = {"GET": _MANAGE, "PATCH": _MANAGE, "DELETE": _MANAGE}

    @extend_schema(tags=["webhooks"], summary="One webhook", responses=WebhookSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(WebhookSerializer(selectors.webhook_for(request.user, pk)).data)

    @extend_schema(tags=["webhooks"], summary="Change a webhook", request=WebhookChange, responses=WebhookSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        row, values = selectors.webhook_for(request.user, pk), _valid(WebhookChange, request)
        services.change_webhook(
            destination_id=row.pk, events=values.get("events"), address=values.get("url", ""),
            is_active=values.get("is_active"), by=actor_of(request),
        )  # fmt: skip
        return Response(WebhookSerializer(selectors.webhook_for(request.user, pk)).data)

    @extend_schema(tags=["webhooks"], summary="Remove a webhook with its log", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        services.remove_destination(destination_id=_own(request, pk).pk, by=actor_of(request))
        return Response(status=204)


class WebhookSecretView(APIView):
    required_permissions = {"POST": _MANAGE}

    @extend_schema(tags=["webhooks"], summary="Make a new signing secret; the former signs beside it for a while",
                   request=RotateInput, responses={201: SecretSerializer})  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        values = _valid(RotateInput, request)
        secret = services.rotate_secret(destination_id=_own(request, pk).pk, **values, by=actor_of(request))
        return Response({"secret": secret}, status=201, headers={"Cache-Control": "no-store"})


class WebhookTestView(APIView):
    required_permissions = {"POST": _MANAGE}

    @extend_schema(tags=["webhooks"], summary="Send a test event", request=None, responses={202: None})
    def post(self, request: Request, pk: UUID) -> Response:
        services.try_destination(destination_id=_own(request, pk).pk, by=actor_of(request))
        return Response(status=202)


@extend_schema(tags=["webhooks"], summary="What was sent to a webhook, newest first")
class WebhookDeliveriesView(ListAPIView[Outbox]):
    required_permissions = {"GET": _MANAGE}
    serializer_class = DeliverySerializer
    queryset = Outbox.objects.none()

    def get_queryset(self) -> QuerySet[Outbox]:
        return selectors.log_of(_own(self.request, self.kwargs["pk"])) if "pk" in self.kwargs else self.queryset


class RedeliverView(APIView):
    required_permissions = {"POST": _MANAGE}

    @extend_schema(
        tags=["webhooks"], summary="Send a message again, under its own id", request=None, responses={202: None}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        services.redeliver(message_id=selectors.delivery_for(request.user, pk).pk, by=actor_of(request))
        return Response(status=202)


class EventCatalogueView(APIView):
    required_permissions = {"GET": _MANAGE}

    @extend_schema(tags=["webhooks"], summary="Events one may subscribe to, with the JSON Schema of each",
                   responses=EventTypeSerializer(many=True))  # fmt: skip
    def get(self, request: Request) -> Response:
        events = subscribable(for_client=isinstance(request.user, ApiClient))
        return Response(EventTypeSerializer(events, many=True).data)


def _own(request: Request, pk: UUID) -> Destination:
    return selectors.webhook_for(request.user, pk)


def _valid(shape: type, request: Request) -> dict[str, Any]:
    serializer = shape(data=request.data)
    serializer.is_valid(raise_exception=True)
    values: dict[str, Any] = serializer.validated_data
    return values
