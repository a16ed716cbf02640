"""REST: how far people's labels can be trusted."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.permissions import Permission
from monitoring import selectors
from monitoring.quality_data import quality_data
from monitoring.quality_serializers import LabelQualitySerializer

_DAYS = OpenApiParameter("days", int, enum=list(selectors.QUALITY_PERIODS), description="The period; 365 without it")


class LabelQualityView(APIView):
    required_permissions = {"GET": Permission.SAMPLING_VIEW}

    @extend_schema(
        tags=["monitoring"], summary="Label quality: agreement, overturned decisions, automation bias",
        parameters=[_DAYS], responses=LabelQualitySerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Cohen's kappa of decided alerts judged twice, what the second person changed, and decisions with and without the
        model's word. Shares are between 0 and 1, intervals of 95 %; null where nothing can be said."""
        days = selectors.quality_days(request.query_params.get("days", ""))
        return Response(quality_data(selectors.label_quality(days)))
