"""Inside the product's processes: fail points, a clock that can jump, and the controls. Every process of the drill imports it.

A point is armed by a file of its name in the folder DRILL_POINTS. The first process that comes by removes the file and is gone
with it, as by `kill -9`, at exactly that point. Nothing of this is in the product itself.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.utils import timezone

from bench.drill.points import ANSWERED, POINTS

_FOLDER = Path(os.environ["DRILL_POINTS"])
_CLOCK = Path(os.environ["DRILL_CLOCK"])
_CONTROL = os.environ.get("DRILL_CONTROL", "")
_OUTLIVES = 13.0  # seconds; beyond the drill's lease of 5 s
_Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def die_at(point: str) -> None:
    """Ends this process if the point is armed."""
    with suppress(FileNotFoundError):
        (_FOLDER / point).unlink()
        os._exit(137)


def _cut(point: str, is_before: bool, function: Callable[..., Any]) -> Callable[..., Any]:
    def cut(*given: Any, **named: Any) -> Any:
        if is_before:
            die_at(point)
        result = function(*given, **named)
        if not is_before:
            die_at(point)
        return result

    return cut


def _half(point: str, function: Callable[..., Iterator[bytes]]) -> Callable[..., Iterator[bytes]]:
    """For what writes piece by piece: gone after the first."""

    def half(*given: Any, **named: Any) -> Iterator[bytes]:
        for piece in function(*given, **named):
            yield piece
            die_at(point)

    return half


def _jumped(real: Callable[[], datetime]) -> Callable[[], datetime]:
    def jumped() -> datetime:
        try:
            return real() + timedelta(seconds=float(_CLOCK.read_text()))
        except (OSError, ValueError):  # no jump now, or one that is being written
            return real()

    return jumped


def cut_points() -> None:
    """Puts the points into the product, whose apps are loaded."""
    for point in POINTS:
        module = import_module(point.module)
        function = getattr(module, point.function)
        made = (
            _half(point.name, function)
            if point.where == "within"
            else _cut(point.name, point.where == "before", function)
        )
        setattr(module, point.function, made)
    providers = import_module("screening.services.providers")
    providers._BACK_OFF, providers._OPEN_FOR = (1, 2, 4), timedelta(seconds=5)  # type: ignore[attr-defined]
    timezone.now = _jumped(timezone.now)
    if _CONTROL == "fencing":
        _without_fencing(import_module("workflows.runner"))


def _without_fencing(runner: Any) -> None:
    """The control: a step that outlives its lease commits all the same, and so does who took it up meanwhile."""
    runner._hold = lambda step: None
    runner._HEARTBEAT = 3600.0
    context = runner._context

    def slow(step: Any, definition: Any) -> Any:
        if step.attempt == 1 and step.pk.int % 4 == 0:
            time.sleep(_OUTLIVES)
        return context(step, definition)

    runner._context = slow


def cut_answers(application: _Application) -> _Application:
    """The WSGI application that can die between the commit and the answer; as control, one that promises what it does not keep."""

    def cut(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        asked, key = (environ["REQUEST_METHOD"], environ["PATH_INFO"]), environ.get("HTTP_IDEMPOTENCY_KEY", "")
        if _CONTROL == "promising" and asked == ("POST", "/api/v1/submissions") and key.endswith("3"):
            start("202 Accepted", [("Content-Type", "application/json")])
            return [b"{}"]
        answer = application(environ, start)
        for name, method, end in ANSWERED:
            if asked[0] == method and asked[1].endswith(end):
                die_at(name)
        return answer

    return cut
