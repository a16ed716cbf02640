"""Pages and REST endpoints of the screening app."""

from django.urls import URLPattern

app_name = "screening"

urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
