"""Input and output shapes of screening in REST."""

from typing import Any

from rest_framework import serializers

from customers.serializers import CountryField, PastDateField, StrictSerializer
from screening.enums import HitDisposition, HitReason
from screening.lists.base import ORGANISATION, PERSON
from screening.models import Hit, ListEntry, Watchlist


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


class ScreenMatch(serializers.Serializer[Any]):
    watchlist = serializers.CharField()
    list_version = serializers.IntegerField()
    outcome = serializers.CharField()
    similarity = serializers.FloatField()
    evidence = serializers.FloatField()
    listed_name = serializers.CharField()
    alignment = serializers.ListField(child=serializers.CharField())
    entry = EntrySerializer()


class WatchlistSerializer(serializers.ModelSerializer[Watchlist]):
    active_version = serializers.SerializerMethodField()

    class Meta:
        model = Watchlist
        fields = ["id", "name", "kind", "format", "active_version"]

    def get_active_version(self, watchlist: Watchlist) -> dict[str, int] | None:
        versions = getattr(watchlist, "active_versions", [])
        return {"number": versions[0].number, "entry_count": versions[0].entry_count} if versions else None
