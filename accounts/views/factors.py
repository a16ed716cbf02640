"""django-allauth's pages behind this product's declarations: passwords, second factors, the organisation's sign-in."""

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.sign_in.sso import VerifyingAdapter, with_nonce
from core.http import requires
from core.permissions import Permission

_anybody, _somebody = requires(Permission.PUBLIC), requires(Permission.SIGNED_IN)

inactive = _anybody(account.account_inactive)
password_reset = _anybody(account.password_reset)
password_reset_done = _anybody(account.password_reset_done)
password_reset_from_key = _anybody(account.password_reset_from_key)
password_reset_from_key_done = _anybody(account.password_reset_from_key_done)
reauthenticate = _somebody(account.reauthenticate)

authenticate = _anybody(base.authenticate)  # between the password and the session: nobody is signed in yet
passkey_login = _anybody(webauthn.login_webauthn)
factor_reauthenticate = _somebody(base.reauthenticate)
passkey_reauthenticate = _somebody(webauthn.reauthenticate_webauthn)
totp_activate = _somebody(totp.activate_totp)
totp_deactivate = _somebody(totp.deactivate_totp)
codes_view = _somebody(codes.view_recovery_codes)
codes_generate = _somebody(codes.generate_recovery_codes)
passkey_add = _somebody(webauthn.add_webauthn)
passkey_remove = _somebody(webauthn.remove_webauthn)

sso_cancelled = _anybody(social.login_cancelled)
sso_error = _anybody(social.login_error)


def _of_provider(flow: type[OAuth2View]) -> Callable[..., HttpResponseBase]:
    """A step of signing in by the organisation's provider; 404 where no such provider is set up."""

    @_anybody
    def view(request: HttpRequest, provider_id: str) -> HttpResponseBase:
        if flow is OAuth2LoginView:
            request.GET = with_nonce(request)  # type: ignore[assignment]
        adapter = VerifyingAdapter(request, provider_id)
        try:
            answer: HttpResponseBase = flow.adapter_view(adapter)(request)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        except OAuth2Error as error:  # what allauth asks of the discovery document before it begins to look for errors
            answer = render_authentication_error(request, adapter.get_provider(), exception=error)
        return answer

    return view


sso_login, sso_callback = _of_provider(OAuth2LoginView), _of_provider(OAuth2CallbackView)
