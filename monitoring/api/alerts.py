"""REST: alerts and what a person decides about them."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.queries import OfCustomer, asked
from core.http import actor_of
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.models import Alert
from monitoring.serializers import AlertDispositionInput, AlertSerializer


@extend_schema(tags=["monitoring"], summary="Alerts, open ones first", parameters=[OfCustomer])
class AlertListView(ListAPIView[Alert]):
    required_permissions = {"GET": Permission.ALERT_VIEW}
    serializer_class = AlertSerializer
    queryset = Alert.objects.none()

    def get_queryset(self) -> QuerySet[Alert]:
        rows = selectors.alerts_visible_to(self.request.user)
        return rows.filter(**asked(self.request, OfCustomer))


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
