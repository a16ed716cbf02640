"""Pages of the ai app."""

from django.urls import URLPattern, path

from ai import views

app_name = "ai"

urlpatterns: list[URLPattern] = [path("cost/run/<uuid:pk>/", views.run_cost, name="run_cost")]
