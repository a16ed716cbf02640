"""Pages and REST endpoints of the monitoring app."""

from django.urls import URLPattern, path

from monitoring import api, views

app_name = "monitoring"

urlpatterns: list[URLPattern] = [
    path("scenarios/", views.scenario_list, name="scenario_list"),
    path("scenarios/<uuid:pk>/", views.scenario_detail, name="scenario_detail"),
    path("transactions/import/", views.transaction_import, name="transaction_import"),
    path("rates/", views.rate_list, name="rate_list"),
    path("alerts/of/<uuid:customer_pk>/", views.alert_panel, name="alert_panel"),
    path("transactions/of/<uuid:customer_pk>/", views.transaction_panel, name="transaction_panel"),
    path("alerts/<uuid:pk>/", views.alert_detail, name="alert_detail"),
    path("alerts/<uuid:pk>/card/", views.alert_card, name="alert_card"),
    path("alerts/<uuid:pk>/disposition/", views.alert_dispose, name="alert_dispose"),
]
api_urlpatterns: list[URLPattern] = [
    path("transactions", api.TransactionsView.as_view(), name="api-transaction-list"),
    path("alerts", api.AlertListView.as_view(), name="api-alert-list"),
    path("alerts/<uuid:pk>", api.AlertView.as_view(), name="api-alert"),
    path("alerts/<uuid:pk>/disposition", api.AlertDispositionView.as_view(), name="api-alert-disposition"),
]
