"""The index in a folder: arrays as .npy, memory-mapped on loading; words one a line. Written whole, then renamed."""

import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np

from screening.reverse.index import CustomerIndex
from screening.reverse.keys import bones_of

_PLAIN = {"built_at", "words", "bones"}
_ARRAYS = [item.name for item in fields(CustomerIndex) if item.name not in _PLAIN and not item.name.startswith("_")]


def save_customer_index(index: CustomerIndex, folder: Path) -> None:
    """Writes the index, in place of what is there."""
    partial = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name in _ARRAYS:
        np.save(partial / f"{name}.npy", getattr(index, name))
    (partial / "words.txt").write_text("\n".join([index.built_at, *index.words]))
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def load_customer_index(folder: Path) -> CustomerIndex:
    """The index in `folder`. Raises FileNotFoundError."""
    built_at, *words = (folder / "words.txt").read_text().split("\n")
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    bones: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        bones.setdefault(bones_of(word), []).append(number)
    return CustomerIndex(built_at=built_at, words=words, bones=bones, **arrays)
