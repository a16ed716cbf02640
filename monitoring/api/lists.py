"""REST: the lists that rules look into: read, drafted by people and programs, put in force by two people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.queries import QuerySerializer, asked
from core.exceptions import Fault, InvalidInput
from core.http import actor_of
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.enums import ListMove
from monitoring.list_serializers import (
    RuleListAnswerInput,
    RuleListChangeInput,
    RuleListDetailSerializer,
    RuleListEntrySerializer,
    RuleListInput,
    RuleListMoveInput,
    RuleListSerializer,
    RuleListVersionInput,
    RuleListVersionSerializer,
)
from monitoring.list_values import ReadValues, read_entries
from monitoring.models import RuleList, RuleListEntry

_TAGS = ["monitoring"]


class VersionQuery(QuerySerializer):
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=9_999_999, help_text="The version in force without it"
    )


class RuleListsView(ListAPIView[RuleList]):
    required_permissions = {"GET": Permission.SCENARIO_VIEW, "POST": Permission.RULE_LIST_EDIT}
    serializer_class = RuleListSerializer
    queryset = RuleList.objects.none()

    def get_queryset(self) -> QuerySet[RuleList]:
        return selectors.rule_lists()

    @extend_schema(tags=_TAGS, summary="Lists that rules look into")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=_TAGS, summary="A new list, as a draft", request=RuleListInput, responses={201: RuleListDetailSerializer}
    )
    def post(self, request: Request) -> Response:
        """It is in force once a person has proposed it and another one approved it."""
        given = _valid(RuleListInput(data=request.data))
        values = _values(given.pop("entries"), given["holds"])
        version = services.create_list(**given, values=values, by=actor_of(request))
        told = RuleListDetailSerializer(selectors.rule_list_named(version.rule_list.name))
        return Response(told.data, status=201)


class RuleListView(APIView):
    required_permissions = {"GET": Permission.SCENARIO_VIEW}

    @extend_schema(tags=_TAGS, summary="One list and its versions", responses=RuleListDetailSerializer)
    def get(self, request: Request, name: str) -> Response:
        return Response(RuleListDetailSerializer(selectors.rule_list_named(name)).data)


@extend_schema(tags=_TAGS, summary="What is on a version of a list", parameters=[VersionQuery])
class RuleListEntriesView(ListAPIView[RuleListEntry]):
    required_permissions = {"GET": Permission.SCENARIO_VIEW}
    serializer_class = RuleListEntrySerializer
    queryset = RuleListEntry.objects.none()

    def get_queryset(self) -> QuerySet[RuleListEntry]:
        if "name" not in self.kwargs:
            return self.queryset
        found = selectors.rule_list_named(self.kwargs["name"])
        return selectors.entries_of(selectors.list_version(found, asked(self.request, VersionQuery).get("version", "")))


class RuleListVersionsView(APIView):
    required_permissions = {"POST": Permission.RULE_LIST_EDIT}

    @extend_schema(
        tags=_TAGS, summary="Draft a version of a list", request=RuleListVersionInput,
        responses={201: RuleListVersionSerializer},
    )  # fmt: skip
    def post(self, request: Request, name: str) -> Response:
        """With all that shall be on the list, or with what was approved last."""
        found = selectors.rule_list_named(name)
        given = _valid(RuleListVersionInput(data=request.data))
        entries = given.pop("entries")
        values = None if entries is None else _values(entries, found.holds)
        version = services.draft_list(list_id=found.pk, values=values, **given, by=actor_of(request))
        return Response(RuleListVersionSerializer(version).data, status=201)


class RuleListVersionView(APIView):
    required_permissions = {"PATCH": Permission.RULE_LIST_EDIT}

    @extend_schema(
        tags=_TAGS, summary="Change a draft of a list", request=RuleListChangeInput, responses=RuleListVersionSerializer
    )
    def patch(self, request: Request, name: str, number: int) -> Response:
        """Puts entries on it, takes others off, sets the day it is in force from."""
        found = selectors.rule_list_named(name)
        version = selectors.list_version(found, number)
        given = _valid(RuleListChangeInput(data=request.data))
        added = _values(given["add"], found.holds, "add")
        day = given.get("in_force_from", version.in_force_from)
        changed = services.change_list_draft(
            version_id=version.pk, added=added, removed=given["remove"], in_force_from=day, by=actor_of(request)
        )
        return Response(RuleListVersionSerializer(changed).data)


class RuleListMoveView(APIView):
    required_permissions = {"POST": Permission.RULE_LIST_EDIT}
    shape: type[RuleListMoveInput | RuleListAnswerInput] = RuleListMoveInput

    @extend_schema(
        tags=_TAGS, summary="Propose or discard a draft of a list", request=RuleListMoveInput,
        responses=RuleListVersionSerializer,
    )  # fmt: skip
    def post(self, request: Request, name: str, number: int) -> Response:
        """Only a person does."""
        version = selectors.list_version(selectors.rule_list_named(name), number)
        move = ListMove(_valid(self.shape(data=request.data))["move"])
        moved = services.move_list_version(version_id=version.pk, move=move, by=actor_of(request))
        return Response(RuleListVersionSerializer(moved).data)


class RuleListAnswerView(RuleListMoveView):
    required_permissions = {"POST": Permission.RULE_LIST_APPROVE}
    shape = RuleListAnswerInput

    @extend_schema(
        tags=_TAGS, summary="Approve, send back or take back a version of a list", request=RuleListAnswerInput,
        responses=RuleListVersionSerializer,
    )  # fmt: skip
    def post(self, request: Request, name: str, number: int) -> Response:
        """Only a person does, and another one than who proposed it. What is not in force yet can be taken back."""
        return super().post(request, name, number)


def _valid(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    found: dict[str, Any] = serializer.validated_data
    return found


def _values(entries: Iterable[Mapping[str, str]], holds: str, key: str = "entries") -> ReadValues:
    read = read_entries(((item["value"], item["note"]) for item in entries), holds)
    if read.refused:
        faults = [Fault(f"/{key}/{line - 1}/value", reason) for line, reason in read.refused]
        raise InvalidInput("Some entries are not valid.", faults)
    return read
