"""Domains: one file each says what a row is. A file here that holds a `Domain` is found by its code."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from monitoring.domains.base import Domain


@cache
def domains() -> dict[str, Domain]:
    """Every domain by its code."""
    modules = [import_module(f"{__name__}.{item.name}") for item in iter_modules(__path__)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Domain)]
    return {domain.code: domain for domain in found}


def domain_of(code: str) -> Domain:
    """The domain with this code; raises KeyError."""
    return domains()[code]
