"""OpenAPI description of shapes that refuse keys they do not know."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_doc

from customers.serializers import StrictSerializer


class StrictShape(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Says in the document that there are no further keys; what the base class says of itself is not said of each shape."""

    target_class = StrictSerializer
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        shape: dict[str, Any] = auto_schema._map_serializer(  # type: ignore[no-untyped-call]
            self.target, direction, bypass_extensions=True
        )
        if shape.get("description") == get_doc(StrictSerializer):
            del shape["description"]
        return shape | {"additionalProperties": False}
