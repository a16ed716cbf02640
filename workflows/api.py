"""REST: runs, and publishing workflows."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from core.actor import system_actor
from core.http import actor_of
from core.permissions import Permission
from workflows import selectors, services
from workflows.callbacks import step_of
from workflows.engine.registry import actions_with_summaries
from workflows.engine.schema import definition_schema
from workflows.hooks import Delivery
from workflows.serializers import (
    CallbackInput,
    HookAnswer,
    HookSecret,
    PublishInput,
    RunSerializer,
    StartInput,
    VersionSerializer,
)

_SIGNED = ("id", "timestamp", "signature")


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
        tags=["workflows"], summary="Propose a workflow definition (YAML); another person approves it", request=PublishInput,
        responses={201: VersionSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        serializer = PublishInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        version = services.propose_text(text=serializer.validated_data["text"], by=actor_of(request))
        return Response(VersionSerializer(version).data, status=201)


class CallbackView(APIView):
    """Needs no key: the address itself is the permission, signed for one step."""

    required_permissions = {"POST": Permission.PUBLIC}
    authentication_classes = ()

    @extend_schema(tags=["workflows"], summary="Answer a step that waits for another system", request=CallbackInput,
                   responses={204: None}, auth=[])  # fmt: skip
    def post(self, request: Request, token: str) -> Response:
        serializer = CallbackInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        output = serializer.validated_data["output"]
        services.answer_callback(step_id=step_of(token), output=output, by=system_actor("callback"))
        return Response(status=204)


class WorkflowRunsView(APIView):
    required_permissions = {"POST": Permission.RUN_OPERATE}

    @extend_schema(
        tags=["workflows"], summary="Start a workflow by hand", request=StartInput, responses={201: RunSerializer},
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER,
                                     description="The same key again answers the run that is there.")],
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        serializer = StartInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        run = services.start_manually(
            workflow_id=pk, inputs=serializer.validated_data["inputs"], by=actor_of(request),
            key=request.headers.get("Idempotency-Key", ""),
        )  # fmt: skip
        return Response(RunSerializer(selectors.run_for(run.pk)).data, status=201)


class HookView(APIView):
    """Needs no key: the message is signed with the workflow's own secret."""

    required_permissions = {"POST": Permission.PUBLIC}
    authentication_classes = ()

    @extend_schema(
        tags=["workflows"], summary="Start a workflow from another system (Standard Webhooks)", request=StartInput,
        responses={202: HookAnswer}, auth=[],
        parameters=[OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True)
                    for name in map("webhook-{}".format, _SIGNED)],
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        message_id, at, signature = (request.headers.get(f"webhook-{name}", "") for name in _SIGNED)
        delivery = Delivery(message_id, at, signature, request._request.body)
        run = services.start_by_webhook(workflow_id=pk, delivery=delivery)
        return Response({"run_id": run.pk}, status=202)


class HookSecretView(APIView):
    required_permissions = {"POST": Permission.WORKFLOW_EDIT}

    @extend_schema(
        tags=["workflows"], summary="A new secret for a workflow's webhook; the former stops working", request=None,
        responses={201: HookSecret},
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        secret = services.renew_hook_secret(workflow_id=pk, by=actor_of(request))
        return Response({"secret": secret, "address": reverse("api-hook", args=[pk])}, status=201)


class DefinitionSchemaView(APIView):
    required_permissions = {"GET": Permission.WORKFLOW_VIEW}

    @extend_schema(
        tags=["workflows"], summary="JSON Schema of workflow definitions, for editors", responses={200: dict}
    )
    def get(self, request: Request) -> Response:
        return Response(definition_schema(actions_with_summaries()))
