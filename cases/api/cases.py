"""REST: cases and decisions, for people."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import ApiClient
from cases import selectors, services
from cases.models import Case
from cases.queries import CaseQuery
from cases.serializers import (
    CaseDetailSerializer,
    CaseSerializer,
    CommentInput,
    CommentSerializer,
    DecisionSerializer,
    NextInput,
    NoteInput,
    ProposalInput,
)
from core.api.queries import asked
from core.http import actor_of
from core.permissions import Permission


def _valid(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


@extend_schema(
    tags=["cases"], summary="Cases, the most urgent first; with a view or a filter those of the queue",
    parameters=[CaseQuery],
)  # fmt: skip
class CaseListView(ListAPIView[Case]):
    required_permissions = {"GET": Permission.CASE_VIEW}
    serializer_class = CaseSerializer
    queryset = Case.objects.none()

    def get_queryset(self) -> QuerySet[Case]:
        person: Any = self.request.user
        told = {name: str(value) for name, value in asked(self.request, CaseQuery).items()}
        if not told or isinstance(person, ApiClient):
            return selectors.cases_visible_to(person).order_by("-priority", "due_at", "id")
        return selectors.with_row(selectors.queue_cases(person, told))


class CaseNextView(APIView):
    required_permissions = {"POST": Permission.CASE_WORK}

    @extend_schema(
        tags=["cases"], summary="Claim the most urgent case that nobody works on", request=NextInput,
        responses={200: CaseSerializer, 204: None},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        data = _valid(NextInput(data=request.data))
        case = services.claim_next_case(queue_id=data["queue"], by=actor_of(request))
        return Response(CaseSerializer(selectors.case_for(request.user, case.pk)).data if case else None,
                        status=200 if case else 204)  # fmt: skip


class CaseView(APIView):
    required_permissions = {"GET": Permission.CASE_VIEW}

    @extend_schema(tags=["cases"], summary="One case with its reasons and decisions", responses=CaseDetailSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        case = selectors.case_for(request.user, pk)
        services.record_case_view(case=case, by=actor_of(request))
        return Response(CaseDetailSerializer(case, context={"principal": request.user}).data)


class CaseClaimView(APIView):
    required_permissions = {"POST": Permission.CASE_WORK}

    @extend_schema(tags=["cases"], summary="Claim a case", request=None, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = services.claim_case(case_id=selectors.case_for(request.user, pk).pk, by=actor_of(request))
        return Response(CaseSerializer(selectors.case_for(request.user, case.pk)).data)


class CaseCommentsView(APIView):
    required_permissions = {"POST": Permission.CASE_WORK}

    @extend_schema(
        tags=["cases"], summary="Comment on a case", request=CommentInput, responses={201: CommentSerializer}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        case = selectors.case_for(request.user, pk)
        comment = services.comment_on_case(
            case_id=case.pk, **_valid(CommentInput(data=request.data)), by=actor_of(request)
        )
        return Response(CommentSerializer(comment).data, status=201)


class CaseDecisionsView(APIView):
    required_permissions = {"POST": Permission.DECISION_PROPOSE}

    @extend_schema(
        tags=["cases"], summary="Propose a decision", request=ProposalInput, responses={201: DecisionSerializer}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        case = selectors.case_for(request.user, pk)
        data = _valid(ProposalInput(data=request.data))
        decision = services.propose_decision(case_id=case.pk, **data, by=actor_of(request))
        return Response(DecisionSerializer(decision).data, status=201)


class DecisionApproveView(APIView):
    required_permissions = {"POST": Permission.DECISION_APPROVE}

    @extend_schema(
        tags=["cases"], summary="Approve a proposed decision", request=NoteInput, responses=DecisionSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        decision = selectors.decision_for(request.user, pk)
        data = _valid(NoteInput(data=request.data))
        settled = services.approve_decision(decision_id=decision.pk, **data, by=actor_of(request))
        return Response(DecisionSerializer(settled).data)


class DecisionWithdrawView(APIView):
    required_permissions = {"POST": Permission.DECISION_PROPOSE}

    @extend_schema(tags=["cases"], summary="Withdraw one's own proposal", request=None, responses=DecisionSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        decision = selectors.decision_for(request.user, pk)
        return Response(
            DecisionSerializer(services.withdraw_decision(decision_id=decision.pk, by=actor_of(request))).data
        )


class DecisionReturnView(APIView):
    required_permissions = {"POST": Permission.DECISION_APPROVE}

    @extend_schema(
        tags=["cases"], summary="Return a proposed decision", request=NoteInput, responses=DecisionSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        decision = selectors.decision_for(request.user, pk)
        data = _valid(NoteInput(data=request.data))
        settled = services.return_decision(decision_id=decision.pk, **data, by=actor_of(request))
        return Response(DecisionSerializer(settled).data)
