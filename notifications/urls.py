"""Pages and REST endpoints of the notifications app."""

from django.urls import URLPattern

app_name = "notifications"

urlpatterns: list[URLPattern] = []
api_urlpatterns: list[URLPattern] = []
