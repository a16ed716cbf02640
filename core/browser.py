"""What a browser may do with an answer, by the kind of answer it is: one place, so that no view can forget it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

GetResponse = Callable[[HttpRequest], HttpResponse]
_POLICY = "Content-Security-Policy"
# The product itself asks for none of these; passkeys are asked for by its own pages alone.
PERMISSIONS = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
FILE_POLICY = f"{DATA_POLICY}; sandbox"
FORGET = '"cache", "storage"'  # Clear-Site-Data: what a browser drops when somebody signs out
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_BEFORE_ALL = {  # what Django's own middleware says, for answers that are given before it is reached
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def ruled(response: HttpResponse) -> HttpResponse:
    """The answer with every rule that it does not state itself."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        response.headers.setdefault(_POLICY, FILE_POLICY)
    elif not response.headers.get("Content-Type", "").startswith("text/html"):
        response.headers.setdefault(_POLICY, DATA_POLICY)
    return response


def ruled_alone(response: HttpResponse) -> HttpResponse:
    """The rules of an answer for machines that no other middleware sees."""
    for name, value in {**_BEFORE_ALL, _POLICY: DATA_POLICY}.items():
        response.headers.setdefault(name, value)
    return ruled(response)


class KnownMethodsMiddleware:
    """Refuses every method that no view has, TRACE above all, which would show a caller what proxies added."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _METHODS:
            return self.get_response(request)
        return ruled_alone(HttpResponseNotAllowed(sorted(_METHODS), content_type="text/plain"))


class BrowserRulesMiddleware:
    """Adds the rules that Django's own middleware does not know. A view's own Cache-Control and policy stay.

    Nothing that a view answers is kept by a browser or a proxy: nearly all of it is about people, and what is not is
    small (OWASP ASVS 5.0, 14.3.2). Answers that are no page load nothing and run nothing; files are sandboxed besides.
    It stands inside the CSP middleware, which leaves a policy alone that is there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return ruled(self.get_response(request))
