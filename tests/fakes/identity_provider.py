"""An OpenID Connect provider on loopback: oidc-provider-mock (discovery, RS256, JWKS), which here insists on PKCE and a nonce besides."""

import base64
import hashlib
import io
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import oidc_provider_mock
import werkzeug.serving


@dataclass
class IdentityProvider:
    """`issuer` is its address; `verified` counts the codes that were exchanged with the verifier of their challenge."""

    app: Callable[..., Iterable[bytes]]
    issuer: str = ""
    verified: int = 0
    _challenges: set[str] = field(default_factory=set)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """RFC 7636: a challenge at the authorisation, its verifier at the token endpoint; refused without."""
        query = parse_qs(environ.get("QUERY_STRING", ""))
        if environ["PATH_INFO"].endswith("/authorize") and query.get("code_challenge_method") == ["S256"]:
            self._challenges.add(query["code_challenge"][0])
        if environ["PATH_INFO"].endswith("/token") and not self._has_verifier(environ):
            start_response("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']
        return self.app(environ, start_response)

    def _has_verifier(self, environ: dict[str, Any]) -> bool:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        verifier = parse_qs(body.decode()).get("code_verifier", [""])[0]
        digest = hashlib.sha256(verifier.encode()).digest()
        fits = base64.urlsafe_b64encode(digest).decode().rstrip("=") in self._challenges
        self.verified += fits
        return fits


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """A provider that answers until the block ends."""
    provider = IdentityProvider(oidc_provider_mock.app(require_nonce=True))
    server = werkzeug.serving.make_server("127.0.0.1", 0, provider, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
