"""Pages and REST endpoints of the cases app."""

from django.urls import URLPattern, path

from cases.api import cases as cases_api
from cases.api import submissions as submissions_api
from cases.assist.urls import urlpatterns as assist_urlpatterns
from cases.filings.urls import api_urlpatterns as filings_api_urlpatterns
from cases.filings.urls import case_urlpatterns
from cases.privacy.urls import urlpatterns as privacy_urlpatterns
from cases.rfi.urls import officer_urlpatterns
from cases.views import blueprints, bulk, case, decision, fragments, network, page, queue

app_name = "cases"

urlpatterns: list[URLPattern] = [
    *officer_urlpatterns,
    *case_urlpatterns,
    *privacy_urlpatterns,
    *assist_urlpatterns,
    path("", queue.case_list, name="case_list"),
    path("next/", queue.case_next, name="case_next"),
    path("blueprints/", blueprints.blueprint_list, name="blueprint_list"),
    path("blueprints/four-eyes/", blueprints.policy_edit, name="policy_edit"),
    path("blueprints/queues/new/", blueprints.queue_edit, name="queue_new"),
    path("blueprints/queues/<uuid:pk>/", blueprints.queue_edit, name="queue_edit"),
    path("blueprints/reasons/new/", blueprints.reason_edit, name="reason_new"),
    path("blueprints/reasons/<uuid:pk>/", blueprints.reason_edit, name="reason_edit"),
    path("blueprints/<slug:kind>/", blueprints.blueprint_edit, name="blueprint_edit"),
    path("bulk/", bulk.case_bulk, name="case_bulk"),
    path("bulk/<uuid:pk>/undo/", bulk.bulk_undo, name="bulk_undo"),
    path("views/", bulk.view_save, name="view_save"),
    path("views/<uuid:pk>/delete/", bulk.view_delete, name="view_delete"),
    path("of/<uuid:pk>/", fragments.customer_cases, name="customer_cases"),
    path("absence/", queue.absence_set, name="absence_set"),
    path("<uuid:pk>/peek/", queue.case_peek, name="case_peek"),
    path("<uuid:pk>/presence/", queue.case_presence, name="case_presence"),
    path("<uuid:pk>/", page.case_detail, name="case_detail"),
    path("<uuid:pk>/header/", fragments.case_header, name="case_header"),
    path("<uuid:pk>/facts/", fragments.case_facts, name="case_facts"),
    path("<uuid:pk>/network/", network.case_network, name="case_network"),
    path("<uuid:pk>/network/data/", network.network_data, name="network_data"),
    path("<uuid:pk>/linked/", fragments.case_linked, name="case_linked"),
    path("<uuid:pk>/checklist/", case.case_tick, name="case_tick"),
    path("<uuid:pk>/tags/", case.case_tag, name="case_tag"),
    path("<uuid:pk>/timeline/", fragments.case_timeline, name="case_timeline"),
    path("<uuid:pk>/comments/list/", fragments.case_comments, name="case_comments"),
    path("<uuid:pk>/claim/", case.case_claim, name="case_claim"),
    path("<uuid:pk>/release/", case.case_release, name="case_release"),
    path("<uuid:pk>/wake/", case.case_wake, name="case_wake"),
    path("<uuid:pk>/snooze/", case.case_snooze, name="case_snooze"),
    path("<uuid:pk>/escalate/", case.case_escalate, name="case_escalate"),
    path("<uuid:pk>/comments/", case.case_comment, name="case_comment"),
    path("<uuid:pk>/decisions/", decision.decision_propose, name="decision_propose"),
    path("decisions/<uuid:pk>/approve/", decision.decision_approve, name="decision_approve"),
    path("decisions/<uuid:pk>/return/", decision.decision_return, name="decision_return"),
    path("<uuid:pk>/reopen/", decision.reopening_propose, name="reopening_propose"),
    path("<uuid:pk>/reopen/settle/", decision.reopening_settle, name="reopening_settle"),
]
api_urlpatterns: list[URLPattern] = [
    *filings_api_urlpatterns,
    path("submissions", submissions_api.SubmissionsView.as_view(), name="api-submission-list"),
    path("submissions/<uuid:pk>", submissions_api.SubmissionView.as_view(), name="api-submission"),
    path("cases", cases_api.CaseListView.as_view(), name="api-case-list"),
    path("cases/next", cases_api.CaseNextView.as_view(), name="api-case-next"),
    path("cases/<uuid:pk>", cases_api.CaseView.as_view(), name="api-case"),
    path("cases/<uuid:pk>/claim", cases_api.CaseClaimView.as_view(), name="api-case-claim"),
    path("cases/<uuid:pk>/comments", cases_api.CaseCommentsView.as_view(), name="api-case-comments"),
    path("cases/<uuid:pk>/decisions", cases_api.CaseDecisionsView.as_view(), name="api-case-decisions"),
    path("decisions/<uuid:pk>/approve", cases_api.DecisionApproveView.as_view(), name="api-decision-approve"),
    path("decisions/<uuid:pk>/withdraw", cases_api.DecisionWithdrawView.as_view(), name="api-decision-withdraw"),
    path("decisions/<uuid:pk>/return", cases_api.DecisionReturnView.as_view(), name="api-decision-return"),
]
