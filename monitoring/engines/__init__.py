"""Where scoring runs: each module here but those of the base is an engine, `run(job)`. One evaluator, other places."""

from importlib import import_module
from pkgutil import iter_modules

from monitoring.engines.base import Engine

_SHARED = {"base", "partitions", "tables"}


def engine_names() -> list[str]:
    """Every engine; `local` first."""
    return sorted(
        (item.name for item in iter_modules(__path__) if item.name not in _SHARED),
        key=lambda name: (name != "local", name),
    )


def engine_named(name: str) -> Engine:
    """The engine's `run`; raises EngineAbsent where what it runs on is not installed."""
    found: Engine = import_module(f"{__name__}.{name}").run
    return found
