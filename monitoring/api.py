"""REST: transactions and alerts."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.exceptions import Fault, InvalidInput
from core.http import actor_of
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.models import Alert, Transaction
from monitoring.parsers import CsvParser
from monitoring.rows import TransactionInput
from monitoring.serializers import (
    AlertDispositionInput,
    AlertSerializer,
    IngestSerializer,
    TransactionSerializer,
)

_MOST_ROWS = 5000


class TransactionsView(ListAPIView[Transaction]):
    required_permissions = {"GET": Permission.TRANSACTION_VIEW, "POST": Permission.TRANSACTION_CREATE}
    parser_classes = [JSONParser, CsvParser]
    serializer_class = TransactionSerializer
    queryset = Transaction.objects.none()

    def get_queryset(self) -> QuerySet[Transaction]:
        return selectors.transactions_visible_to(self.request.user)

    @extend_schema(tags=["monitoring"], summary="Transactions, newest first")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=["monitoring"], summary="Deliver transactions: one, a list, or CSV",
        request=TransactionInput(many=True), responses={200: IngestSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Good rows are taken, bad rows come back with line and reason; a known external id changes nothing."""
        rows = request.data if isinstance(request.data, list) else [request.data]
        if not rows or len(rows) > _MOST_ROWS:
            raise InvalidInput("The delivery has no usable size.", [Fault("/", f"1 to {_MOST_ROWS} transactions")])
        result = services.ingest_transactions(rows=rows, source="rest", by=actor_of(request))
        body = vars(result) | {"rejected": [row.as_dict() for row in result.rejected]}
        return Response(IngestSerializer(body).data)


@extend_schema(tags=["monitoring"], summary="Alerts, open ones first")
class AlertListView(ListAPIView[Alert]):
    required_permissions = {"GET": Permission.ALERT_VIEW}
    serializer_class = AlertSerializer
    queryset = Alert.objects.none()

    def get_queryset(self) -> QuerySet[Alert]:
        return selectors.alerts_visible_to(self.request.user)


class AlertView(APIView):
    required_permissions = {"GET": Permission.ALERT_VIEW}

    @extend_schema(tags=["monitoring"], summary="One alert with its findings", responses=AlertSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(AlertSerializer(selectors.alert_for(request.user, pk)).data)


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
