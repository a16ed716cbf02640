"""Pages of the record."""

from django.urls import URLPattern, path

from audit import api, views

app_name = "audit"

urlpatterns: list[URLPattern] = [
    path("", views.entry_list, name="entry_list"),
    path("objects/<str:object_type>/<str:object_id>/", views.object_panel, name="object_panel"),
    path("integrity/", views.integrity, name="integrity"),
    path("alarms/<int:pk>/clear/", views.alarm_clear, name="alarm_clear"),
    path("streams/<str:stream>/", views.stream_panel, name="stream_panel"),
]
api_urlpatterns: list[URLPattern] = [
    path("audit/checkpoint", api.CheckpointView.as_view(), name="api-audit-checkpoint"),
    path("audit/entries/<str:leaf>/proof", api.ProofView.as_view(), name="api-audit-proof"),
]
