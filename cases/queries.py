"""Which cases a program or a person asks for over REST."""

from rest_framework import serializers

from cases.enums import CaseStatus
from cases.selectors import SORTS
from core.api.queries import QuerySerializer
from customers.enums import RatingLevel

_VIEWS = ("open", "mine", "unassigned", "approval", "today", "breached", "snoozed", "closed")
_ASSIGNEE = r"\A(me|nobody|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\Z"


class CaseQuery(QuerySerializer):
    """The filters of the queue; together they narrow."""

    view = serializers.ChoiceField(
        choices=_VIEWS, required=False, help_text="A view of the queue; `open` where a filter is given without one"
    )
    sort = serializers.ChoiceField(choices=list(SORTS), required=False, help_text="`priority` without it")
    status = serializers.ChoiceField(choices=CaseStatus.choices, required=False)
    queue = serializers.UUIDField(required=False)
    scenario = serializers.UUIDField(required=False, help_text="Cases that a finding of this scenario opened")
    watchlist = serializers.UUIDField(required=False, help_text="Cases that a hit on this list opened")
    rating = serializers.ChoiceField(choices=[*RatingLevel.values, "unrated"], required=False)
    country = serializers.RegexField(r"\A[A-Za-z]{2}\Z", required=False, help_text="ISO 3166-1 alpha-2")
    assignee = serializers.RegexField(_ASSIGNEE, required=False, help_text="`me`, `nobody` or the id of a person")
    tag = serializers.CharField(required=False, max_length=60)
    amount_from = serializers.DecimalField(
        max_digits=18, decimal_places=2, required=False, help_text="of what was flagged, in the base currency"
    )
    amount_to = serializers.DecimalField(max_digits=18, decimal_places=2, required=False)
    older_than = serializers.IntegerField(min_value=0, max_value=9999, required=False, help_text="days")
