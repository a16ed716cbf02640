"""Every view and endpoint declares who may call it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core.permissions import Permission


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for item in resolver.url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            # The Django admin has its own login and shows models read-only (core.admin_base).
            if item.app_name != "admin":
                yield from _patterns(item, path)
        else:
            yield path, item


OWN_KEY = {"metrics"}  # asks for a token of its own, not for a login
VIEWS = dict(_patterns(get_resolver()))


@pytest.mark.parametrize("path", sorted(VIEWS))
def test_view_declares_its_permission(path: str) -> None:
    view = VIEWS[path].callback
    if hasattr(view, "cls"):
        methods = {method.upper() for method in view.cls.http_method_names if hasattr(view.cls, method)} - {
            "OPTIONS",
            "HEAD",
        }
        assert methods <= set(view.cls.required_permissions), f"{path} leaves methods undeclared"
    else:
        assert isinstance(view.required_permission, Permission)


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(path for path in VIEWS if "<" not in path))
def test_view_without_a_login_gives_nothing_away(path: str, client: Client) -> None:
    view = VIEWS[path].callback
    declared = set(view.cls.required_permissions.values()) if hasattr(view, "cls") else {view.required_permission}
    answer = client.get(f"/{path}")
    if path in OWN_KEY:
        assert answer.status_code == 404
    elif Permission.PUBLIC in declared:
        # A step within signing in leads back to its beginning; the page of a sign-in that failed says so by its status.
        assert answer.status_code in {200, 401, 405} or answer["Location"].startswith("/accounts/login/")
    else:
        assert answer.status_code in {302, 401, 405}
        assert answer.status_code != 302 or answer["Location"].startswith("/accounts/login/")
