"""REST: transactions and alerts."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.exceptions import InvalidInput
from core.http import actor_of
from core.ids import parse_id
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.deliveries import rows_from_json
from monitoring.models import Alert, Transaction
from monitoring.parsers import CsvParser
from monitoring.rows import TransactionInput
from monitoring.serializers import (
    AlertDispositionInput,
    AlertSerializer,
    IngestSerializer,
    TransactionSerializer,
)

_OF_CUSTOMER = OpenApiParameter("customer", UUID, description="Only those of this customer")


class TransactionsView(ListAPIView[Transaction]):
    required_permissions = {"GET": Permission.TRANSACTION_VIEW, "POST": Permission.TRANSACTION_CREATE}
    parser_classes = [JSONParser, CsvParser]
    serializer_class = TransactionSerializer
    queryset = Transaction.objects.none()

    def get_queryset(self) -> QuerySet[Transaction]:
        rows = selectors.transactions_visible_to(self.request.user)
        wanted = self.request.query_params.get("customer")
        return rows.filter(customer=parse_id(wanted)) if wanted else rows

    @extend_schema(tags=["monitoring"], summary="Transactions, newest first", parameters=[_OF_CUSTOMER])
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=["monitoring"], summary="Deliver transactions: one, a list, or CSV",
        request={
            "application/json": TransactionInput(many=True),
            "text/csv": OpenApiTypes.STR,
        },
        responses={200: IngestSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Good rows are taken, bad rows come back with line and reason; a known external id changes nothing.

        One transaction is an object, up to 1,000 are a list; CSV has a header and up to 10,000 rows. A single object
        that is not good is answered 422. The scenarios run in a worker afterwards.
        """
        is_csv = request.content_type.startswith("text/csv")
        data: Any = request.data
        rows = data if is_csv else rows_from_json(data)
        result = services.ingest_transactions(rows=rows, source="csv" if is_csv else "rest", by=actor_of(request))
        if result.rejected and not isinstance(data, list):
            raise InvalidInput("The transaction is not valid.", result.rejected[0].faults)
        body = vars(result) | {"rejected": [row.as_dict() for row in result.rejected]}
        return Response(IngestSerializer(body).data)


@extend_schema(tags=["monitoring"], summary="Alerts, open ones first", parameters=[_OF_CUSTOMER])
class AlertListView(ListAPIView[Alert]):
    required_permissions = {"GET": Permission.ALERT_VIEW}
    serializer_class = AlertSerializer
    queryset = Alert.objects.none()

    def get_queryset(self) -> QuerySet[Alert]:
        rows = selectors.alerts_visible_to(self.request.user)
        wanted = self.request.query_params.get("customer")
        return rows.filter(customer=parse_id(wanted)) if wanted else rows


class AlertView(APIView):
    required_permissions = {"GET": Permission.ALERT_VIEW}

    @extend_schema(tags=["monitoring"], summary="One alert with its findings", responses=AlertSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        alert = selectors.alert_for(request.user, pk)
        services.record_alert_view(alert=alert, by=actor_of(request))
        return Response(AlertSerializer(alert).data)


class AlertDispositionView(APIView):
    required_permissions = {"POST": Permission.ALERT_DISPOSE}

    @extend_schema(
        tags=["monitoring"], summary="Decide an alert", request=AlertDispositionInput, responses=AlertSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        alert = selectors.alert_for(request.user, pk)
        serializer = AlertDispositionInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.dispose_alert(alert_id=alert.pk, **serializer.validated_data, by=actor_of(request))
        return Response(AlertSerializer(selectors.alert_for(request.user, pk)).data)
