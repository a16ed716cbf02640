"""Pages of the notifications app."""

from django.urls import URLPattern, path

from notifications import views

app_name = "notifications"

urlpatterns: list[URLPattern] = [
    path("", views.notification_list, name="notification_list"),
    path("bell/", views.bell, name="bell"),
    path("read/", views.notifications_read, name="notifications_read"),
    path("deliveries/", views.delivery_list, name="delivery_list"),
]
