"""REST: transactions, process events and the table of qualifications, delivered and read."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.parsers import BoundedJsonParser
from core.api.queries import OfCustomer, asked
from core.exceptions import InvalidInput
from core.http import actor_of
from core.permissions import Permission
from core.words import said
from monitoring import selectors, services
from monitoring.deliveries import rows_from_json
from monitoring.enums import DeliveryKind
from monitoring.intake.kinds import PROCESS_EVENT, QUALIFICATION, TRANSACTION
from monitoring.intake.shapes import Shape
from monitoring.models import OperatorQualification, ProcessEvent, Transaction
from monitoring.parsers import CsvParser, NdjsonParser
from monitoring.serializers import (
    IngestSerializer,
    ProcessEventInput,
    ProcessEventSerializer,
    QualificationInput,
    QualificationSerializer,
    TransactionInput,
    TransactionSerializer,
)


def _told(body: Any, many: bool = True) -> dict[str, Any]:
    return {
        "application/json": body(many=many),
        "application/x-ndjson": OpenApiTypes.BINARY,
        "text/csv": OpenApiTypes.BINARY,
    }


class DeliveryView(ListAPIView[Any]):
    """Rows of one shape: read newest first, delivered one, as a list, as CSV or as a stream.

    A single object that is not good is answered 422; otherwise good rows are taken and bad rows come back with line and
    reason.
    """

    required_permissions = {"GET": Permission.TRANSACTION_VIEW, "POST": Permission.TRANSACTION_CREATE}
    parser_classes = [BoundedJsonParser, CsvParser, NdjsonParser]
    shape: Shape
    kind: DeliveryKind
    take: ClassVar[Callable[..., services.IngestResult]]
    visible: ClassVar[Callable[..., QuerySet[Any]]]

    def get_queryset(self) -> QuerySet[Model]:
        rows = self.visible(self.request.user)
        return rows.filter(**asked(self.request, OfCustomer))

    def deliver(self, request: Request) -> Response:
        """Takes the rows in and says what became of them."""
        data: Any = request.data
        services.admit_delivery(by=actor_of(request), is_batch=not isinstance(data, dict))
        by, source = actor_of(request), "csv" if request.content_type.startswith("text/csv") else "rest"
        if isinstance(data, Iterator):
            result = services.ingest_stream(kind=self.kind, rows=data, source="stream", by=by)
        else:
            rows = data if source == "csv" else rows_from_json(data)
            result = self.take(rows=rows, source=source, by=by)
        if result.rejected and not isinstance(data, list | Iterator):
            raise InvalidInput(said("The {noun} is not valid.", noun=self.shape.noun), result.rejected[0].faults)
        body = vars(result) | {"rejected": [row.as_dict() for row in result.rejected]}
        return Response(IngestSerializer(body).data)


class TransactionsView(DeliveryView):
    shape, kind = TRANSACTION, DeliveryKind.TRANSACTIONS
    take = staticmethod(services.ingest_transactions)
    visible = staticmethod(selectors.transactions_visible_to)
    serializer_class = TransactionSerializer
    queryset = Transaction.objects.none()

    @extend_schema(tags=["monitoring"], summary="Transactions, newest first", parameters=[OfCustomer])
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=["monitoring"], summary="Deliver transactions: one, a list, CSV or a stream",
        request=_told(TransactionInput), responses={200: IngestSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Good rows are taken, bad rows come back with line and reason; a known external id changes nothing, and the same
        id with other content is refused.

        One transaction is an object, up to 1,000 are a list; CSV has a header and up to 10,000 rows; a stream
        (`application/x-ndjson`) has one object a line and any length: it is stored in batches of 1,000, so what came
        before a break stays, and sending all of it again doubles nothing. A single object that is not good is answered
        422. The scenarios run in a worker afterwards.
        """
        return self.deliver(request)


class ProcessEventsView(DeliveryView):
    shape, kind = PROCESS_EVENT, DeliveryKind.PROCESS_EVENTS
    take = staticmethod(services.ingest_process_events)
    visible = staticmethod(selectors.process_events_visible_to)
    serializer_class = ProcessEventSerializer
    queryset = ProcessEvent.objects.none()

    @extend_schema(tags=["monitoring"], summary="Process events, newest first", parameters=[OfCustomer])
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=["monitoring"], summary="Deliver process events: one, a list, CSV or a stream",
        request=_told(ProcessEventInput), responses={200: IngestSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """As transactions are delivered. The customer is the manufacturer or site that the batch record belongs to.

        What can be said of single entries is said at once. A record is reviewed as a whole when an event `completes` it,
        when its newest event is older than a day, or when nothing more has come for a day.
        """
        return self.deliver(request)


class QualificationsView(DeliveryView):
    parser_classes = [BoundedJsonParser, CsvParser]
    shape, kind = QUALIFICATION, DeliveryKind.QUALIFICATIONS
    take = staticmethod(services.set_qualifications)
    visible = staticmethod(selectors.qualifications_visible_to)
    serializer_class = QualificationSerializer
    queryset = OperatorQualification.objects.none()

    @extend_schema(tags=["monitoring"], summary="Who is qualified for which step", parameters=[OfCustomer])
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=["monitoring"], summary="Set who is qualified for which step",
        request={"application/json": QualificationInput(many=True), "text/csv": OpenApiTypes.BINARY},
        responses={200: IngestSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Adds to the table, or says until when an entry of it holds (same operator, step and `valid_from`). While a
        customer has no table, who is qualified is unknown and no scenario fires on it."""
        return self.deliver(request)
