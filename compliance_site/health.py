"""Whether this process can serve: for load balancers and container health checks."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from core.http import requires
from core.permissions import Permission


@requires(Permission.PUBLIC)
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, 503 where it does not. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
