"""Pages of data protection, within the cases app's."""

from django.urls import URLPattern, path

from cases.privacy import views

urlpatterns: list[URLPattern] = [
    path("privacy/", views.request_list, name="privacy_list"),
    path("privacy/policy/", views.retention_policy, name="retention_policy"),
    path("privacy/of/<uuid:pk>/", views.customer_privacy, name="customer_privacy"),
    path("privacy/of/<uuid:pk>/record/", views.request_record, name="privacy_record"),
    path("privacy/of/<uuid:pk>/hold/", views.hold_place, name="hold_place"),
    path("privacy/holds/<uuid:pk>/lift/", views.hold_lift, name="hold_lift"),
    path("privacy/<uuid:pk>/", views.request_detail, name="privacy_request"),
    path("privacy/<uuid:pk>/approve/", views.erasure_approve, name="erasure_approve"),
    path("privacy/<uuid:pk>/refuse/", views.request_refuse, name="privacy_refuse"),
    path("privacy/<uuid:pk>/pack/", views.access_give, name="access_give"),
]
