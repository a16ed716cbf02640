"""How often something may be tried. Counted in the cache: shared by all processes of a cluster, one process embedded."""

import time

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

_log = structlog.get_logger(__name__)


def is_allowed(key: str, *, most: int, seconds: int) -> bool:
    """True for the first `most` calls with `key` within `seconds` of the first; the window then starts anew."""
    name = f"limit:{key}"
    if cache.add(name, 1, seconds):
        return True
    try:
        return cache.incr(name) <= most
    except ValueError:  # it ran out between the two calls
        cache.set(name, 1, seconds)
        return True


def seconds_to_wait(key: str, *, most: int, seconds: int) -> int:
    """Counts one call in the present window of the clock: 0 where it is within `most`, else how long the window still lasts.

    Windows begin at multiples of `seconds`, alike in all processes. A cache that does not answer stops nobody: what is counted
    is load, and the call itself was authorised.
    """
    at = time.time()
    name = f"rate:{key}:{int(at // seconds)}"
    try:
        cache.add(name, 0, 2 * seconds)
        is_within = cache.incr(name) <= most
    except (RedisError, ValueError) as error:
        _log.warning("rate_not_counted", error=type(error).__name__)
        return 0
    return 0 if is_within else seconds - int(at % seconds)
