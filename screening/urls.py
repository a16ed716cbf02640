"""Pages and REST endpoints of the screening app."""

from django.urls import URLPattern, path

from screening import api
from screening.views import hits, lists, media, own_lists, suppressions, thresholds

app_name = "screening"

urlpatterns: list[URLPattern] = [
    path("lists/", lists.list_list, name="list_list"),
    path("lists/import/", lists.list_import, name="list_import"),
    path("lists/<uuid:pk>/", lists.list_detail, name="list_detail"),
    path("lists/<uuid:pk>/revert/", lists.list_revert, name="list_revert"),
    path("lists/<uuid:pk>/propose/", own_lists.entry_propose, name="entry_propose"),
    path("lists/source/", lists.source_edit, name="source_edit"),
    path("lists/own/", own_lists.own_list_create, name="own_list_create"),
    path("lists/versions/<uuid:pk>/", lists.version_detail, name="version_detail"),
    path("lists/versions/<uuid:pk>/decision/", lists.version_decide, name="version_decide"),
    path("lists/drafts/<uuid:pk>/decision/", own_lists.entry_decide, name="entry_decide"),
    path("media/of/<uuid:customer_pk>/", media.media_panel, name="media_panel"),
    path("media/<uuid:pk>/", media.media_detail, name="media_detail"),
    path("media/<uuid:pk>/card/", media.media_card, name="media_card"),
    path("thresholds/", thresholds.threshold_sweep, name="threshold_sweep"),
    path("suppressions/", suppressions.suppression_list, name="suppression_list"),
    path("suppressions/<uuid:pk>/decision/", suppressions.suppression_decide, name="suppression_decide"),
    path("of/<uuid:customer_pk>/", hits.hit_panel, name="hit_panel"),
    path("of/<uuid:customer_pk>/screen/", hits.customer_screen, name="customer_screen"),
    path("hits/<uuid:pk>/", hits.hit_detail, name="hit_detail"),
    path("hits/<uuid:pk>/card/", hits.hit_card, name="hit_card"),
    path("hits/<uuid:pk>/disposition/", hits.hit_dispose, name="hit_dispose"),
]
api_urlpatterns: list[URLPattern] = [
    path("watchlists", api.WatchlistListView.as_view(), name="api-watchlist-list"),
    path("hits", api.HitListView.as_view(), name="api-hit-list"),
    path("hits/<uuid:pk>", api.HitView.as_view(), name="api-hit"),
    path("hits/<uuid:pk>/disposition", api.HitDispositionView.as_view(), name="api-hit-disposition"),
    path("screen", api.ScreenView.as_view(), name="api-screen"),
    path("match/<slug:dataset>", api.YenteMatchView.as_view(), name="api-yente-match"),
    path("search/<slug:dataset>", api.YenteSearchView.as_view(), name="api-yente-search"),
]
# At the root of the site too, so that clients of yente work by a change of the URL alone; the OpenAPI document has them once.
yente_urlpatterns: list[URLPattern] = [
    path("match/<slug:dataset>", api.YenteMatchView.as_view(schema=None), name="yente-match"),
    path("search/<slug:dataset>", api.YenteSearchView.as_view(schema=None), name="yente-search"),
]
