"""Pages and REST endpoints of the workflows app."""

from django.urls import URLPattern, path

from workflows import api
from workflows.views import calendar, definitions, editing, listing, operate, runs, trying, work

app_name = "workflows"

urlpatterns: list[URLPattern] = [
    path("", definitions.workflow_list, name="workflow_list"),
    path("<uuid:pk>/", definitions.workflow_detail, name="workflow_detail"),
    path("<uuid:pk>/edit/", editing.workflow_edit, name="workflow_edit"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("new/", definitions.workflow_new, name="workflow_new"),
    path("<uuid:pk>/edit/check/", editing.workflow_check, name="workflow_check"),
    path("<uuid:pk>/start/", definitions.workflow_start, name="workflow_start"),
    path("<uuid:pk>/versions/<int:number>/", definitions.version_detail, name="version_detail"),
    path("<uuid:pk>/versions/<int:number>/propose/", definitions.version_propose, name="version_propose"),
    path("<uuid:pk>/versions/<int:number>/approve/", definitions.version_approve, name="version_approve"),
    path("<uuid:pk>/versions/<int:number>/return/", definitions.version_return, name="version_return"),
    path("<uuid:pk>/versions/<int:number>/discard/", definitions.version_discard, name="version_discard"),
    path("<uuid:pk>/versions/<int:number>/back/", definitions.version_roll_back, name="version_roll_back"),
    path("<uuid:pk>/versions/<int:number>/trial/", trying.trial_start, name="trial_start"),
    path("trials/<uuid:pk>/", trying.trial_detail, name="trial_detail"),
    path("runs/", listing.run_list, name="run_list"),
    path("runs/again/", listing.bulk_retry, name="bulk_retry"),
    path("runs/again/<uuid:pk>/", listing.bulk_result, name="bulk_result"),
    path("<uuid:pk>/timings/", listing.workflow_timings, name="workflow_timings"),
    path("runs/<uuid:pk>/", runs.run_detail, name="run_detail"),
    path("runs/for/<str:subject_type>/<uuid:subject_id>/", runs.run_panel, name="run_panel"),
    path("runs/<uuid:pk>/steps/<int:position>/", runs.run_step, name="run_step"),
    path("runs/<uuid:pk>/steps/<int:position>/open/", runs.run_step_open, name="run_step_open"),
    path("runs/<uuid:pk>/cancel/", operate.run_cancel, name="run_cancel"),
    path("runs/<uuid:pk>/replay/", operate.run_replay, name="run_replay"),
    path("work/", work.work_list, name="work_list"),
    path("work/<uuid:pk>/", work.work_detail, name="work_detail"),
    path("work/<uuid:pk>/cancel/", work.work_cancel, name="work_cancel"),
    path("steps/<uuid:pk>/retry/", operate.step_retry, name="step_retry"),
    path("steps/<uuid:pk>/skip/", operate.step_skip, name="step_skip"),
]
api_urlpatterns: list[URLPattern] = [
    path("runs/<uuid:pk>", api.RunView.as_view(), name="api-run"),
    path("workflows/callbacks/<str:token>", api.CallbackView.as_view(), name="api-callback"),
    path("workflows/hooks/<uuid:pk>", api.HookView.as_view(), name="api-hook"),
    path("workflows/<uuid:pk>/runs", api.WorkflowRunsView.as_view(), name="api-workflow-runs"),
    path("workflows/<uuid:pk>/hook-secret", api.HookSecretView.as_view(), name="api-hook-secret"),
    path("workflows/schema", api.DefinitionSchemaView.as_view(), name="api-workflow-schema"),
    path("workflows", api.WorkflowsView.as_view(), name="api-workflow-list"),
]
