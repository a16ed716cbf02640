"""Pages and REST endpoints of the documents app."""

from django.urls import URLPattern, path

from documents import api, views

app_name = "documents"

urlpatterns: list[URLPattern] = [
    path("of/<uuid:customer_pk>/", views.document_panel, name="document_panel"),
    path("of/<uuid:customer_pk>/upload/", views.document_upload, name="document_upload"),
    path("<uuid:pk>/", views.document_detail, name="document_detail"),
    path("<uuid:pk>/card/", views.document_card, name="document_card"),
    path("<uuid:pk>/pages/<int:page>/", views.page_image, name="page_image"),
    path("<uuid:pk>/original/", views.document_download, name="document_download"),
    path("<uuid:pk>/accept/", views.document_accept, name="document_accept"),
    path("fields/<uuid:pk>/correct/", views.field_correct, name="field_correct"),
]
api_urlpatterns: list[URLPattern] = [
    path("documents/<uuid:pk>", api.DocumentView.as_view(), name="api-document"),
    path("customers/<uuid:pk>/documents", api.CustomerDocumentsView.as_view(), name="api-customer-documents"),
]
