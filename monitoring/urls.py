"""Pages and REST endpoints of the monitoring app."""

from django.urls import URLPattern

app_name = "monitoring"

urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
