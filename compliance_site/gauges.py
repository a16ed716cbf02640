"""What the installation tells of itself: database, Redis, disk."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import Error, connection
from redis import Redis
from redis.exceptions import RedisError

from core.measuring import Gauge, register_gauge

Rows = Iterator[tuple[tuple[str, ...], float]]


def database_answers() -> bool:
    """True where the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:  # of the database, or of a connection that broke
        return False
    return True


def redis_answers() -> bool:
    """True where Redis answers within two seconds. Only for installations that have one."""
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except RedisError:
        return False


def _up() -> Rows:
    yield ("database",), float(database_answers())
    if settings.REDIS_URL:
        yield ("redis",), float(redis_answers())


def _free() -> Rows:
    yield (), shutil.disk_usage(settings.DATA_DIR).free


register_gauge(Gauge("probity_up", "Whether database and Redis answer.", _up, ("part",)))
register_gauge(Gauge("probity_disk_free_bytes", "Free space where the data is kept.", _free))
