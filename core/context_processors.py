"""What every template may use."""

from django.http import HttpRequest

from core.permissions import Permission


def site(request: HttpRequest) -> dict[str, object]:
    """`Permission` for checks in templates and `is_fragment` for answers to HTMX.

    The members, not the class: a template calls what can be called, and calling an enumeration class fails silently.
    """
    return {"Permission": dict(Permission.__members__), "is_fragment": bool(getattr(request, "htmx", False))}
