"""REST: how far people's labels can be trusted."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.queries import QuerySerializer, asked
from core.permissions import Permission
from monitoring import selectors
from monitoring.quality_data import quality_data
from monitoring.quality_serializers import LabelQualitySerializer


class QualityQuery(QuerySerializer):
    days = serializers.ChoiceField(
        choices=selectors.QUALITY_PERIODS, required=False, default=365, help_text="The period"
    )


class LabelQualityView(APIView):
    required_permissions = {"GET": Permission.SAMPLING_VIEW}

    @extend_schema(
        tags=["monitoring"], summary="Label quality: agreement, overturned decisions, automation bias",
        parameters=[QualityQuery], responses=LabelQualitySerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Cohen's kappa of decided alerts judged twice, what the second person changed, and decisions with and without the
        model's word. Shares are between 0 and 1, intervals of 95 %; null where nothing can be said."""
        return Response(quality_data(selectors.label_quality(int(asked(request, QualityQuery)["days"]))))
