"""Query parameters as a shape: told in the OpenAPI document (`parameters=[Shape]`) and checked by the same."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request


class QuerySerializer(serializers.Serializer[Any]):
    """Parameters of an address; what is not among them is ignored."""


class OfCustomer(QuerySerializer):
    customer = serializers.UUIDField(required=False, help_text="Only those of this customer")


def asked(request: Request, shape: type[QuerySerializer]) -> dict[str, Any]:
    """The parameters given, by name and in their types; raises ValidationError with a pointer for each that is not right."""
    sent = request.query_params
    lists = {name for name, field in shape().fields.items() if isinstance(field, serializers.ListField)}
    given = shape(data={name: sent.getlist(name) if name in lists else sent[name] for name in sent})
    given.is_valid(raise_exception=True)
    found: dict[str, Any] = given.validated_data
    return found
