"""The URL map: one prefix an app; the REST map is in `compliance_site.api`."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from accounts.urls import allauth_urlpatterns
from compliance_site.health import healthz, livez, metrics
from compliance_site.views import administration, home, language_choose, record_verify, status
from screening.urls import yente_urlpatterns

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one door: the second factor is asked there

urlpatterns = [
    path("", home, name="home"),
    path("language/", language_choose, name="language_choose"),
    path("administration/", administration, name="administration"),
    path("administration/status/", status, name="status"),
    path("healthz", healthz, name="healthz"),
    path("livez", livez, name="livez"),
    path("metrics", metrics, name="metrics"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include(allauth_urlpatterns)),
    path("customers/", include("customers.urls")),
    path("documents/", include("documents.urls")),
    path("screening/", include("screening.urls")),
    path("monitoring/", include("monitoring.urls")),
    path("cases/", include("cases.urls")),
    path("", include(yente_urlpatterns)),
    path("filings/", include("cases.filings.urls")),
    path("search/", include("cases.search.urls")),
    path("information/", include("cases.rfi.urls")),
    path("workflows/", include("workflows.urls")),
    path("ai/", include("ai.urls")),
    path("notifications/", include("notifications.urls")),
    path("reporting/", include("reporting.urls")),
    path("audit/verify/", record_verify, name="record_verify"),
    path("audit/", include("audit.urls")),
    path("api/v1/", include("compliance_site.api")),
    path("admin/", admin.site.urls),
]

handler400 = "compliance_site.errors.bad_request"
handler404 = "compliance_site.errors.not_found"
handler500 = "compliance_site.errors.server_error"
