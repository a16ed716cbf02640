"""List formats: one file each, registered on import. No Django. A new format is a new file here, nothing else."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
