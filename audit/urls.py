"""Pages of the record."""

from django.urls import URLPattern, path

from audit import views

app_name = "audit"

urlpatterns: list[URLPattern] = [
    path("", views.entry_list, name="entry_list"),
    path("objects/<str:object_type>/<str:object_id>/", views.object_panel, name="object_panel"),
    path("streams/<str:stream>/", views.stream_panel, name="stream_panel"),
]
