"""Pages and REST endpoints of the accounts app."""

from django.urls import URLPattern, path

from accounts import api
from accounts.views import clients, people, session

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("login/", session.login, name="login"),
    path("logout/", session.logout, name="logout"),
    path("me/", session.account_detail, name="account_detail"),
    path("me/password/", session.password_change, name="password_change"),
    path("people/", people.person_list, name="person_list"),
    path("people/<uuid:pk>/role/", people.role_change, name="role_change"),
    path("people/<uuid:pk>/disable/", people.person_disable, name="person_disable"),
    path("people/<uuid:pk>/enable/", people.person_enable, name="person_enable"),
    path("people/<uuid:pk>/password/", people.password_reset, name="password_reset"),
    path("clients/", clients.client_list, name="client_list"),
    path("clients/<uuid:pk>/", clients.client_detail, name="client_detail"),
    path("clients/<uuid:pk>/disable/", clients.client_disable, name="client_disable"),
    path("clients/<uuid:pk>/keys/", clients.key_create, name="key_create"),
    path("keys/<uuid:pk>/revoke/", clients.key_revoke, name="key_revoke"),
]
api_urlpatterns: list[URLPattern] = [path("me", api.MeView.as_view(), name="api-me")]
