"""REST: submitting a customer with documents, and following what becomes of it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.selectors import receipt_for
from cases.api.idempotency import answered_once
from cases.models import Submission
from cases.selectors import submission_for, submission_state
from cases.serializers import SubmissionAccepted, SubmissionForm, SubmissionInput, SubmissionStatus
from cases.services import NewDocument, take_submission
from core.api.parsers import DocumentsJsonParser
from core.exceptions import Fault, InvalidInput
from core.http import actor_of
from core.permissions import Permission
from documents.extraction.limits import REFUSALS
from documents.selectors import documents_for_customer

_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="The same key and body again: the stored answer."
)


class SubmissionsView(APIView):
    required_permissions = {"POST": Permission.SUBMISSION_CREATE}
    parser_classes = [DocumentsJsonParser, MultiPartParser]

    @extend_schema(
        tags=["submissions"], summary="Submit a customer with documents", parameters=[_KEY],
        request={"application/json": SubmissionInput, "multipart/form-data": SubmissionForm},
        responses={202: SubmissionAccepted},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Answers as soon as the submission is durable; `status_url` says what becomes of it."""
        data, files = _read(request)
        serializer = SubmissionInput(data=data)
        serializer.is_valid(raise_exception=True)
        submission = serializer.to_new_submission(files)
        content = [json.dumps(data, sort_keys=True).encode(), *(part for file in files for part in _parts(file))]
        return answered_once(
            request, content, lambda: _accepted(take_submission(data=submission, by=actor_of(request)))
        )


def _read(request: Request) -> tuple[Mapping[str, Any], list[NewDocument]]:
    """(the submission's JSON, uploaded files) from either content type."""
    if request.content_type and request.content_type.startswith("multipart/"):
        files = [NewDocument(file.name, file.read()) for file in request.FILES.getlist("documents")]
        return _mapping(_parsed(_mapping(request.data).get("submission", ""))), files
    return _mapping(request.data), []


def _parsed(text: Any) -> Any:
    try:
        return json.loads(text if isinstance(text, str) else text.read())
    except (ValueError, AttributeError) as error:
        raise InvalidInput(
            "The part `submission` is not JSON.", [Fault("/submission", "is missing or not JSON")]
        ) from error


def _mapping(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise InvalidInput("The submission is not an object.", [Fault("/", "must be a JSON object with `customer`")])
    return data


def _parts(file: NewDocument) -> tuple[bytes, bytes]:
    return file.filename.encode(), file.content


def _accepted(submission: Submission) -> Response:
    status_url = reverse("api-submission", args=[submission.pk])
    body = {
        "id": submission.pk, "case_number": submission.case.number, "customer_id": submission.case.customer_id,
        "status_url": status_url,
    }  # fmt: skip
    return Response(SubmissionAccepted(body).data, status=202, headers={"Location": status_url})


class SubmissionView(APIView):
    required_permissions = {"GET": Permission.SUBMISSION_VIEW}

    @extend_schema(tags=["submissions"], summary="What became of a submission", responses=SubmissionStatus)
    def get(self, request: Request, pk: UUID) -> Response:
        submission = submission_for(request.user, pk)
        state, decision = submission_state(submission)
        told = None
        if decision is not None:
            told = {
                "kind": decision.kind,
                "decided_at": decision.settled_at,
                "automatic": decision.proposed_by_id is None,
                "receipt": receipt_for("decision", decision.pk),
            }
        documents = [
            {
                "id": document.pk, "filename": document.filename, "document_type": document.document_type,
                "state": document.state, "refusal": document.refusal, "message": REFUSALS.get(document.refusal, ""),
            }
            for document in documents_for_customer(submission.case.customer)
        ]  # fmt: skip
        body = {
            "id": submission.pk, "case_number": submission.case.number, "customer_id": submission.case.customer_id,
            "state": state, "submitted_at": submission.created_at, "documents": documents, "decision": told,
        }  # fmt: skip
        return Response(SubmissionStatus(body).data)
