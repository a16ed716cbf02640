"""Pages of the reporting app."""

from django.urls import URLPattern, path

from reporting import views

app_name = "reporting"

urlpatterns: list[URLPattern] = [
    path("", views.dashboard, name="dashboard"),
    path("exports/", views.export_list, name="export_list"),
    path("exports/<slug:code>/start/", views.export_start, name="export_start"),
    path("exports/file/<str:token>/", views.export_download, name="export_download"),
    path("replays/<slug:kind>/<uuid:pk>/", views.replay_start, name="replay_start"),
    path("evidence/<uuid:pk>/", views.evidence_case, name="evidence_case"),
    path("<slug:code>/", views.metric_detail, name="metric_detail"),
    path("<slug:code>.csv", views.metric_csv, name="metric_csv"),
]
