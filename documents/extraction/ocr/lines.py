"""Reading a picture of one line by PaddleOCR's small model, run by onnxruntime: every character with its rivals.

On 70 drawn identity documents it reads 68 zones exactly where the OCR-B model of Tesseract reads 31 (docs/guide/documents.md).
"""

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

    def read(self, line: Grey, alphabet: str = "") -> tuple[Glyph, ...]:
        """The characters from left to right; with an `alphabet` of capitals, only those (small letters count for them)."""
        shares = self._shares(line)
        chars = self._chars
        if alphabet:
            shares, chars = self._within(shares, alphabet)
        return tuple(_glyphs(shares, chars))

    def _shares(self, line: Grey) -> NDArray[np.float32]:
        """Probabilities of every character at every step along the line."""
        width = min(_WIDEST, max(_HEIGHT, round(line.shape[1] * _HEIGHT / line.shape[0])))
        method = cv2.INTER_AREA if line.shape[0] > _HEIGHT else cv2.INTER_CUBIC
        resized = cv2.resize(line, (width, _HEIGHT), interpolation=method).astype(np.float32)
        scaled = (resized / 255 - 0.5) / 0.5
        shares = self._session.run(None, {self._input: np.repeat(scaled[None, None], 3, axis=1)})[0][0]
        return np.asarray(shares, dtype=np.float32)

    def _within(self, shares: NDArray[np.float32], alphabet: str) -> tuple[NDArray[np.float32], list[str]]:
        columns = [shares[:, 0]]
        for char in alphabet:
            own = [index for index in (self._place_of(char), self._place_of(char.lower())) if index is not None]
            columns.append(shares[:, sorted(set(own))].sum(axis=1))
        return np.stack(columns, axis=1), ["", *alphabet]

    def _place_of(self, char: str) -> int | None:
        return self._chars.index(char) if char in self._chars else None


@cache
def line_reader(model: Path) -> LineReader:
    """The reader of this model, loaded once a process."""
    return LineReader(model)


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
