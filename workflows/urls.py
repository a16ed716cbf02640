"""Pages and REST endpoints of the workflows app."""

from django.urls import URLPattern

app_name = "workflows"

urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
