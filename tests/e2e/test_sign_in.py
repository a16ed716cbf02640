"""Signing in with second factors, as a browser does it: an authenticator app, then a passkey of Chromium's own authenticator."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import PASSWORD, Server, sign_in
from tests.factories.codes import app_code


def _passkeys_of(page: Page) -> None:
    """A built-in authenticator that says yes, through Chromium's WebAuthn domain."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def test_an_app_and_then_a_passkey_open_the_door(context: BrowserContext, server: Server) -> None:
    server.url = server.url.replace("127.0.0.1", "localhost")  # browsers offer passkeys to names alone
    page = sign_in(context, server, "audra.auditor")
    _passkeys_of(page)
    page.goto(f"{server.url}/accounts/me/security/")
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("[data-totp-secret]").inner_text()
    page.get_by_label("Authenticator code").fill(app_code(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator("[data-recovery-codes] li")).to_have_count(10)

    page.goto(f"{server.url}/accounts/me/security/passkeys/add/")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))  # the form is sent when the authenticator has answered
    page.goto(f"{server.url}/accounts/me/security/")
    expect(page.get_by_text("Passkey “")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("Username").fill("audra.auditor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    assert not page.complaints
