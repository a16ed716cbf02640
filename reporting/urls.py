"""Pages of the reporting app."""

from django.urls import URLPattern, path

from reporting import views

app_name = "reporting"

urlpatterns: list[URLPattern] = [
    path("", views.dashboard, name="dashboard"),
    path("evidence/<uuid:pk>/", views.evidence_case, name="evidence_case"),
    path("<slug:code>/", views.metric_detail, name="metric_detail"),
    path("<slug:code>.csv", views.metric_csv, name="metric_csv"),
]
