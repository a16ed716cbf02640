"""Input and output shapes of named lists in REST."""

from typing import Any

from rest_framework import serializers

from customers.serializers import StrictSerializer
from monitoring.enums import LIST_ANSWERS, ListHolds, ListMove
from monitoring.list_values import MOST_ENTRIES
from monitoring.models import RuleList, RuleListEntry, RuleListVersion

_DAY = "the first day it is in force, in the installation's time zone; without one it is from its approval"


class RuleListVersionSerializer(serializers.ModelSerializer[RuleListVersion]):
    is_in_force = serializers.BooleanField(help_text="whether transactions of now are judged by it")

    class Meta:
        model = RuleListVersion
        fields = [
            "number", "state", "is_in_force", "in_force_from", "live_from", "live_until", "drafted_by", "created_at",
        ]  # fmt: skip


class RuleListSerializer(serializers.ModelSerializer[RuleList]):
    live_number = serializers.IntegerField(allow_null=True, help_text="the version in force")
    live_since = serializers.DateTimeField(allow_null=True)
    entry_count = serializers.IntegerField()

    class Meta:
        model = RuleList
        fields = ["name", "title", "holds", "purpose", "source", "live_number", "live_since", "entry_count"]


class RuleListDetailSerializer(RuleListSerializer):
    versions = RuleListVersionSerializer(many=True)

    class Meta(RuleListSerializer.Meta):
        fields = [*RuleListSerializer.Meta.fields, "versions"]


class RuleListEntrySerializer(serializers.ModelSerializer[RuleListEntry]):
    class Meta:
        model = RuleListEntry
        fields = ["value", "note"]


class ListEntryInput(StrictSerializer):
    value = serializers.CharField(max_length=200)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


def _entries(**more: Any) -> serializers.ListSerializer[Any]:
    """Not by `many=True`, which passes `allow_null` on: no list is not a list of nothings."""
    return serializers.ListSerializer(child=ListEntryInput(), max_length=MOST_ENTRIES, **more)


class RuleListInput(StrictSerializer):
    """A new list with its first draft."""

    name = serializers.RegexField(r"^[a-z][a-z0-9_]{1,39}$")
    title = serializers.CharField(max_length=120)
    holds = serializers.ChoiceField(choices=ListHolds.choices, default=ListHolds.TEXTS)
    purpose = serializers.CharField(max_length=1000)
    source = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)  # type: ignore[assignment]
    entries = _entries(required=False, default=list)
    in_force_from = serializers.DateField(required=False, allow_null=True, default=None, help_text=_DAY)


class RuleListVersionInput(StrictSerializer):
    """A draft: all that shall be on the list, or without `entries` what was approved last."""

    entries = _entries(required=False, allow_null=True, default=None)
    in_force_from = serializers.DateField(required=False, allow_null=True, default=None, help_text=_DAY)


class RuleListChangeInput(StrictSerializer):
    """What changes on a draft; what is not named stays."""

    add = _entries(required=False, default=list)
    remove = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, default=list, max_length=MOST_ENTRIES
    )
    in_force_from = serializers.DateField(required=False, allow_null=True, help_text=_DAY)


class RuleListMoveInput(StrictSerializer):
    move = serializers.ChoiceField(choices=[move for move in ListMove.choices if move[0] not in LIST_ANSWERS])


class RuleListAnswerInput(StrictSerializer):
    move = serializers.ChoiceField(choices=[move for move in ListMove.choices if move[0] in LIST_ANSWERS])
