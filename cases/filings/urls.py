"""Pages and REST endpoints of filings; those of one case are within the cases app's."""

from django.urls import URLPattern, path

from cases.filings import api
from cases.filings.views import editing, narrative, pages, profiles, settling

app_name = "filings"

urlpatterns: list[URLPattern] = [
    path("", pages.filing_list, name="filing_list"),
    path("badge/", pages.filing_badge, name="filing_badge"),
    path("profiles/", profiles.profile_list, name="profile_list"),
    path("profiles/new/<slug:code>/", profiles.profile_new, name="profile_new"),
    path("profiles/<uuid:pk>/", profiles.profile_edit, name="profile_edit"),
    path("<uuid:pk>/", pages.filing_detail, name="filing_detail"),
    path("<uuid:pk>/review/", settling.filing_review, name="filing_review"),
    path("<uuid:pk>/return/", settling.filing_return, name="filing_return"),
    path("<uuid:pk>/approve/", settling.filing_approve, name="filing_approve"),
    path("<uuid:pk>/withdraw/", settling.filing_withdraw, name="filing_withdraw"),
    path("<uuid:pk>/detected/", settling.filing_detect, name="filing_detect"),
    path("<uuid:pk>/xml/", settling.filing_xml, name="filing_xml"),
    path("<uuid:pk>/filed/", settling.filing_file, name="filing_file"),
    path("<uuid:pk>/answer/", settling.filing_answer, name="filing_answer"),
    path("<uuid:pk>/follow/", settling.filing_follow, name="filing_follow"),
    path("<uuid:pk>/subjects/add/", editing.subject_add, name="subject_add"),
    path("<uuid:pk>/subjects/<int:place>/", editing.subject_edit, name="subject_edit"),
    path("<uuid:pk>/subjects/<int:place>/remove/", editing.subject_remove, name="subject_remove"),
    path("<uuid:pk>/transactions/", editing.transactions_edit, name="transactions_edit"),
    path("<uuid:pk>/narrative/draft/", narrative.narrative_draft, name="narrative_draft"),
    path("<uuid:pk>/narrative/write/", narrative.narrative_write, name="narrative_write"),
    path("<uuid:pk>/narrative/take/", narrative.narrative_take, name="narrative_take"),
    path("<uuid:pk>/<slug:section>/", editing.section_edit, name="section_edit"),
]
case_urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/filings/", pages.filing_panel, name="filing_panel"),
    path("<uuid:pk>/filings/open/", pages.filing_open, name="filing_open"),
]
api_urlpatterns: list[URLPattern] = [
    path("cases/<uuid:pk>/filings", api.CaseFilingsView.as_view(), name="api-case-filings"),
    path("filings", api.FilingListView.as_view(), name="api-filing-list"),
    path("filings/<uuid:pk>", api.FilingView.as_view(), name="api-filing"),
    path("filings/<uuid:pk>/section", api.FilingSectionView.as_view(), name="api-filing-section"),
    path("filings/<uuid:pk>/transactions", api.FilingTransactionsView.as_view(), name="api-filing-transactions"),
    path("filings/<uuid:pk>/review", api.FilingReviewView.as_view(), name="api-filing-review"),
    path("filings/<uuid:pk>/return", api.FilingReturnView.as_view(), name="api-filing-return"),
    path("filings/<uuid:pk>/approve", api.FilingApproveView.as_view(), name="api-filing-approve"),
    path("filings/<uuid:pk>/withdraw", api.FilingWithdrawView.as_view(), name="api-filing-withdraw"),
    path("filings/<uuid:pk>/xml", api.FilingXmlView.as_view(), name="api-filing-xml"),
    path("filings/<uuid:pk>/file", api.FilingFileView.as_view(), name="api-filing-file"),
    path("filings/<uuid:pk>/answer", api.FilingAnswerView.as_view(), name="api-filing-answer"),
    path("filings/<uuid:pk>/follow", api.FilingFollowView.as_view(), name="api-filing-follow"),
]
