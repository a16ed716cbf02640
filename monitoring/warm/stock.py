"""The frames that are warm in this process: loaded once, renewed when rows came, dropped when nobody asks."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from monitoring.warm.frame import WarmFrame

AT_ONCE = 50_000  # so many rows are read within the request
IDLE_SECONDS = 900.0
RENEWED_AFTER = 30.0


@dataclass(frozen=True)
class Source:
    """Where a frame comes from: `token` changes with the rows, `size` is about how many, `load` reads them, `done` ends
    a thread that did."""

    token: Callable[[], str]
    size: Callable[[], int]
    load: Callable[[str], WarmFrame]
    done: Callable[[], None]


@dataclass
class _Place:
    warm: WarmFrame | None = None
    loaded_at: float = 0.0
    asked_at: float = 0.0
    loading: threading.Thread | None = None
    failed: str = ""


class Stock:
    """One warm frame a domain. Loading many rows is done beside the request; meanwhile the former frame answers."""

    def __init__(self) -> None:
        self._places: dict[str, _Place] = {}
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def frame(self, name: str, source: Source) -> WarmFrame | None:
        """The frame, or None while it is being loaded. Raises OSError where it could not be."""
        with self._lock:
            self._expire_later()
            place = self._places.setdefault(name, _Place())
            place.asked_at = time.monotonic()
            if place.loading is not None and place.loading.is_alive():
                return place.warm
            if place.failed:
                failed, place.failed = place.failed, ""
                raise OSError(failed)
            fresh = place.warm is not None and time.monotonic() - place.loaded_at < RENEWED_AFTER
            token = "" if fresh else source.token()
            if fresh or (place.warm is not None and place.warm.token == token):
                place.loaded_at = place.loaded_at if fresh else time.monotonic()
                return place.warm
            if source.size() <= AT_ONCE:
                place.warm, place.loaded_at = source.load(token), time.monotonic()
                return place.warm
            place.loading = threading.Thread(target=self._load, args=(place, source, token), daemon=True)
            place.loading.start()
            return place.warm

    @staticmethod
    def _load(place: _Place, source: Source, token: str) -> None:
        try:
            place.warm, place.loaded_at = source.load(token), time.monotonic()
        except Exception as error:  # the boundary of a thread: the next who asks is told
            place.failed = type(error).__name__
        finally:
            source.done()

    def _expire_later(self) -> None:
        """Drops what nobody asks for any more, also where nobody ever asks again."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(IDLE_SECONDS + 1, self._drop_idle)
        self._timer.daemon = True
        self._timer.start()

    def _drop_idle(self) -> None:
        with self._lock:
            for place in self._places.values():
                if time.monotonic() - place.asked_at > IDLE_SECONDS:
                    place.warm = None

    def clear(self) -> None:
        """Drops every frame."""
        with self._lock:
            self._places.clear()
