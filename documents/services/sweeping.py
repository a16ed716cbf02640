"""Files that a crash left behind: half written ones, and whole ones of a submission that was never committed."""

from datetime import timedelta
from itertools import islice

import structlog

from core.clock import now
from documents import store
from documents.services.forgetting import needed

_UNTOUCHED = timedelta(hours=24)
_AT_ONCE = 500
_log = structlog.get_logger(__name__)


def sweep_left_files(*, untouched: timedelta = _UNTOUCHED) -> tuple[int, int]:
    """Removes what nobody has touched for so long: (half written files, whole files that no row tells of).

    A file is there before its row is committed, so the time must be longer than any transaction. What is stored again
    meanwhile is fresh, and kept. Side effects: files removed, a log line where there were any.
    """
    before = (now() - untouched).timestamp()
    halves = store.remove_parts(before)
    stored = store.digests(before)
    orphans = sum(_removed(some, before) for some in iter(lambda: set(islice(stored, _AT_ONCE)), set()))
    if halves or orphans:
        _log.warning("left_files_removed", halves=halves, orphans=orphans)
    return halves, orphans


def _removed(digests: set[str], before: float) -> int:
    return sum(store.remove_untouched(digest, before) for digest in digests - needed(digests))
