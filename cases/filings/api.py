"""REST: reports of suspicion, for people who may know of them. To everybody else there is none."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.filings import selectors, services
from cases.filings.enums import FilingKind
from cases.filings.models import Filing
from cases.filings.serializers import (
    AnswerInput,
    FiledInput,
    FilingDetailSerializer,
    FilingQuery,
    FilingSerializer,
    FollowInput,
    NewFilingInput,
    ReasonInput,
    ReportableSerializer,
    SectionInput,
    TransactionsInput,
    VersionInput,
)
from core.api.queries import asked
from core.http import actor_of
from core.permissions import Permission

_TAGS = ["filings"]


def _shown(request: Request, pk: UUID, status: int = 200) -> Response:
    filing = selectors.filing_for(request.user, pk)
    return Response(FilingDetailSerializer(filing, context={"principal": request.user}).data, status=status)


def _valid(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


@extend_schema(
    tags=_TAGS, summary="Reports of suspicion, the newest first",
    parameters=[FilingQuery],
)  # fmt: skip
class FilingListView(ListAPIView[Filing]):
    required_permissions: ClassVar = {"GET": Permission.FILING_VIEW}
    serializer_class = FilingSerializer
    queryset = Filing.objects.none()

    def get_queryset(self) -> QuerySet[Filing]:
        told = asked(self.request, FilingQuery)
        return selectors.filings_like(self.request.user, state=told.get("state", ""), case_id=told.get("case", ""))


class CaseFilingsView(APIView):
    required_permissions: ClassVar = {"POST": Permission.FILING_EDIT}

    @extend_schema(
        tags=_TAGS,
        summary="Draft a report about a case",
        request=NewFilingInput,
        responses={201: FilingDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        case, _ = selectors.filings_of(request.user, pk)
        profile = selectors.profile_in_force(_valid(NewFilingInput(data=request.data))["profile"])
        filing = services.open_filing(case=case, profile=profile, by=actor_of(request))
        return _shown(request, filing.pk, 201)


class FilingView(APIView):
    required_permissions: ClassVar = {"GET": Permission.FILING_VIEW}

    @extend_schema(tags=_TAGS, summary="One report; looking is recorded", responses=FilingDetailSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        services.record_filing_view(filing=selectors.filing_for(request.user, pk), by=actor_of(request))
        return _shown(request, pk)


class FilingSectionView(APIView):
    required_permissions: ClassVar = {"PUT": Permission.FILING_EDIT}

    @extend_schema(
        tags=_TAGS, summary="Write a section of a draft", request=SectionInput, responses=FilingDetailSerializer
    )
    def put(self, request: Request, pk: UUID) -> Response:
        filing = selectors.filing_for(request.user, pk)
        services.save_section(filing_id=filing.pk, **_valid(SectionInput(data=request.data)), by=actor_of(request))
        return _shown(request, pk)


class FilingTransactionsView(APIView):
    required_permissions: ClassVar = {"GET": Permission.FILING_EDIT, "PUT": Permission.FILING_EDIT}

    @extend_schema(
        tags=_TAGS, summary="The transactions that a report names or could name",
        responses=ReportableSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Those that the report names, then those behind alerts on its customer that nobody has cleared since it was drafted."""
        held, found = selectors.transactions_of(selectors.filing_for(request.user, pk))
        told = [
            {**row.model_dump(), "is_reported": is_held}
            for rows, is_held in ((held, True), (found, False))
            for row in rows
        ]
        return Response(ReportableSerializer(told, many=True).data)

    @extend_schema(
        tags=_TAGS, summary="Choose which transactions a draft reports", request=TransactionsInput,
        responses=FilingDetailSerializer,
    )  # fmt: skip
    def put(self, request: Request, pk: UUID) -> Response:
        """The report names these and no others; a reviewed report is a draft again.

        422 with a pointer for each number that is none of those that `GET` gives; 409 where the report is not open to changes, or
        is not at `version` any more.
        """
        filing = selectors.filing_for(request.user, pk)
        data = _valid(TransactionsInput(data=request.data))
        services.keep_transactions(filing_id=filing.pk, **data, by=actor_of(request))
        return _shown(request, pk)


class XmlOrProblem(JSONRenderer):
    """Lets a caller ask for XML, which the view answers by itself; what is refused is a problem document all the same."""

    media_type = "application/xml"


class FilingXmlView(APIView):
    renderer_classes = [JSONRenderer, XmlOrProblem]
    required_permissions: ClassVar = {"POST": Permission.FILING_APPROVE}

    @extend_schema(
        tags=_TAGS, summary="Take the XML of an approved report out; recorded", request=None,
        responses={(200, "application/xml"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        filing = services.take_out_xml(filing_id=selectors.filing_for(request.user, pk).pk, by=actor_of(request))
        response = HttpResponse(filing.xml.encode(), content_type="application/xml")
        response["Content-Disposition"] = f'attachment; filename="{filing.number}.xml"'
        response["Cache-Control"] = "no-store"
        return response


class FilingAnswerView(APIView):
    required_permissions: ClassVar = {"POST": Permission.FILING_EDIT}

    @extend_schema(
        tags=_TAGS, summary="Take in what the receiver answered", request=AnswerInput, responses=FilingDetailSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        data = _valid(AnswerInput(data=request.data))
        content = data.pop("content_base64")
        filing = selectors.filing_for(request.user, pk)
        services.take_in_answer(filing_id=filing.pk, content=content or b"", **data, by=actor_of(request))
        return _shown(request, pk)


class FilingFollowView(APIView):
    required_permissions: ClassVar = {"POST": Permission.FILING_EDIT}

    @extend_schema(
        tags=_TAGS, summary="Draft the report that corrects or continues a filed one", request=FollowInput,
        responses={201: FilingDetailSerializer},
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        filing = selectors.filing_for(request.user, pk)
        kind = FilingKind(_valid(FollowInput(data=request.data))["kind"])
        drafted = services.follow_filing(filing_id=filing.pk, kind=kind, by=actor_of(request))
        return _shown(request, drafted.pk, 201)


def _step(title: str, name: str, permission: Permission, shape: Any, act: Callable[..., Filing]) -> type[APIView]:
    """The endpoint of one step of a report's life."""

    class StepView(APIView):
        required_permissions: ClassVar = {"POST": permission}

        @extend_schema(
            tags=_TAGS, summary=title, operation_id=f"filings_{name}", request=shape, responses=FilingDetailSerializer
        )
        def post(self, request: Request, pk: UUID) -> Response:
            filing = selectors.filing_for(request.user, pk)
            act(filing_id=filing.pk, **_valid(shape(data=request.data)), by=actor_of(request))
            return _shown(request, pk)

    StepView.__name__ = f"Filing{name.title()}View"
    return StepView


FilingReviewView = _step(
    "Find a draft fit to be approved", "review", Permission.FILING_EDIT, VersionInput, services.review_filing
)
FilingReturnView = _step(
    "Give a report back to its author", "return", Permission.FILING_EDIT, ReasonInput, services.return_filing
)
FilingApproveView = _step(
    "Approve a report for filing", "approve", Permission.FILING_APPROVE, VersionInput, services.approve_filing
)
FilingFileView = _step(
    "Say that a report has been filed", "file", Permission.FILING_APPROVE, FiledInput, services.file_filing
)
FilingWithdrawView = _step(
    "Do not file a report", "withdraw", Permission.FILING_APPROVE, ReasonInput, services.withdraw_filing
)
