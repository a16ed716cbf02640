"""Input and output shapes of screening in REST."""

from typing import Any

from rest_framework import serializers

from customers.serializers import CountryField, PastDateField, StrictSerializer
from screening.enums import HitDisposition, HitReason
from screening.lists.base import ORGANISATION, PERSON
from screening.models import Hit, ListEntry, Watchlist

MOST_QUERIES = 100


class EntrySerializer(serializers.ModelSerializer[ListEntry]):
    class Meta:
        model = ListEntry
        fields = [
            "source_id", "schema", "name", "aliases", "weak_aliases", "birth_dates", "countries", "id_numbers",
            "addresses", "gender", "programs",
        ]  # fmt: skip


class HitSerializer(serializers.ModelSerializer[Hit]):
    watchlist = serializers.CharField(source="watchlist.name")
    customer_id = serializers.UUIDField()
    party_id = serializers.UUIDField()
    entry = EntrySerializer()

    class Meta:
        model = Hit
        fields = [
            "id", "customer_id", "party_id", "watchlist", "entry", "query_name", "listed_name", "similarity", "evidence",
            "alignment", "features", "state", "disposition", "created_at", "version",
        ]  # fmt: skip


class DispositionInput(StrictSerializer):
    disposition = serializers.ChoiceField(choices=HitDisposition.choices)
    reason_code = serializers.ChoiceField(choices=HitReason.choices)
    rationale = serializers.CharField()


class ScreenInput(StrictSerializer):
    """Who to look for, without storing anything."""

    name = serializers.CharField(max_length=300)
    schema = serializers.ChoiceField(choices=[PERSON, ORGANISATION], required=False, default=PERSON)
    birth_date = PastDateField(required=False, allow_null=True, default=None)
    countries = serializers.ListField(child=CountryField(), required=False, default=list, max_length=10)
    id_numbers = serializers.ListField(
        child=serializers.CharField(max_length=80), required=False, default=list, max_length=10
    )


class BatchQuery(ScreenInput):
    query_id = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)


class ScreenRequest(ScreenInput):
    """One name, or up to a hundred `queries`."""

    name = serializers.CharField(max_length=300, required=False)
    queries = BatchQuery(many=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("name" in attrs) == ("queries" in attrs):
            raise serializers.ValidationError("Send a name, or queries.")
        if "queries" in attrs and not 1 <= len(attrs["queries"]) <= MOST_QUERIES:
            raise serializers.ValidationError({"queries": [f"Send 1 to {MOST_QUERIES} queries."]})
        return attrs


class ScreenMatch(serializers.Serializer[Any]):
    watchlist = serializers.CharField()
    list_version = serializers.IntegerField()
    outcome = serializers.CharField()
    similarity = serializers.FloatField()
    evidence = serializers.FloatField()
    listed_name = serializers.CharField()
    alignment = serializers.ListField(child=serializers.CharField())
    entry = EntrySerializer()


class ScreenResult(serializers.Serializer[Any]):
    query_id = serializers.CharField()
    hits = ScreenMatch(many=True)


class ScreenAnswer(serializers.Serializer[Any]):
    results = ScreenResult(many=True)


class YenteQuery(serializers.Serializer[Any]):
    """An entity as yente takes it: FollowTheMoney's schema and properties."""

    id = serializers.CharField(required=False)
    schema = serializers.CharField(required=False, default="LegalEntity", max_length=40)
    properties = serializers.DictField()


class YenteMatchInput(serializers.Serializer[Any]):
    queries = serializers.DictField(child=YenteQuery())
    weights = serializers.DictField(required=False)
    config = serializers.DictField(required=False)


class YenteTotal(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    relation = serializers.CharField()


class YenteEntity(serializers.Serializer[Any]):
    id = serializers.CharField()
    caption = serializers.CharField()
    schema = serializers.CharField()
    properties = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    datasets = serializers.ListField(child=serializers.CharField())
    referents = serializers.ListField(child=serializers.CharField())
    target = serializers.BooleanField()
    first_seen = serializers.DateTimeField(allow_null=True)
    last_seen = serializers.DateTimeField(allow_null=True)
    last_change = serializers.DateTimeField(allow_null=True)


class YenteScoredEntity(YenteEntity):
    score = serializers.FloatField()
    features = serializers.DictField(child=serializers.FloatField())
    explanations = serializers.DictField()
    match = serializers.BooleanField()


class YenteMatches(serializers.Serializer[Any]):
    status = serializers.IntegerField()
    results = YenteScoredEntity(many=True)
    total = YenteTotal()
    query = YenteQuery()


class YenteMatchAnswer(serializers.Serializer[Any]):
    responses = serializers.DictField(child=YenteMatches())
    matcher = serializers.DictField()
    limit = serializers.IntegerField()


class YenteSearchAnswer(serializers.Serializer[Any]):
    limit = serializers.IntegerField()
    offset = serializers.IntegerField()
    total = YenteTotal()
    results = YenteEntity(many=True)
    facets = serializers.DictField()


class WatchlistSerializer(serializers.ModelSerializer[Watchlist]):
    active_version = serializers.SerializerMethodField()

    class Meta:
        model = Watchlist
        fields = ["id", "name", "kind", "format", "active_version"]

    def get_active_version(self, watchlist: Watchlist) -> dict[str, int] | None:
        versions = getattr(watchlist, "active_versions", [])
        return {"number": versions[0].number, "entry_count": versions[0].entry_count} if versions else None
