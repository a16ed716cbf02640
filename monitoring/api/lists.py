"""REST: the lists that rules look into, to read."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.permissions import Permission
from monitoring import selectors
from monitoring.models import RuleList, RuleListEntry
from monitoring.serializers import RuleListDetailSerializer, RuleListEntrySerializer, RuleListSerializer

_VERSION = OpenApiParameter("version", int, description="by default the version in force")


@extend_schema(tags=["monitoring"], summary="Lists that rules look into")
class RuleListsView(ListAPIView[RuleList]):
    required_permissions = {"GET": Permission.SCENARIO_VIEW}
    serializer_class = RuleListSerializer
    queryset = RuleList.objects.none()

    def get_queryset(self) -> QuerySet[RuleList]:
        return selectors.rule_lists()


class RuleListView(APIView):
    required_permissions = {"GET": Permission.SCENARIO_VIEW}

    @extend_schema(tags=["monitoring"], summary="One list and its versions", responses=RuleListDetailSerializer)
    def get(self, request: Request, name: str) -> Response:
        return Response(RuleListDetailSerializer(selectors.rule_list_named(name)).data)


@extend_schema(tags=["monitoring"], summary="What is on a version of a list", parameters=[_VERSION])
class RuleListEntriesView(ListAPIView[RuleListEntry]):
    required_permissions = {"GET": Permission.SCENARIO_VIEW}
    serializer_class = RuleListEntrySerializer
    queryset = RuleListEntry.objects.none()

    def get_queryset(self) -> QuerySet[RuleListEntry]:
        if "name" not in self.kwargs:
            return self.queryset
        found = selectors.rule_list_named(self.kwargs["name"])
        return selectors.entries_of(selectors.list_version(found, self.request.query_params.get("version", "")))
