"""Pages and REST endpoints of the documents app."""

from django.urls import URLPattern

app_name = "documents"

urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
