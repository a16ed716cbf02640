"""The two calls of OpenSanctions' yente that its clients use, in its shapes: `POST /match/{dataset}`, `GET /search/{dataset}`.

A dataset is `default` (every list), a kind (`sanctions`, `peps`), or a list's name in lower case with `_` for blanks.
"""

from typing import Any

from django.utils.text import slugify
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.queries import QuerySerializer, asked
from core.exceptions import Fault, InvalidInput, NotFound
from core.permissions import Permission
from core.words import said
from screening import selectors, services
from screening.enums import ListKind
from screening.lists.countries import country_code
from screening.lists.draft import iso_date_of
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import RAISED, Query
from screening.models import ListEntry, ListVersion
from screening.serializers import YenteMatchAnswer, YenteMatchInput, YenteSearchAnswer
from screening.services import EntryMatch

Told = dict[str, Any]
_ALL = {"default", "all"}
_KINDS = {"sanctions": ListKind.SANCTION, "peps": ListKind.PEP}
_NUMBERS = ("idNumber", "passportNumber", "registrationNumber", "taxNumber", "innCode", "ogrnCode", "leiCode", "imoNumber",
            "mmsi", "swiftBic", "publicKey")  # fmt: skip
_MOST, _USUAL_MATCHES, _USUAL_RESULTS, _MOST_SHOWN, _FAR = 100, 5, 10, 500, 1_000_000
_PROPERTIES = {
    "alias": "aliases", "weakAlias": "weak_aliases", "birthDate": "birth_dates", "country": "countries",
    "idNumber": "id_numbers", "address": "addresses", "position": "positions", "topics": "topics", "program": "programs",
}  # fmt: skip
_FEATURES = {
    "name": "How alike the names are, 0 to 1.", "birth date": "Dates of birth: 1 agree, negative conflict.",
    "country": "Countries and nationalities.", "id number": "The same identity or registration number.",
    "gender": "Gender.", "address": "Addresses.", "rarity": "How rare the name is on the lists.",
}  # fmt: skip


class _Limited(QuerySerializer):
    """As yente clips them: beyond what is given at most, that much is given."""

    limit = serializers.IntegerField(required=False, min_value=0, max_value=_FAR)


class MatchQuery(_Limited):
    threshold = serializers.FloatField(required=False, min_value=0, max_value=1, help_text="from here `match` is true")
    cutoff = serializers.FloatField(
        required=False, min_value=0, max_value=1, default=0.0, help_text="below it nothing is shown"
    )
    exclude_entity_ids = serializers.ListField(child=serializers.CharField(), required=False, default=list)


class SearchQuery(_Limited):
    q = serializers.CharField(required=False, default="", help_text="a name")
    offset = serializers.IntegerField(required=False, default=0, min_value=0, max_value=_FAR)
    schema = serializers.CharField(required=False, default="Thing", help_text="of FollowTheMoney, such as `Person`")


class YenteMatchView(APIView):
    required_permissions = {"POST": Permission.PARTY_SCREEN}

    @extend_schema(
        tags=["yente"], summary="Match entities against a dataset (compatible with yente)", request=YenteMatchInput,
        responses=YenteMatchAnswer, operation_id="yente_match",
        parameters=[MatchQuery],
    )  # fmt: skip
    def post(self, request: Request, dataset: str) -> Response:
        versions, told = _versions(dataset), asked(request, MatchQuery)
        serializer = YenteMatchInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        queries: dict[str, dict[str, Any]] = serializer.validated_data["queries"]
        if not 1 <= len(queries) <= _MOST:
            raise InvalidInput(
                "Send 1 to 100 queries.", [Fault("/queries", said("holds {queries} queries", queries=len(queries)))]
            )
        found = services.match_names([_query(item) for item in queries.values()], versions)
        limit, excluded = _limit(told, _USUAL_MATCHES), set(told["exclude_entity_ids"])
        responses = {
            key: _response(told, item, [match for match in matches if match.entry.source_id not in excluded], limit)
            for (key, item), matches in zip(queries.items(), found, strict=True)
        }
        matcher = {name: {"description": told, "url": "", "example": None} for name, told in _FEATURES.items()}
        return Response({"responses": responses, "matcher": matcher, "limit": limit})


class YenteSearchView(APIView):
    required_permissions = {"GET": Permission.PARTY_SCREEN}

    @extend_schema(
        tags=["yente"], summary="Search a dataset by name (compatible with yente)", responses=YenteSearchAnswer,
        operation_id="yente_search",
        parameters=[SearchQuery],
    )  # fmt: skip
    def get(self, request: Request, dataset: str) -> Response:
        versions, told = _versions(dataset), asked(request, SearchQuery)
        limit, offset, name = _limit(told, _USUAL_RESULTS), told["offset"], told["q"]
        found = services.match_names([Query((name,), PartyFacts(told["schema"]))], versions)[0] if name else []
        results = [_entity(match.entry, match.version) for match in found[offset : offset + limit]]
        total = {"value": len(found), "relation": "eq"}
        return Response({"limit": limit, "offset": offset, "total": total, "results": results, "facets": {}})


def _versions(dataset: str) -> list[ListVersion]:
    versions = selectors.active_versions()
    if dataset in _ALL:
        return versions
    fitting = [version for version in versions
               if _slug(version) == dataset or version.watchlist.kind == _KINDS.get(dataset)]  # fmt: skip
    if not fitting:
        raise NotFound("There is no such dataset; `default` holds every list.")
    return fitting


def _slug(version: ListVersion) -> str:
    return slugify(version.watchlist.name).replace("-", "_")


def _query(item: dict[str, Any]) -> Query:
    told = item["properties"]

    def values(*names: str) -> tuple[str, ...]:
        found = (told.get(name, []) for name in names)
        return tuple(str(text) for part in found for text in (part if isinstance(part, list) else [part]) if text)

    names = values("name", "alias", "previousName") or (" ".join(values("firstName", "middleName", "lastName")),)
    countries = (country_code(text) for text in values("nationality", "country", "citizenship", "jurisdiction"))
    facts = PartyFacts(
        schema=str(item["schema"]), birth_dates=tuple(filter(None, map(iso_date_of, values("birthDate")))),
        countries=tuple(dict.fromkeys(code for code in countries if code)), id_numbers=values(*_NUMBERS),
        gender=" ".join(values("gender")[:1]).lower(), addresses=values("address"),
    )  # fmt: skip
    return Query(names, facts)


def _response(told: Told, item: dict[str, Any], found: list[EntryMatch], limit: int) -> dict[str, Any]:
    kept = [match for match in found if match.score >= told["cutoff"]]
    results = [_scored(told, match) for match in sorted(kept, key=lambda match: -match.score)[:limit]]
    return {"status": 200, "results": results, "total": {"value": len(kept), "relation": "eq"}, "query": item}


def _scored(told: Told, found: EntryMatch) -> dict[str, Any]:
    match, threshold = found.match, told.get("threshold")
    features = {"name": match.similarity} | {item.feature: item.weight for item in match.features if item.weight}
    reasons = {item.feature: {"detail": item.reason, "score": item.weight} for item in match.features if item.weight}
    reasons["name"] = {"detail": "; ".join(match.alignment), "score": match.similarity}
    is_match = match.outcome == RAISED if threshold is None else found.score >= threshold
    return _entity(found.entry, found.version) | {
        "score": found.score, "features": features, "explanations": reasons, "match": is_match,
    }  # fmt: skip


def _entity(entry: ListEntry, version: ListVersion) -> dict[str, Any]:
    properties = {"name": [entry.name]} | {name: getattr(entry, told) for name, told in _PROPERTIES.items()}
    properties |= {"gender": [entry.gender] if entry.gender else [], "notes": [entry.remarks] if entry.remarks else []}
    properties["country"] = [code.lower() for code in entry.countries]
    since = version.activated_at.isoformat(timespec="seconds") if version.activated_at else None
    return {
        "id": entry.source_id, "caption": entry.name, "schema": entry.schema,
        "properties": {name: told for name, told in properties.items() if told}, "datasets": [_slug(version)],
        "referents": entry.referents, "target": True, "first_seen": None, "last_seen": since, "last_change": since,
    }  # fmt: skip


def _limit(told: Told, usual: int) -> int:
    limit: int = told.get("limit", usual)
    return max(1, min(_MOST_SHOWN, limit))
