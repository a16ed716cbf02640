"""REST: runs, and publishing workflows."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.http import actor_of
from core.permissions import Permission
from workflows import selectors, services
from workflows.serializers import PublishInput, RunSerializer, VersionSerializer


class RunView(APIView):
    required_permissions = {"GET": Permission.RUN_VIEW}

    @extend_schema(tags=["workflows"], summary="One run with its steps", responses=RunSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(RunSerializer(selectors.run_for(pk)).data)


class WorkflowsView(APIView):
    required_permissions = {"GET": Permission.WORKFLOW_VIEW, "POST": Permission.WORKFLOW_EDIT}

    @extend_schema(tags=["workflows"], summary="Active workflow versions", responses=VersionSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(VersionSerializer(selectors.active_versions(), many=True).data)

    @extend_schema(
        tags=["workflows"], summary="Publish a workflow definition (YAML)", request=PublishInput,
        responses={201: VersionSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        serializer = PublishInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        version = services.publish_workflow(text=serializer.validated_data["text"], by=actor_of(request))
        return Response(VersionSerializer(version).data, status=201)
