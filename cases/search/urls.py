"""Pages of search."""

from django.urls import URLPattern, path

from cases.search import views

app_name = "search"

urlpatterns: list[URLPattern] = [
    path("", views.search_page, name="search_page"),
    path("rebuild/", views.index_rebuild, name="index_rebuild"),
]
