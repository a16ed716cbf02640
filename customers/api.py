"""REST: customers and their rating."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.exceptions import NotFound
from core.http import actor_of
from core.permissions import Permission
from customers import selectors
from customers.models import Customer
from customers.serializers import CustomerSerializer, RatingSerializer
from customers.services import record_customer_view, record_list_view, record_rating_view


@extend_schema(tags=["customers"], summary="Customers you may see, newest first")
class CustomerListView(ListAPIView[Customer]):
    required_permissions = {"GET": Permission.CUSTOMER_VIEW}
    serializer_class = CustomerSerializer
    queryset = Customer.objects.none()

    def get_queryset(self) -> QuerySet[Customer]:
        return selectors.with_facts(selectors.customers_visible_to(self.request.user))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of customers. Recorded."""
        response = super().list(request, *args, **kwargs)
        shown = [UUID(item["id"]) for item in response.data["results"]]
        record_list_view(customer_ids=shown, by=actor_of(request))
        return response


class CustomerView(APIView):
    required_permissions = {"GET": Permission.CUSTOMER_VIEW}

    @extend_schema(tags=["customers"], summary="One customer with its parties and owners", responses=CustomerSerializer)
    def get(self, request: Request, pk: UUID, **kwargs: Any) -> Response:
        customer = selectors.customer_for(request.user, pk)
        record_customer_view(customer_id=customer.pk, by=actor_of(request))
        return Response(CustomerSerializer(customer, context={"request": request}).data)


class RatingView(APIView):
    required_permissions = {"GET": Permission.CUSTOMER_VIEW}

    @extend_schema(
        tags=["customers"], summary="The customer's risk rating with every factor", responses=RatingSerializer
    )
    def get(self, request: Request, pk: UUID, **kwargs: Any) -> Response:
        rating = selectors.current_rating(selectors.customer_for(request.user, pk))
        if rating is None:
            raise NotFound("This customer has not been rated yet.")
        record_rating_view(customer_id=pk, by=actor_of(request))
        return Response(RatingSerializer(rating).data)
