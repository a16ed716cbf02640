"""What a snapshot consists of: a folder of Parquet files and one manifest that names them, replaced in one move."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from core.placing import PART, place_file

FORMAT = 1
KEPT_SECONDS = 3600.0  # a file that no manifest names any more may still be read by whoever read the one before
_MANIFEST = "manifest.json"
_LOWEST = UUID(int=0)


@dataclass(frozen=True)
class Part:
    """A file: its name, how many rows it has, how large it is, and its SHA-256."""

    file: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`months` holds every row whose id is below `through`, by the month it was booked in (`2026-03`, UTC).

    `compared_at` is when the counts were last compared with the database.
    """

    columns: tuple[str, ...]
    through: UUID = _LOWEST
    compared_at: float = 0.0
    months: dict[str, Part] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows the files hold."""
        return sum(part.rows for part in self.months.values())

    def with_months(self, changed: dict[str, Part | None], **fields: object) -> "Manifest":
        """The manifest with months replaced, or removed where there is no part."""
        kept = {month: part for month, part in (self.months | changed).items() if part is not None}
        return replace(self, months=dict(sorted(kept.items())), **fields)  # type: ignore[arg-type]


def bound_of(moment: datetime) -> UUID:
    """The lowest id that a row made at `moment` can have (ids are UUIDv7: milliseconds first)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def read_manifest(folder: Path, columns: Iterable[str]) -> Manifest:
    """The folder's manifest; an empty one where there is none that this version can use."""
    empty = Manifest(tuple(columns))
    try:
        data = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return empty
    if data.get("format") != FORMAT or tuple(data["columns"]) != empty.columns:
        return empty
    months = {month: Part(**part) for month, part in data["months"].items()}
    return replace(empty, through=UUID(data["through"]), compared_at=data["compared_at"], months=months)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Puts the manifest in place of the one before, whole or not at all."""
    data = {"format": FORMAT, **asdict(manifest), "through": str(manifest.through)}
    place_file(folder / _MANIFEST, [json.dumps(data, indent=1).encode()])


def age_of(folder: Path) -> float:
    """Seconds since the manifest was written; infinite where there is none."""
    try:
        return time.time() - (folder / _MANIFEST).stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def sweep(folder: Path, manifest: Manifest) -> None:
    """Removes what no manifest names any more and nobody can still be reading, and what was begun and never named."""
    named = {part.file for part in manifest.months.values()}
    for path in folder.iterdir():
        is_left = path.suffix == PART or (path.suffix == ".parquet" and path.name not in named)
        if is_left and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
