"""Pages of filings; those of one case are within the cases app's."""

from django.urls import URLPattern, path

from cases.filings.views import editing, pages, profiles, settling

app_name = "filings"

urlpatterns: list[URLPattern] = [
    path("", pages.filing_list, name="filing_list"),
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
    path("<uuid:pk>/narrative/draft/", editing.narrative_draft, name="narrative_draft"),
    path("<uuid:pk>/<slug:section>/", editing.section_edit, name="section_edit"),
]
case_urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/filings/", pages.filing_panel, name="filing_panel"),
    path("<uuid:pk>/filings/open/", pages.filing_open, name="filing_open"),
]
