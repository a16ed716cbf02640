"""How often something may be tried. Counted in the cache: shared by all processes of a cluster, one process embedded."""

from django.core.cache import cache


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
