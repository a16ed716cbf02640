"""Pages and REST endpoints of the screening app."""

from django.urls import URLPattern, path

from screening import api, views

app_name = "screening"

urlpatterns: list[URLPattern] = [
    path("lists/", views.list_list, name="list_list"),
    path("lists/import/", views.list_import, name="list_import"),
    path("lists/<uuid:pk>/", views.list_detail, name="list_detail"),
    path("of/<uuid:customer_pk>/", views.hit_panel, name="hit_panel"),
    path("of/<uuid:customer_pk>/screen/", views.customer_screen, name="customer_screen"),
    path("hits/<uuid:pk>/", views.hit_detail, name="hit_detail"),
    path("hits/<uuid:pk>/disposition/", views.hit_dispose, name="hit_dispose"),
]
api_urlpatterns: list[URLPattern] = [
    path("watchlists", api.WatchlistListView.as_view(), name="api-watchlist-list"),
    path("hits", api.HitListView.as_view(), name="api-hit-list"),
    path("hits/<uuid:pk>", api.HitView.as_view(), name="api-hit"),
    path("hits/<uuid:pk>/disposition", api.HitDispositionView.as_view(), name="api-hit-disposition"),
    path("screen", api.ScreenView.as_view(), name="api-screen"),
]
