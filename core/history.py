"""Who a history row names: a person. What a program did is on the record, under its own kind of actor."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest


def person_of(instance: Any, request: HttpRequest | None = None, **kwargs: Any) -> Any:
    """The signed-in person of the request, or None for a program or the product itself."""
    user = getattr(request, "user", None)
    return user if isinstance(user, get_user_model()) else None
