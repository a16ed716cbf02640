"""Pages of the notifications app."""

from django.urls import URLPattern, path

from notifications import api
from notifications.views import channels, deliveries, people, shaping

app_name = "notifications"

urlpatterns: list[URLPattern] = [
    path("", people.notification_list, name="notification_list"),
    path("bell/", people.bell, name="bell"),
    path("read/", people.notifications_read, name="notifications_read"),
    path("<uuid:pk>/open/", people.notification_open, name="notification_open"),
    path("preferences/", people.preferences_edit, name="preferences_edit"),
    path("deliveries/", deliveries.delivery_list, name="delivery_list"),
    path("deliveries/again/", deliveries.parked_redeliver, name="parked_redeliver"),
    path("deliveries/<uuid:pk>/", deliveries.delivery_detail, name="delivery_detail"),
    path("deliveries/<uuid:pk>/again/", deliveries.delivery_redeliver, name="delivery_redeliver"),
    path("channels/", channels.destination_list, name="destination_list"),
    path("channels/new/<str:kind>/", channels.destination_new, name="destination_new"),
    path("channels/<uuid:pk>/", channels.destination_detail, name="destination_detail"),
    path("channels/<uuid:pk>/try/", channels.destination_try, name="destination_try"),
    path("channels/<uuid:pk>/rotate/", channels.destination_rotate, name="destination_rotate"),
    path("channels/<uuid:pk>/switch/", channels.destination_switch, name="destination_switch"),
    path("channels/<uuid:pk>/remove/", channels.destination_remove, name="destination_remove"),
    path("rules/", shaping.rule_list, name="rule_list"),
    path("texts/", shaping.text_list, name="text_list"),
    path("texts/<str:event>/<str:language>/", shaping.text_edit, name="text_edit"),
    path("texts/<str:event>/<str:language>/preview/", shaping.text_preview, name="text_preview"),
    path("conditions/", shaping.condition_list, name="condition_list"),
    path("conditions/<uuid:pk>/take/", shaping.condition_take, name="condition_take"),
]
api_urlpatterns: list[URLPattern] = [
    path("webhooks", api.WebhooksView.as_view(), name="api-webhook-list"),
    path("webhooks/events", api.EventCatalogueView.as_view(), name="api-webhook-events"),
    path("webhooks/<uuid:pk>", api.WebhookView.as_view(), name="api-webhook"),
    path("webhooks/<uuid:pk>/secrets", api.WebhookSecretView.as_view(), name="api-webhook-secret"),
    path("webhooks/<uuid:pk>/test", api.WebhookTestView.as_view(), name="api-webhook-test"),
    path("webhooks/<uuid:pk>/deliveries", api.WebhookDeliveriesView.as_view(), name="api-webhook-deliveries"),
    path("webhooks/deliveries/<uuid:pk>/redeliver", api.RedeliverView.as_view(), name="api-webhook-redeliver"),
]
