"""Pages and REST endpoints of the accounts app."""

from django.urls import URLPattern, path, re_path

from accounts import api
from accounts.views import clients, factors, invitations, people, roles, session, sign_in_policy

app_name = "accounts"
_RESET_LINK = r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$"

urlpatterns: list[URLPattern] = [
    path("login/", session.login, name="login"),
    path("logout/", session.logout, name="logout"),
    path("me/", session.account_detail, name="account_detail"),
    path("me/password/", session.password_change, name="password_change"),
    path("me/security/devices/end/", session.sessions_end_elsewhere, name="sessions_end_elsewhere"),
    path("me/security/devices/<int:pk>/end/", session.session_end, name="session_end"),
    path("me/security/again/", session.sign_in_again, name="sign_in_again"),
    path("people/", people.person_list, name="person_list"),
    path("people/<uuid:pk>/", people.person_detail, name="person_detail"),
    path("people/<uuid:pk>/invitation/", invitations.invitation_renew, name="invitation_renew"),
    path("people/<uuid:pk>/invitation/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("invitation/<str:token>/", invitations.invitation_accept, name="invitation"),
    path("people/<uuid:pk>/role/", people.role_change, name="role_change"),
    path("people/<uuid:pk>/email/", people.email_change, name="email_change"),
    path("people/<uuid:pk>/disable/", people.person_disable, name="person_disable"),
    path("people/<uuid:pk>/enable/", people.person_enable, name="person_enable"),
    path("people/<uuid:pk>/sessions/end/", people.sessions_end, name="sessions_end"),
    path("people/<uuid:pk>/factors/remove/", people.factors_remove, name="factors_remove"),
    path("people/<uuid:pk>/link/", people.reset_link, name="reset_link"),
    path("roles/", roles.role_list, name="role_list"),
    path("roles/new/", roles.role_new, name="role_new"),
    path("roles/<uuid:pk>/", roles.role_detail, name="role_detail"),
    path("roles/<uuid:pk>/edit/", roles.role_edit, name="role_edit"),
    path("roles/<uuid:pk>/retire/", roles.role_retire, name="role_retire"),
    path("roles/versions/<uuid:pk>/approve/", roles.version_approve, name="role_version_approve"),
    path("roles/versions/<uuid:pk>/return/", roles.version_return, name="role_version_return"),
    path("sign-in/", sign_in_policy.policy_edit, name="sign_in_policy"),
    path("sign-in/locks/<int:pk>/release/", sign_in_policy.lock_release, name="lock_release"),
    path("clients/", clients.client_list, name="client_list"),
    path("clients/<uuid:pk>/", clients.client_detail, name="client_detail"),
    path("clients/<uuid:pk>/scopes/", clients.scopes_change, name="scopes_change"),
    path("clients/<uuid:pk>/disable/", clients.client_disable, name="client_disable"),
    path("clients/<uuid:pk>/keys/", clients.key_create, name="key_create"),
    path("keys/<uuid:pk>/rotate/", clients.key_rotate, name="key_rotate"),
    path("keys/<uuid:pk>/revoke/", clients.key_revoke, name="key_revoke"),
]
# The names are django-allauth's, which looks them up without a namespace. What a person without a second factor may do
# lies under me/ (`accounts.sign_in.middleware`).
allauth_urlpatterns: list[URLPattern] = [
    path("login/", session.login, name="account_login"),
    path("logout/", session.logout, name="account_logout"),
    path("inactive/", factors.inactive, name="account_inactive"),
    path("password/reset/", factors.password_reset, name="account_reset_password"),
    path("password/reset/sent/", factors.password_reset_done, name="account_reset_password_done"),
    path("password/reset/done/", factors.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(_RESET_LINK, factors.password_reset_from_key, name="account_reset_password_from_key"),
    path("login/second/", factors.authenticate, name="mfa_authenticate"),
    path("login/passkey/", factors.passkey_login, name="mfa_login_webauthn"),
    path("me/security/", session.security_detail, name="mfa_index"),
    path("me/security/", session.security_detail, name="mfa_list_webauthn"),
    path("me/security/confirm/", factors.reauthenticate, name="account_reauthenticate"),
    path("me/security/confirm/code/", factors.factor_reauthenticate, name="mfa_reauthenticate"),
    path("me/security/confirm/passkey/", factors.passkey_reauthenticate, name="mfa_reauthenticate_webauthn"),
    path("me/security/app/", factors.totp_activate, name="mfa_activate_totp"),
    path("me/security/app/remove/", factors.totp_deactivate, name="mfa_deactivate_totp"),
    path("me/security/codes/", factors.codes_view, name="mfa_view_recovery_codes"),
    path("me/security/codes/new/", factors.codes_generate, name="mfa_generate_recovery_codes"),
    path("me/security/passkeys/add/", factors.passkey_add, name="mfa_add_webauthn"),
    path("me/security/passkeys/<int:pk>/remove/", factors.passkey_remove, name="mfa_remove_webauthn"),
    path("sso/cancelled/", factors.sso_cancelled, name="socialaccount_login_cancelled"),
    path("sso/error/", factors.sso_error, name="socialaccount_login_error"),
    path("sso/<provider_id>/", factors.sso_login, name="openid_connect_login"),
    path("sso/<provider_id>/back/", factors.sso_callback, name="openid_connect_callback"),
]
api_urlpatterns: list[URLPattern] = [path("me", api.MeView.as_view(), name="api-me")]
