"""Pages and REST endpoints of the workflows app."""

from django.urls import URLPattern, path

from workflows import api, views

app_name = "workflows"

urlpatterns: list[URLPattern] = [
    path("", views.workflow_list, name="workflow_list"),
    path("<uuid:pk>/", views.workflow_detail, name="workflow_detail"),
    path("<uuid:pk>/edit/", views.workflow_edit, name="workflow_edit"),
    path("runs/", views.run_list, name="run_list"),
    path("runs/<uuid:pk>/", views.run_detail, name="run_detail"),
    path("runs/for/<str:subject_type>/<uuid:subject_id>/", views.run_panel, name="run_panel"),
    path("steps/<uuid:pk>/retry/", views.step_retry, name="step_retry"),
]
api_urlpatterns: list[URLPattern] = [
    path("runs/<uuid:pk>", api.RunView.as_view(), name="api-run"),
    path("workflows", api.WorkflowsView.as_view(), name="api-workflow-list"),
]
