"""What a file format is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitoring.deliveries import DeliveredRow


@dataclass(frozen=True)
class FileFormat:
    """`knows` says whether a file is of the format, by its first bytes and name; `read` gives its rows as they come.

    Rows of a table (`is_table`) have the file's own columns, which a mapping names; other formats give cells of the
    shape `target` (see `monitoring.intake.targets`). Both raise InvalidInput for a file that is broken as a whole.
    """

    code: str
    title: str
    knows: Callable[[bytes, str], bool]
    read: Callable[[Path], Iterator[DeliveredRow]]
    target: str = ""

    @property
    def is_table(self) -> bool:
        return not self.target
