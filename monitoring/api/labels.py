"""REST: labels that people give transactions and entries of batch records, one by one and many at once."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.parsers import BoundedJsonParser
from core.http import actor_of
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.deliveries import rows_from_json
from monitoring.intake.kinds import LABEL
from monitoring.models import EventFlag, TransactionFlag
from monitoring.parsers import CsvParser
from monitoring.serializers import EventFlagSerializer, FlagInput, FlagSerializer, IngestSerializer, LabelInput


class LabelsView(ListAPIView[TransactionFlag]):
    required_permissions = {"GET": Permission.TRANSACTION_VIEW, "POST": Permission.ALERT_DISPOSE}
    parser_classes = [BoundedJsonParser, CsvParser]
    serializer_class = FlagSerializer
    queryset = TransactionFlag.objects.none()
    shape = LABEL

    def get_queryset(self) -> QuerySet[TransactionFlag]:
        return selectors.flags_visible_to(self.request.user)

    @extend_schema(tags=["monitoring"], summary="Flags and imported labels, newest first")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=["monitoring"], summary="Import labels: one, a list or CSV",
        request={"application/json": LabelInput(many=True), "text/csv": OpenApiTypes.BINARY},
        responses={200: IngestSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Good rows are taken, bad rows come back with line and reason. The same label again changes nothing, another one
        than is there is refused. Only a person labels."""
        data: Any = request.data
        is_csv = request.content_type.startswith("text/csv")
        rows = data if is_csv else rows_from_json(data)
        result = services.import_labels(rows=rows, source="csv" if is_csv else "rest", by=actor_of(request))
        body = vars(result) | {"rejected": [row.as_dict() for row in result.rejected]}
        return Response(IngestSerializer(body).data)


class TransactionFlagView(APIView):
    required_permissions = {"POST": Permission.ALERT_DISPOSE, "DELETE": Permission.ALERT_DISPOSE}

    @extend_schema(
        tags=["monitoring"], summary="Flag a transaction as suspicious", request=FlagInput, responses=FlagSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """It is a label that models learn from. A second flag keeps the first one."""
        row = selectors.transaction_for(request.user, pk)
        given = FlagInput(data=request.data)
        given.is_valid(raise_exception=True)
        flag = services.flag_transaction(transaction_id=row.pk, **given.validated_data, by=actor_of(request))
        return Response(FlagSerializer(flag).data)

    @extend_schema(tags=["monitoring"], summary="Take a transaction's flag or label back", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        row = selectors.transaction_for(request.user, pk)
        services.revoke_flag(transaction_id=row.pk, by=actor_of(request))
        return Response(status=204)


class EventLabelsView(ListAPIView[EventFlag]):
    required_permissions = {"GET": Permission.TRANSACTION_VIEW}
    serializer_class = EventFlagSerializer
    queryset = EventFlag.objects.none()

    def get_queryset(self) -> QuerySet[EventFlag]:
        return selectors.event_flags_visible_to(self.request.user)

    @extend_schema(tags=["monitoring"], summary="Flags and imported labels of batch records' entries, newest first")
    def get(self, request: Request) -> Response:
        return self.list(request)


class EventFlagView(APIView):
    required_permissions = {"POST": Permission.ALERT_DISPOSE, "DELETE": Permission.ALERT_DISPOSE}

    @extend_schema(
        tags=["monitoring"], summary="Flag an entry of a batch record", request=FlagInput, responses=EventFlagSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """It is a label that models learn from. A second flag keeps the first one."""
        row = selectors.event_for(request.user, pk)
        given = FlagInput(data=request.data)
        given.is_valid(raise_exception=True)
        flag = services.flag_event(event_id=row.pk, **given.validated_data, by=actor_of(request))
        return Response(EventFlagSerializer(flag).data)

    @extend_schema(tags=["monitoring"], summary="Take an entry's flag or label back", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        row = selectors.event_for(request.user, pk)
        services.revoke_event_flag(event_id=row.pk, by=actor_of(request))
        return Response(status=204)
