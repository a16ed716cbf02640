"""File formats: one file each. A file here that holds a `FileFormat` is found by its code; adding one touches no other."""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from core.exceptions import Fault, InvalidInput
from core.words import said
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.opening import HEAD, opened


@cache
def formats() -> dict[str, FileFormat]:
    """Every format by its code, those that are surest to know their own first."""
    modules = [import_module(f"{__name__}.{item.name}") for item in iter_modules(__path__)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, FileFormat)]
    return {item.code: item for item in sorted(found, key=lambda item: (item.is_table, item.code))}


def format_of(path: Path, name: str) -> FileFormat:
    """The format of a file by its first bytes and its name; raises InvalidInput where none knows it."""
    with opened(path) as stream:
        head = stream.read(HEAD)
    for item in formats().values():
        if item.knows(head, name):
            return item
    known = ", ".join(item.title for item in formats().values())
    raise InvalidInput(
        "The file is of no known format.",
        [Fault("/file", "is of no format that is known", said("one of {known}", known=known))],
    )
