"""REST: lists and hits."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.queries import OfCustomer, asked
from core.http import actor_of
from core.permissions import Permission
from screening import selectors, services
from screening.models import Hit, Watchlist
from screening.serializers import DispositionInput, HitSerializer, WatchlistSerializer


@extend_schema(tags=["screening"], summary="Lists and their active versions")
class WatchlistListView(ListAPIView[Watchlist]):
    required_permissions = {"GET": Permission.LIST_VIEW}
    serializer_class = WatchlistSerializer
    queryset = Watchlist.objects.none()

    def get_queryset(self) -> QuerySet[Watchlist]:
        return selectors.watchlists()


@extend_schema(tags=["screening"], summary="Hits", parameters=[OfCustomer])
class HitListView(ListAPIView[Hit]):
    required_permissions = {"GET": Permission.HIT_VIEW}
    serializer_class = HitSerializer
    queryset = Hit.objects.none()

    def get_queryset(self) -> QuerySet[Hit]:
        rows = selectors.hits_visible_to(self.request.user)
        return rows.filter(**asked(self.request, OfCustomer))


class HitView(APIView):
    required_permissions = {"GET": Permission.HIT_VIEW}

    @extend_schema(tags=["screening"], summary="One hit with its reasons", responses=HitSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        hit = selectors.hit_for(request.user, pk)
        services.record_hit_view(hit=hit, by=actor_of(request))
        return Response(HitSerializer(hit).data)


class HitDispositionView(APIView):
    required_permissions = {"POST": Permission.HIT_DISPOSE}

    @extend_schema(tags=["screening"], summary="Decide a hit", request=DispositionInput, responses=HitSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        hit = selectors.hit_for(request.user, pk)
        serializer = DispositionInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.dispose_hit(hit_id=hit.pk, **serializer.validated_data, by=actor_of(request))
        return Response(HitSerializer(selectors.hit_for(request.user, pk)).data)
