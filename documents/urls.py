"""Pages and REST endpoints of the documents app."""

from django.urls import URLPattern, path

from documents import api
from documents.views import documents, review, rules

app_name = "documents"

urlpatterns: list[URLPattern] = [
    path("rules/", rules.rule_edit, name="rule_edit"),
    path("rules/try/", rules.rule_try, name="rule_try"),
    path("of/<uuid:customer_pk>/", documents.document_panel, name="document_panel"),
    path("of/<uuid:customer_pk>/upload/", documents.document_upload, name="document_upload"),
    path("<uuid:pk>/", review.document_detail, name="document_detail"),
    path("<uuid:pk>/card/", documents.document_card, name="document_card"),
    path("<uuid:pk>/pages/<int:page>/", documents.page_image, name="page_image"),
    path("<uuid:pk>/original/", documents.document_download, name="document_download"),
    path("<uuid:pk>/accept/", review.document_accept, name="document_accept"),
    path("<uuid:pk>/refuse/", review.document_refuse, name="document_refuse"),
    path("fields/<uuid:pk>/correct/", review.field_correct, name="field_correct"),
]
api_urlpatterns: list[URLPattern] = [
    path("documents/<uuid:pk>", api.DocumentView.as_view(), name="api-document"),
    path("customers/<uuid:pk>/documents", api.CustomerDocumentsView.as_view(), name="api-customer-documents"),
]
