"""OpenID Connect: whom the provider vouches for, and that its signature is always verified."""

import hmac
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, QueryDict

from accounts import services
from accounts.exceptions import SignInRefused
from accounts.models import User
from accounts.sign_in.recency import SSO_FACTOR

# RFC 8176: methods that say a second factor was used at the provider.
_STRONG = {"mfa", "otp", "hwk", "swk", "sc", "pop", "fpt", "face", "iris"}
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_LEEWAY = 60
_NONCE = "sso_nonce"
_WELL_KNOWN = "/.well-known/"


class SsoAdapter(DefaultSocialAccountAdapter):
    """Roles follow groups; people are matched or made only where the policy says so."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises SignInRefused for whom the product does not let in."""
        claims = _claims(sociallogin)
        groups = _groups(claims)
        if sociallogin.is_existing:
            services.admit_by_sso(person=sociallogin.user, groups=groups)
        else:
            email, is_verified = str(claims.get("email", "")), claims.get("email_verified") is True
            person = services.match_by_email(email=email, is_verified=is_verified)
            if person:
                services.admit_by_sso(person=person, groups=groups, newly_linked=True)
                sociallogin.connect(request, person)
            else:
                sociallogin.user.role = services.refuse_strangers(email=email, groups=groups)
        request.session[SSO_FACTOR] = bool(_STRONG & set(claims.get("amr") or []))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True  # `pre_social_login` refused everybody else

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        person: User = super().save_user(request, sociallogin, form)
        services.record_newcomer(person=person)
        return person


def with_nonce(request: HttpRequest) -> QueryDict:
    """The parameters to go to the provider with: where to lead back to, and a nonce of this session (Core 3.1.2.1).

    Of what the caller put into the address nothing else is taken: allauth would pass scopes and parameters on.
    """
    query = QueryDict(mutable=True)
    query.update({name: request.GET[name] for name in ("next",) if name in request.GET})
    nonce = request.session.setdefault(_NONCE, token_urlsafe(32))
    query["auth_params"] = urlencode({"nonce": nonce})
    return query


class VerifyingAdapter(OpenIDConnectOAuth2Adapter):
    """Holds a provider to more than allauth does: its name, its signature, and that a token is for this session's request."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document; raises OAuth2Error where it is another issuer's (OpenID Connect Discovery 4.3)."""
        config: dict[str, Any] = super().openid_config
        configured = str(self.get_provider().app.settings["server_url"]).partition(_WELL_KNOWN)[0]
        if str(config.get("issuer", "")).rstrip("/") != configured.rstrip("/"):
            raise OAuth2Error("The discovery document is another issuer's.")
        return config

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Its claims; raises OAuth2Error for another key, issuer, audience, nonce, or a token that is no longer good.

        The signature counts even where the token came straight from the provider (OpenID Connect Core 3.1.3.7). The nonce is
        used up, so that no token is taken twice.
        """
        try:
            with get_adapter().get_requests_session() as session:
                keys = jwt.PyJWKSet.from_dict(session.get(self.openid_config["jwks_uri"]).json()).keys
            named = jwt.get_unverified_header(id_token).get("kid")
            # A provider with one key need not name it (RFC 7517, 4.5).
            (key,) = [key for key in keys if named is None or key.key_id == named]
            claims: dict[str, Any] = jwt.decode(
                id_token, key, algorithms=_ALGORITHMS, audience=app.client_id, issuer=self.openid_config["issuer"],
                leeway=_LEEWAY, options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )  # fmt: skip
        except (jwt.PyJWTError, ValueError, KeyError) as error:
            raise OAuth2Error("The ID token is not valid.") from error
        nonce = self.request.session.pop(_NONCE, "")
        if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
            raise OAuth2Error("The ID token answers another request.")
        return claims


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    """The ID token's claims over those of the user's page; raises SignInRefused where they are two people's (Core 5.3.2)."""
    data = sociallogin.account.extra_data
    page, token = data.get("userinfo") or {}, data.get("id_token") or {}
    if page and page.get("sub") != token.get("sub"):
        raise SignInRefused("Your organisation's sign-in contradicts itself.")
    return {**page, **token}


def _groups(claims: dict[str, Any]) -> set[str]:
    found = claims.get(settings.OIDC_GROUPS_CLAIM) or []
    return {found} if isinstance(found, str) else {str(group) for group in found}
