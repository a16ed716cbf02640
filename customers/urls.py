"""Pages and REST endpoints of the customers app."""

from django.urls import URLPattern, path

from customers import api, views

app_name = "customers"

urlpatterns: list[URLPattern] = [
    path("", views.customer_list, name="customer_list"),
    path("rating-policy/", views.rating_policy, name="rating_policy"),
    path("<uuid:pk>/", views.customer_detail, name="customer_detail"),
    path("<uuid:pk>/reveal/", views.identifier_reveal, name="identifier_reveal"),
    path("<uuid:pk>/rating/", views.rating_panel, name="rating_panel"),
]
api_urlpatterns: list[URLPattern] = [
    path("customers", api.CustomerListView.as_view(), name="api-customer-list"),
    path("customers/<uuid:pk>", api.CustomerView.as_view(), name="api-customer"),
    path("customers/<uuid:pk>/rating", api.RatingView.as_view(), name="api-rating"),
]
