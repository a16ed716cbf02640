"""REST: names screened at once, without storing anything: one, or up to a hundred."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.permissions import Permission
from screening import services
from screening.matching.evidence import PartyFacts, iso_date
from screening.matching.matcher import Query
from screening.serializers import ScreenAnswer, ScreenMatch, ScreenRequest
from screening.services import EntryMatch

_ANSWER = PolymorphicProxySerializer(  # of one name its matches, of `queries` an object
    "ScreenOneOrMany", [ScreenMatch(many=True), ScreenAnswer], resource_type_field_name=None, many=False
)


class ScreenView(APIView):
    """One name gives its matches; `queries` gives `results` in the same order, each with its own id."""

    required_permissions = {"POST": Permission.PARTY_SCREEN}

    @extend_schema(
        tags=["screening"], summary="Screen names without storing anything", request=ScreenRequest, responses=_ANSWER
    )
    def post(self, request: Request) -> Response:
        serializer = ScreenRequest(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data.get("queries") or [serializer.validated_data]
        found = services.match_names([_query(item) for item in asked])
        if "queries" not in serializer.validated_data:
            return Response(ScreenMatch([_told(match) for match in found[0]], many=True).data)
        results = [
            {"query_id": item["query_id"] or str(number), "hits": [_told(match) for match in matches]}
            for number, (item, matches) in enumerate(zip(asked, found, strict=True), start=1)
        ]
        return Response(ScreenAnswer({"results": results}).data)


def _query(item: dict[str, Any]) -> Query:
    countries, numbers = tuple(item["countries"]), tuple(item["id_numbers"])
    return Query((item["name"],), PartyFacts(item["schema"], iso_date(item["birth_date"]), countries, numbers))


def _told(found: EntryMatch) -> dict[str, Any]:
    match = found.match
    return {
        "watchlist": found.version.watchlist.name, "list_version": found.version.number, "outcome": match.outcome,
        "similarity": match.similarity, "evidence": match.evidence, "listed_name": match.listed_name,
        "alignment": match.alignment, "entry": found.entry,
    }  # fmt: skip
