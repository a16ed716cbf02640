"""Pages and REST endpoints of the cases app."""

from django.urls import URLPattern

app_name = "cases"

urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
