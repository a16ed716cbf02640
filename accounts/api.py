"""REST: who the caller is."""

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import ApiClient
from core.http import actor_of
from core.permissions import Permission

_ME = inline_serializer(
    "Me",
    {
        "kind": serializers.ChoiceField(choices=["person", "service_account"]),
        "id": serializers.UUIDField(),
        "name": serializers.CharField(),
        "permissions": serializers.ListField(child=serializers.CharField()),
    },
)


class MeView(APIView):
    """The caller as the product sees it: a check that a key or a session works, and what it may do."""

    required_permissions = {"GET": Permission.SIGNED_IN}

    @extend_schema(responses=_ME, summary="Who am I", tags=["accounts"])
    def get(self, request: Request) -> Response:
        user = request.user
        granted = user.scopes if isinstance(user, ApiClient) else getattr(user, "permissions", ())
        actor = actor_of(request)
        return Response({"kind": actor.kind, "id": actor.id, "name": actor.name, "permissions": sorted(granted)})
