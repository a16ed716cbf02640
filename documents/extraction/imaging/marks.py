"""The small dark marks on a page that may be characters."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
_SIDE = 1100  # pixels of the longer side at which marks are looked for
_LEAST_HEIGHT, _SHARE_OF_SIDE = 4, 0.07
_BLOCK, _CONTRAST = 25, 11
_SLENDER = 8


@dataclass(frozen=True)
class Marks:
    """`boxes` are rows of left, top, width, height in pixels of the page; `scale` is the small page's share of it."""

    boxes: NDArray[np.float32]
    scale: float

    @property
    def middles(self) -> NDArray[np.float32]:
        """x and y of each mark's middle."""
        return np.asarray(self.boxes[:, :2] + self.boxes[:, 2:] / 2, dtype=np.float32)

    @property
    def height(self) -> float:
        """The usual height of a mark; 1 where there is none."""
        return float(np.median(np.maximum(self.boxes[:, 2], self.boxes[:, 3]))) if len(self.boxes) else 1.0


def marks_on(grey: Grey) -> Marks:
    """Connected dark spots that are neither specks nor pictures."""
    scale = min(1.0, _SIDE / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _BLOCK, _CONTRAST)
    _, _, found, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    boxes = found[1:, :4].astype(np.float32)
    longer, shorter = boxes[:, 2:].max(axis=1), boxes[:, 2:].min(axis=1)
    kept = (longer >= _LEAST_HEIGHT) & (longer <= _SHARE_OF_SIDE * max(small.shape)) & (longer <= _SLENDER * shorter)
    return Marks(np.asarray(boxes[kept] / scale, dtype=np.float32), scale)
