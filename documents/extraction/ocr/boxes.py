"""Finding lines of text on a picture by PaddleOCR's small model (differentiable binarisation, arXiv 1911.08947)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.extraction.ocr.protocol import Colours
from documents.extraction.shapes import Box

_SIDE, _LARGE_SIDE, _LARGE, _STEP = 960, 1280, 1500, 32
_MEAN, _SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_INK, _SURE_LINE, _GROW = 0.3, 0.5, 1.6
_LEAST_SIDE = 4


@dataclass(frozen=True)
class TextLine:
    """A line's picture, level, and its upright box on the page."""

    picture: NDArray[np.uint8]
    box: Box


class LineFinder:
    """Finds lines with one model; loading it takes a tenth of a second."""

    def __init__(self, model: Path) -> None:
        import onnxruntime  # only pages that need it pay for loading it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session: Any = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def find(self, page: Colours) -> list[TextLine]:
        """The lines on a page in reading order."""
        side = max(page.shape[:2])
        scale = (_LARGE_SIDE if side > _LARGE else _SIDE) / side
        size = [max(_STEP, round(edge * scale / _STEP) * _STEP) for edge in (page.shape[1], page.shape[0])]
        resized = cv2.resize(page, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        scaled = (resized[:, :, ::-1].astype(np.float32) / 255 - np.array(_MEAN, np.float32)) / np.array(
            _SPREAD, np.float32
        )
        ink = self._session.run(None, {self._input: scaled.transpose(2, 0, 1)[None]})[0][0, 0]
        factors = (page.shape[1] / size[0], page.shape[0] / size[1])
        contours, _ = cv2.findContours((ink > _INK).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
        lines = [line for contour in contours if (line := _line(contour, ink, factors, grey)) is not None]
        return _in_reading_order(lines)


@cache
def line_finder(model: Path) -> LineFinder:
    """The finder of this model, loaded once a process."""
    return LineFinder(model)


def _line(
    contour: NDArray[np.int32], ink: NDArray[np.float32], factors: tuple[float, float], grey: NDArray[np.uint8]
) -> TextLine | None:
    (x, y), (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < _LEAST_SIDE - 1 or _mean_within(contour, ink) < _SURE_LINE:
        return None
    if width < height:
        width, height, angle = height, width, angle - 90
    grow = width * height * _GROW / (2 * (width + height))
    width, height = (width + 2 * grow) * factors[0], (height + 2 * grow) * factors[1]
    angle = angle + 180 if angle < -90 else angle - 180 if angle > 90 else angle  # noqa: PLR2004 - right angles
    middle = (x * factors[0], y * factors[1])
    matrix = cv2.getRotationMatrix2D(middle, angle, 1)
    matrix[:, 2] += np.array([width / 2 - middle[0], height / 2 - middle[1]])
    size = (max(1, int(width)), max(1, int(height)))
    picture = cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    corners = cv2.boxPoints((middle, (width, height), angle))
    left, top = (int(max(0, edge)) for edge in corners.min(axis=0))
    right, bottom = (int(edge) for edge in corners.max(axis=0))
    return TextLine(np.asarray(picture, dtype=np.uint8), (left, top, right, bottom))


def _mean_within(contour: NDArray[np.int32], ink: NDArray[np.float32]) -> float:
    left, top, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.drawContours(mask, [contour - (left, top)], -1, 1, -1)
    return float(cv2.mean(ink[top : top + height, left : left + width], mask)[0])


def _in_reading_order(lines: list[TextLine]) -> list[TextLine]:
    """From the top, lines of one height from the left."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda item: item.box[1] + item.box[3]):
        middle = (line.box[1] + line.box[3]) / 2
        if rows and abs((rows[-1][0].box[1] + rows[-1][0].box[3]) / 2 - middle) < 0.5 * (line.box[3] - line.box[1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda item: item.box[0])]
