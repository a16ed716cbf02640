"""The REST map: every app's `api_urlpatterns`, the OpenAPI document and its pages."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.urls import api_urlpatterns as accounts_urls
from audit.urls import api_urlpatterns as audit_urls
from cases.urls import api_urlpatterns as cases_urls
from core.permissions import Permission
from customers.urls import api_urlpatterns as customers_urls
from documents.urls import api_urlpatterns as documents_urls
from monitoring.urls import api_urlpatterns as monitoring_urls
from notifications.urls import api_urlpatterns as notifications_urls
from screening.urls import api_urlpatterns as screening_urls
from workflows.urls import api_urlpatterns as workflows_urls


class SchemaView(SpectacularAPIView):
    """The OpenAPI document of this map."""

    required_permissions = {"GET": Permission.PUBLIC}


class SwaggerView(SpectacularSwaggerSplitView):
    """The OpenAPI document as a page to read and try; split, so that no inline script is needed under the CSP."""

    required_permissions = {"GET": Permission.PUBLIC}


urlpatterns = [
    *cases_urls,
    *customers_urls,
    *documents_urls,
    *screening_urls,
    *monitoring_urls,
    *workflows_urls,
    *accounts_urls,
    *audit_urls,
    *notifications_urls,
    path("openapi.yaml", SchemaView.as_view(), name="openapi"),
    path("docs", SwaggerView.as_view(url_name="openapi"), name="openapi-docs"),
]
