"""Pages of the reporting app."""

from django.urls import URLPattern, path

from reporting.views import evidence, figures

app_name = "reporting"

urlpatterns: list[URLPattern] = [
    path("", figures.dashboard, name="dashboard"),
    path("exports/", figures.export_list, name="export_list"),
    path("exports/<slug:code>/start/", figures.export_start, name="export_start"),
    path("exports/file/<str:token>/", figures.export_download, name="export_download"),
    path("replays/<slug:kind>/<uuid:pk>/", figures.replay_start, name="replay_start"),
    path("evidence/period/", evidence.evidence_period, name="evidence_period"),
    path("evidence/<uuid:pk>/", evidence.evidence_case, name="evidence_case"),
    path("evidence/customer/<uuid:pk>/", evidence.evidence_customer, name="evidence_customer"),
    path("<slug:code>/", figures.metric_detail, name="metric_detail"),
    path("<slug:code>.csv", figures.metric_csv, name="metric_csv"),
]
