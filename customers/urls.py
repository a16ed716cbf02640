"""Pages and REST endpoints of the customers app."""

from django.urls import URLPattern

app_name = "customers"

urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
