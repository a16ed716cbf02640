"""ASGI entry. `application` serves websockets only; `embedded_application` serves everything in one process.

Pages and REST are always WSGI: through gunicorn in production, through a thread pool inside the one process embedded.
Serving them by ASGI costs some 40 % of the throughput (docs/adr/0005).
"""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402 - everything below needs Django set up
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from notifications.routing import websocket_urlpatterns  # noqa: E402

_WEB_THREADS = 8
_pages: Any = get_wsgi_application()

_websocket = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))
application = ProtocolTypeRouter({"websocket": _websocket})
embedded_application = ProtocolTypeRouter(
    {"websocket": _websocket, "http": WSGIMiddleware(_pages, workers=_WEB_THREADS)}
)
