"""Feature sets, one file a domain; a file here that holds a `FeatureSet` is found by its domain."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from monitoring.learning.catalogue import FeatureSet


@cache
def feature_sets() -> dict[str, FeatureSet]:
    """Every feature set by its domain."""
    modules = [import_module(f"{__name__}.{item.name}") for item in iter_modules(__path__)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, FeatureSet)]
    return {item.domain: item for item in found}
