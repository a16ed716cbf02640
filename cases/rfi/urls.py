"""The officer's pages, within the cases app's; the customer's, under a prefix of their own."""

from django.urls import URLPattern, path

from cases.rfi.views import customer, officer

app_name = "rfi"

urlpatterns: list[URLPattern] = [
    path("<str:token>/", customer.answer, name="answer"),
    path("<str:token>/items/<uuid:pk>/", customer.item_answer, name="item_answer"),
]
officer_urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/information/", officer.rfi_panel, name="rfi_panel"),
    path("<uuid:pk>/information/send/", officer.rfi_send, name="rfi_send"),
    path("information/<uuid:pk>/withdraw/", officer.rfi_withdraw, name="rfi_withdraw"),
    path("information/policy/", officer.rfi_policy, name="rfi_policy"),
]
