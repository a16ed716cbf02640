"""REST: documents."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.http import actor_of
from core.permissions import Permission
from customers.selectors import customer_for
from documents import selectors, services
from documents.serializers import DocumentSerializer, ReceiptSerializer, UploadSerializer


class DocumentView(APIView):
    required_permissions = {"GET": Permission.DOCUMENT_VIEW}

    @extend_schema(tags=["documents"], summary="One document with its values and checks", responses=DocumentSerializer)
    def get(self, request: Request, pk: UUID, **kwargs: Any) -> Response:
        document = selectors.document_for(request.user, pk)
        services.record_document_view(document_id=document.pk, customer_id=document.customer_id, by=actor_of(request))
        return Response(DocumentSerializer(document, context={"request": request}).data)


class CustomerDocumentsView(APIView):
    required_permissions = {"GET": Permission.DOCUMENT_VIEW, "POST": Permission.DOCUMENT_UPLOAD}
    parser_classes = [MultiPartParser]

    @extend_schema(tags=["documents"], summary="A customer's documents", responses=DocumentSerializer(many=True))
    def get(self, request: Request, pk: UUID, **kwargs: Any) -> Response:
        customer = customer_for(request.user, pk)
        services.record_documents_view(customer_id=customer.pk, by=actor_of(request))
        documents = selectors.documents_for_customer(customer)
        return Response(DocumentSerializer(documents, many=True, context={"request": request}).data)

    @extend_schema(
        tags=["documents"], summary="One more document; a worker reads it", request=UploadSerializer,
        responses={202: ReceiptSerializer},
    )  # fmt: skip
    def post(self, request: Request, pk: UUID, **kwargs: Any) -> Response:
        customer = customer_for(request.user, pk)
        serializer = UploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        file = serializer.validated_data["file"]
        document = services.add_document(
            customer=customer, content=file.read(), filename=file.name, by=actor_of(request)
        )
        return Response(ReceiptSerializer(document).data, status=202)
