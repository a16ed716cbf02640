"""Every address of the product, asked by everybody: what its answer tells a browser, by the kind of answer."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from accounts.enums import Role
from core.browser import DATA_POLICY, FILE_POLICY, FORGET, PERMISSIONS, BrowserRulesMiddleware
from tests.factories.accounts import make_person

HOME = Path(__file__).resolve().parent.parent
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
_INLINE = re.compile(rb"<style[\s>]|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|\sstyle=\"")


def _addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every address of the map; where one names a thing, the name of nothing."""
    for item in resolver.url_patterns:
        path = prefix + str(item.pattern).removeprefix("^").removesuffix("\\Z").removesuffix("$")
        if isinstance(item, URLResolver):
            yield from _addresses(item, path)
        elif isinstance(item, URLPattern):
            for name, converter in item.pattern.converters.items():
                value = {UUIDConverter: str(UUID(int=0)), IntConverter: "1"}.get(type(converter), "nothing")
                path = re.sub(rf"<(\w+:)?{name}>", value, path)
            yield "/" + re.sub(r"\(\?P<\w+>[^)]*\)", "nothing", path)


def _faults(path: str, answer: Any) -> list[str]:
    """What the answer of this address lacks; empty where nothing."""
    kind, policy = answer.get("Content-Type", ""), answer.get("Content-Security-Policy", "")
    lacks = [f"{name} is {answer.get(name)}" for name, value in _EVERYWHERE.items() if answer.get(name) != value]
    if "no-store" not in answer.get("Cache-Control", ""):
        lacks.append(f"Cache-Control is {answer.get('Cache-Control')}")
    wanted = ["frame-ancestors 'none'", "base-uri 'none'"]
    if kind.startswith("text/html"):
        wanted += ["script-src 'self'", "style-src 'self'", "object-src 'none'"]
        lacks += [f"inline {found!r}" for found in _INLINE.findall(answer.content)]
    elif policy not in {DATA_POLICY, FILE_POLICY}:
        lacks.append(f"policy of {kind} is {policy}")
    if "unsafe" in policy or not all(part in policy for part in wanted):
        lacks.append(f"policy is {policy}")
    return [f"{path}: {fault}" for fault in lacks + _wrong_error(path, answer.status_code, kind)]


def _wrong_error(path: str, status: int, kind: str) -> list[str]:
    is_problem = kind.startswith("application/problem+json")
    wrong = [f"an error as {kind}"] if path.startswith("/api/") and status >= 400 and not is_problem else []
    return [*wrong, f"answers {status}"] if status >= 500 and path != "/healthz" else wrong


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_address_tells_the_browser_its_rules(signed_in: bool, client: Client) -> None:
    if signed_in:
        client.force_login(make_person(Role.ADMINISTRATOR, is_staff=True, is_superuser=True))
    paths = dict.fromkeys([*_addresses(get_resolver()), "/nowhere", "/api/v1/nowhere", "/admin/nowhere/"])
    paths.pop("/accounts/logout/", None)
    assert len(paths) > 200
    faults = [fault for path in paths for fault in _faults(path, client.get(path))]
    assert not faults, "\n".join(faults)


@pytest.mark.django_db
def test_a_refused_form_tells_the_browser_its_rules() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert _faults("/accounts/login/", answer) == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "DEBUG"])
def test_methods_that_no_view_has_are_refused(method: str, client: Client) -> None:
    for path in ("/accounts/login/", "/api/v1/cases", "/static/nothing"):
        answer = client.generic(method, path, headers={"X-Secret": "seen"})
        assert (answer.status_code, b"seen" in answer.content) == (405, False)
    assert _faults("/accounts/login/", answer) == []


@pytest.mark.django_db
def test_signing_out_empties_what_the_browser_kept(client: Client) -> None:
    client.force_login(make_person())
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == FORGET
    client.force_login(make_person())
    session = client.session
    session["signed_in_at"] = 0
    session.save()
    assert client.get("/cases/")["Clear-Site-Data"] == FORGET


@pytest.mark.django_db
def test_behind_tls_pages_are_led_on_and_the_api_refuses_what_came_without(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/accounts/login/").status_code == 301
    answer = client.get("/api/v1/cases")
    assert (answer.status_code, answer.json()["code"]) == (403, "tls_needed")
    assert client.get("/api/v1/cases", secure=True).status_code == 401


def test_a_file_is_sandboxed_and_a_view_s_own_rules_stay(rf: Any) -> None:
    file = HttpResponse(
        b"a,b", content_type="text/csv", headers={"Content-Disposition": 'attachment; filename="a.csv"'}
    )
    answer = BrowserRulesMiddleware(lambda request: file)(rf.get("/"))
    assert answer["Content-Security-Policy"] == FILE_POLICY
    own = HttpResponse(b"", headers={"Cache-Control": "no-cache", "Content-Security-Policy": "sandbox"})
    answer = BrowserRulesMiddleware(lambda request: own)(rf.get("/"))
    assert (answer["Cache-Control"], answer["Content-Security-Policy"]) == ("no-cache", "sandbox")


_PRODUCTION = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
names = [name for name in dir(settings) if name.startswith(("SESSION_", "CSRF_", "SECURE_"))]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def test_production_passes_django_s_own_checks_and_keeps_its_cookies_to_itself(tmp_path: Path) -> None:
    names = dict.fromkeys(("PROBITY_AUDIT_MAC_KEY", "PROBITY_SUBJECT_KEY_SECRET"), "k" + "0123456789abcdef" * 4)
    environment = os.environ | names | {
        "PROBITY_SECRET_KEY": "Zr8qYw2LkV5nHs9TbXc4DfGj7MpQ3RtUvWxAyBeCiEoKlNmOhS", "PROBITY_BEHIND_TLS": "1",
        "PROBITY_ALLOWED_HOSTS": "probity.example", "PROBITY_PUBLIC_URL": "https://probity.example",
        "PROBITY_DATA_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "compliance_site.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _PRODUCTION], check=False, cwd=HOME, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    known = json.loads(done.stdout.splitlines()[-1])
    for kind in ("SESSION", "CSRF"):
        assert known[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        # What the prefix demands: Secure, the whole site, no domain.
        cookie = (known[f"{kind}_COOKIE_SECURE"], known[f"{kind}_COOKIE_PATH"], known[f"{kind}_COOKIE_DOMAIN"])
        assert cookie == (True, "/", None)
        assert (known[f"{kind}_COOKIE_HTTPONLY"], known[f"{kind}_COOKIE_SAMESITE"]) == (True, "Lax")
    assert known["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert known["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert known["SECURE_SSL_REDIRECT"]
