"""Reading a picture of one line by PaddleOCR's small model, run by onnxruntime: every character with its rivals.

The figures that decided for it are in docs/guide/documents.md.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.extraction.glyphs import Glyph

Grey = NDArray[np.uint8]
ZONE_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_HEIGHT = 48  # rows the model was trained on
_WIDEST = 3200
_PAD = 16  # columns added at either end: a letter at the very edge is lost
_RIVAL = 0.005
_SPACE = " "


class LineReader:
    """Reads lines with one model; loading it takes a tenth of a second."""

    def __init__(self, model: Path) -> None:
        import onnxruntime  # only pages with something for it pay for loading it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session: Any = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        names = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._chars = ["", *names, _SPACE]
        self._places = {char: index for index, char in enumerate(self._chars)}
        self._columns: dict[str, NDArray[np.int64]] = {}

    @property
    def alphabet(self) -> list[str]:
        """Every character the model knows."""
        return self._chars[1:]

    def read(self, line: Grey, alphabet: str = "") -> tuple[Glyph, ...]:
        """The characters from left to right; with an `alphabet` only those of it. Small letters count for the capitals
        of an alphabet that has no small ones."""
        shares = self._shares(line)
        chars = self._chars
        if alphabet:
            shares, chars = self._within(shares, alphabet)
        padded = _width(line) + 2 * _PAD
        return tuple(
            replace(glyph, place=min(1.0, max(0.0, (glyph.place * padded - _PAD) / (padded - 2 * _PAD))))
            for glyph in _glyphs(shares, chars)
        )

    def _shares(self, line: Grey) -> NDArray[np.float32]:
        """Probabilities of every character at every step along the line."""
        method = cv2.INTER_AREA if line.shape[0] > _HEIGHT else cv2.INTER_CUBIC
        resized = cv2.resize(line, (_width(line), _HEIGHT), interpolation=method).astype(np.float32)
        scaled = (cv2.copyMakeBorder(resized, 0, 0, _PAD, _PAD, cv2.BORDER_REPLICATE) / 255 - 0.5) / 0.5
        shares = self._session.run(None, {self._input: np.repeat(scaled[None, None], 3, axis=1)})[0][0]
        return np.asarray(shares, dtype=np.float32)

    def _within(self, shares: NDArray[np.float32], alphabet: str) -> tuple[NDArray[np.float32], list[str]]:
        if alphabet not in self._columns:
            self._columns[alphabet] = np.array([0, *(self._places[char] for char in alphabet)])
        kept = shares[:, self._columns[alphabet]]
        if not any(char.islower() for char in alphabet):
            for column, char in enumerate(alphabet, start=1):
                if char.isalpha():
                    kept[:, column] += shares[:, self._places[char.lower()]]
        return kept, ["", *alphabet]


@cache
def line_reader(model: Path) -> LineReader:
    """The reader of this model, loaded once a process."""
    return LineReader(model)


def _width(line: Grey) -> int:
    """Columns of the line at the height that the model wants."""
    return int(min(_WIDEST, max(_HEIGHT, line.shape[1] * _HEIGHT // line.shape[0])))


def _glyphs(shares: NDArray[np.float32], chars: list[str]) -> list[Glyph]:
    """Connectionist temporal classification: one character for every run of steps that agree, blanks between them."""
    best = shares.argmax(axis=1)
    found, start, steps = [], 0, len(best)
    while start < steps:
        end = start
        while end < steps and best[end] == best[start]:
            end += 1
        if best[start]:
            found.append(_glyph(shares[start:end], chars, int(best[start]), (start + end) / 2 / steps))
        start = end
    return found


def _glyph(steps: NDArray[np.float32], chars: list[str], own: int, place: float) -> Glyph:
    peak = steps.max(axis=0)
    rivals = [index for index in np.argsort(peak)[::-1][:8] if index not in {0, own} and peak[index] >= _RIVAL]
    others = tuple((chars[index], float(peak[index])) for index in rivals)
    return Glyph(chars[own], float(peak[own]), others, place)
