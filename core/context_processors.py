"""What every template may use."""

from django.http import HttpRequest

from core.permissions import Permission


def site(request: HttpRequest) -> dict[str, object]:
    """`Permission` for checks in templates and `is_fragment` for answers to HTMX."""
    return {"Permission": Permission, "is_fragment": bool(getattr(request, "htmx", False))}
