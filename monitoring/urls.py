"""Pages and REST endpoints of the monitoring app."""

from django.urls import URLPattern, path

from monitoring.api import alerts as alerts_api
from monitoring.api import deliveries
from monitoring.api import lists as lists_api
from monitoring.api import quality as quality_api
from monitoring.views import (
    alerts,
    coverage,
    editor,
    imports,
    lists,
    models,
    quality,
    sampling,
    scenarios,
    transactions,
)

app_name = "monitoring"

urlpatterns: list[URLPattern] = [
    path("scenarios/", scenarios.scenario_list, name="scenario_list"),
    path("coverage/", coverage.coverage_page, name="coverage_page"),
    path("scenarios/<uuid:pk>/<int:number>/proof/", coverage.scenario_prove, name="scenario_prove"),
    path("scenarios/new/", editor.scenario_new, name="scenario_new"),
    path("scenarios/editor/change/", editor.scenario_change, name="scenario_change"),
    path("scenarios/editor/trial/", editor.scenario_trial, name="scenario_trial"),
    path("scenarios/<uuid:pk>/<int:number>/edit/", editor.scenario_edit, name="scenario_edit"),
    path("scenarios/<uuid:pk>/", scenarios.scenario_detail, name="scenario_detail"),
    path("scenarios/<uuid:pk>/<int:number>/draft/", scenarios.scenario_redraft, name="scenario_redraft"),
    path("scenarios/<uuid:pk>/<int:number>/backtest/", scenarios.scenario_backtest, name="scenario_backtest"),
    path("scenarios/<uuid:pk>/<int:number>/<slug:move>/", scenarios.scenario_move, name="scenario_move"),
    path("scenarios/<uuid:pk>/<int:number>/answer/<slug:move>/", scenarios.scenario_answer, name="scenario_answer"),
    path("lists/", lists.rule_list_list, name="rule_list_list"),
    path("lists/new/", lists.rule_list_new, name="rule_list_new"),
    path("lists/<slug:name>/", lists.rule_list_detail, name="rule_list_detail"),
    path("lists/<slug:name>/draft/", lists.rule_list_draft, name="rule_list_draft"),
    path("lists/<slug:name>/<int:number>/add/", lists.rule_list_add, name="rule_list_add"),
    path("lists/<slug:name>/<int:number>/remove/", lists.rule_list_remove, name="rule_list_remove"),
    path("lists/<slug:name>/<int:number>/answer/<slug:move>/", lists.rule_list_answer, name="rule_list_answer"),
    path("lists/<slug:name>/<int:number>/<slug:move>/", lists.rule_list_move, name="rule_list_move"),
    path("sampling/", sampling.sampling_report, name="sampling_report"),
    path("sampling/csv/", sampling.sampling_csv, name="sampling_csv"),
    path("sampling/<uuid:pk>/<int:number>/looser/", sampling.sampling_looser, name="sampling_looser"),
    path("sampling/policy/", sampling.sampling_policy, name="sampling_policy"),
    path("blind/", sampling.blind_list, name="blind_list"),
    path("blind/differences/", quality.dispute_list, name="dispute_list"),
    path("blind/differences/<uuid:pk>/", quality.dispute_detail, name="dispute_detail"),
    path("quality/", quality.label_quality, name="label_quality"),
    path("quality/label-quality.<slug:kind>", quality.label_quality_file, name="label_quality_file"),
    path("blind/<uuid:pk>/", sampling.blind_item, name="blind_item"),
    path("models/", models.model_list, name="model_list"),
    path("models/train/<slug:domain>/", models.model_train, name="model_train"),
    path("models/score/<slug:domain>/", models.model_score, name="model_score"),
    path("models/<uuid:pk>/", models.model_detail, name="model_detail"),
    path("models/<uuid:pk>/features/", models.model_features, name="model_features"),
    path("models/<uuid:pk>/file/<str:what>", models.model_download, name="model_download"),
    path("models/<uuid:pk>/move/<slug:move>/", models.model_move, name="model_move"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/<uuid:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<uuid:pk>/mapping/", imports.import_map, name="import_map"),
    path("imports/<uuid:pk>/start/", imports.import_start, name="import_start"),
    path("imports/<uuid:pk>/drop/", imports.import_drop, name="import_drop"),
    path("deliveries/<uuid:pk>/errors/", imports.ingest_errors, name="ingest_errors"),
    path("rates/", scenarios.rate_list, name="rate_list"),
    path("alerts/of/<uuid:customer_pk>/", alerts.alert_panel, name="alert_panel"),
    path("transactions/of/<uuid:customer_pk>/", transactions.transaction_panel, name="transaction_panel"),
    path("transactions/of/<uuid:customer_pk>/csv/", transactions.transaction_csv, name="transaction_csv"),
    path("activity/of/<uuid:customer_pk>/", transactions.activity_panel, name="activity_panel"),
    path("alerts/<uuid:pk>/", alerts.alert_detail, name="alert_detail"),
    path("alerts/<uuid:pk>/card/", alerts.alert_card, name="alert_card"),
    path("alerts/<uuid:pk>/snooze/", alerts.alert_snooze, name="alert_snooze"),
    path("alerts/<uuid:pk>/disposition/", alerts.alert_dispose, name="alert_dispose"),
]
api_urlpatterns: list[URLPattern] = [
    path("transactions", deliveries.TransactionsView.as_view(), name="api-transaction-list"),
    path("process-events", deliveries.ProcessEventsView.as_view(), name="api-process-event-list"),
    path("operator-qualifications", deliveries.QualificationsView.as_view(), name="api-qualification-list"),
    path("rule-lists", lists_api.RuleListsView.as_view(), name="api-rule-list-list"),
    path("rule-lists/<slug:name>", lists_api.RuleListView.as_view(), name="api-rule-list"),
    path("rule-lists/<slug:name>/entries", lists_api.RuleListEntriesView.as_view(), name="api-rule-list-entries"),
    path("label-quality", quality_api.LabelQualityView.as_view(), name="api-label-quality"),
    path("alerts", alerts_api.AlertListView.as_view(), name="api-alert-list"),
    path("alerts/<uuid:pk>", alerts_api.AlertView.as_view(), name="api-alert"),
    path("alerts/<uuid:pk>/disposition", alerts_api.AlertDispositionView.as_view(), name="api-alert-disposition"),
]
