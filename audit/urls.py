"""Pages and REST endpoints of the audit app."""

from django.urls import URLPattern

app_name = "audit"

urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
