"""The two calls of OpenSanctions' yente that its clients use, in its shapes: `POST /match/{dataset}`, `GET /search/{dataset}`.

A dataset is `default` (every list), a kind (`sanctions`, `peps`), or a list's name in lower case with `_` for blanks.
"""

from typing import Any

from django.utils.text import slugify
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.exceptions import Fault, InvalidInput, NotFound
from core.permissions import Permission
from screening import selectors, services
from screening.enums import ListKind
from screening.lists.countries import country_code
from screening.lists.draft import iso_date_of
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import RAISED, Query
from screening.models import ListEntry, ListVersion
from screening.serializers import YenteMatchAnswer, YenteMatchInput, YenteSearchAnswer
from screening.services import EntryMatch

_ALL = {"default", "all"}
_KINDS = {"sanctions": ListKind.SANCTION, "peps": ListKind.PEP}
_NUMBERS = ("idNumber", "passportNumber", "registrationNumber", "taxNumber", "innCode", "ogrnCode", "leiCode", "imoNumber",
            "mmsi", "swiftBic", "publicKey")  # fmt: skip
_MOST, _USUAL_MATCHES, _USUAL_RESULTS = 100, 5, 10
_PROPERTIES = {
    "alias": "aliases", "weakAlias": "weak_aliases", "birthDate": "birth_dates", "country": "countries",
    "idNumber": "id_numbers", "address": "addresses", "position": "positions", "topics": "topics", "program": "programs",
}  # fmt: skip
_FEATURES = {
    "name": "How alike the names are, 0 to 1.", "birth date": "Dates of birth: 1 agree, negative conflict.",
    "country": "Countries and nationalities.", "id number": "The same identity or registration number.",
    "gender": "Gender.", "address": "Addresses.", "rarity": "How rare the name is on the lists.",
}  # fmt: skip
_LIMIT = OpenApiParameter("limit", int)


class YenteMatchView(APIView):
    required_permissions = {"POST": Permission.PARTY_SCREEN}

    @extend_schema(
        tags=["yente"], summary="Match entities against a dataset (compatible with yente)", request=YenteMatchInput,
        responses=YenteMatchAnswer, operation_id="yente_match",
        parameters=[_LIMIT, OpenApiParameter("threshold", float), OpenApiParameter("cutoff", float),
                    OpenApiParameter("exclude_entity_ids", str, many=True)],
    )  # fmt: skip
    def post(self, request: Request, dataset: str) -> Response:
        versions = _versions(dataset)
        serializer = YenteMatchInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked: dict[str, dict[str, Any]] = serializer.validated_data["queries"]
        if not 1 <= len(asked) <= _MOST:
            raise InvalidInput("Send 1 to 100 queries.", [Fault("/queries", f"holds {len(asked)} queries")])
        found = services.match_names([_query(item) for item in asked.values()], versions)
        limit, excluded = _limit(request, _USUAL_MATCHES), set(request.query_params.getlist("exclude_entity_ids"))
        responses = {
            key: _response(request, item, [match for match in matches if match.entry.source_id not in excluded], limit)
            for (key, item), matches in zip(asked.items(), found, strict=True)
        }
        matcher = {name: {"description": told, "url": "", "example": None} for name, told in _FEATURES.items()}
        return Response({"responses": responses, "matcher": matcher, "limit": limit})


class YenteSearchView(APIView):
    required_permissions = {"GET": Permission.PARTY_SCREEN}

    @extend_schema(
        tags=["yente"], summary="Search a dataset by name (compatible with yente)", responses=YenteSearchAnswer,
        operation_id="yente_search",
        parameters=[OpenApiParameter("q", str), _LIMIT, OpenApiParameter("offset", int), OpenApiParameter("schema", str)],
    )  # fmt: skip
    def get(self, request: Request, dataset: str) -> Response:
        versions = _versions(dataset)
        limit, offset = _limit(request, _USUAL_RESULTS), max(0, _number(request, "offset", 0))
        name = request.query_params.get("q", "").strip()
        schema = request.query_params.get("schema", "Thing")
        found = services.match_names([Query((name,), PartyFacts(schema))], versions)[0] if name else []
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


def _response(request: Request, item: dict[str, Any], found: list[EntryMatch], limit: int) -> dict[str, Any]:
    cutoff = _share(request, "cutoff", 0.0)
    kept = [match for match in found if match.score >= cutoff]
    results = [_scored(request, match) for match in sorted(kept, key=lambda match: -match.score)[:limit]]
    return {"status": 200, "results": results, "total": {"value": len(kept), "relation": "eq"}, "query": item}


def _scored(request: Request, found: EntryMatch) -> dict[str, Any]:
    match = found.match
    threshold = _share(request, "threshold", None)
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


def _limit(request: Request, usual: int) -> int:
    return max(1, min(500, _number(request, "limit", usual)))


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isdigit() else usual


def _share(request: Request, name: str, usual: float | None) -> Any:
    try:
        return float(request.query_params[name]) if name in request.query_params else usual
    except ValueError as error:
        raise InvalidInput("That is no number.", [Fault(f"/{name}", "is no number between 0 and 1")]) from error
