"""The index file: a header of JSON, then arrays on 64-byte boundaries.

    PRBYIX02 | uint64 length of the header | header | padding | array | padding | array …

The header holds `meta` and for each array its type, shape and place. All numbers are little-endian. A file is written
beside its place and renamed, so a reader sees a whole one or none.
"""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.matching.index.names import ARRAYS, NameIndex

MAGIC = b"PRBYIX02"
_EDGE = 64


class IndexUnreadable(Exception):
    """The file is no index of this version of the engine: build it again."""


def save_index(index: NameIndex, path: Path) -> None:
    """Writes the index to `path`, replacing what is there at once."""
    arrays = {name: np.ascontiguousarray(getattr(index, name)) for name in ARRAYS}
    described: dict[str, Any] = {}
    place = 0
    for name, array in arrays.items():
        described[name] = [array.dtype.str, list(array.shape), place]
        place += _padded(array.nbytes)
    header = json.dumps({"meta": index.meta, "arrays": described}, sort_keys=True).encode()
    header += b" " * (_padded(len(MAGIC) + 8 + len(header)) - len(MAGIC) - 8 - len(header))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    with partial.open("wb") as stream:
        stream.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for array in arrays.values():
            stream.write(array.tobytes())
            stream.write(b"\0" * (_padded(array.nbytes) - array.nbytes))
    partial.replace(path)


def load_index(path: Path) -> NameIndex:
    """The index in `path`, memory-mapped. Raises FileNotFoundError, IndexUnreadable."""
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    start = len(MAGIC) + 8
    if bytes(mapped[: len(MAGIC)]) != MAGIC:
        raise IndexUnreadable(f"{path.name} is no index of this version")
    length = int.from_bytes(bytes(mapped[len(MAGIC) : start]), "little")
    header = json.loads(bytes(mapped[start : start + length]))
    arrays = {name: _array(mapped, start + length, *header["arrays"][name]) for name in ARRAYS}
    return NameIndex(meta=header["meta"], **arrays)


def _array(mapped: NDArray[np.uint8], start: int, kind: str, shape: list[int], place: int) -> NDArray[Any]:
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    return np.asarray(mapped[start + place : start + place + size]).view(kind).reshape(shape)


def _padded(size: int) -> int:
    return -(-size // _EDGE) * _EDGE
