"""How far a page is turned: text stands in lines, and lines show as peaks when marks are counted by their height."""

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.extraction.imaging.marks import Grey, marks_on

_FEW_MARKS = 25
_MOST_MARKS = 4000
_COARSE, _FINE = 1.0, 0.1
LEAST_TURN = 0.25  # degrees: less is not worth a resampled page
_SLIGHT = 8.0
_CLEAR, _PLAIN = 1.4, 1.6  # times the usual peak: below that there are no lines to go by, as in a photograph
_SURER = 1.15  # how much clearer upright lines must be than lying ones to count, and the other way round


def turn_of(grey: Grey) -> float:
    """Degrees by which the page must be turned to the left for its lines to be level, in (-45, 135].

    Whether it then stands on its head cannot be seen from marks; the reader finds that out.
    """
    marks = marks_on(grey)
    points = marks.middles
    if len(points) < _FEW_MARKS:
        return 0.0
    if len(points) > _MOST_MARKS:
        points = points[:: len(points) // _MOST_MARKS + 1]
    step = max(1.5 / marks.scale, marks.height / 4)
    coarse = np.arange(-45, 135, _COARSE)
    peaks = _peaks(points, coarse, step)
    level = coarse[:90][int(np.argmax(peaks[:90]))]
    lying = coarse[90:][int(np.argmax(peaks[90:]))]
    best = lying if peaks[90:].max() > peaks[:90].max() * _SURER else level
    if peaks.max() < np.median(peaks) * (_CLEAR if abs(best) <= _SLIGHT else _PLAIN):
        return 0.0
    fine = np.arange(best - 1.2, best + 1.2, _FINE)
    return float(fine[int(np.argmax(_peaks(points, fine, step / 2)))])


def turned(picture: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """The picture turned to the left, grown so that nothing is cut off; quarters are exact."""
    quarters = round(degrees / 90)
    rest = degrees - 90 * quarters
    upright = np.ascontiguousarray(np.rot90(picture, quarters))
    if abs(rest) < LEAST_TURN:
        return upright
    height, width = upright.shape[:2]
    sine, cosine = abs(np.sin(np.deg2rad(rest))), abs(np.cos(np.deg2rad(rest)))
    full = (int(width * cosine + height * sine), int(height * cosine + width * sine))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rest, 1)
    matrix[:, 2] += (full[0] - width) / 2, (full[1] - height) / 2
    ground = tuple(float(value) for value in np.atleast_1d(np.median(upright, axis=(0, 1))))
    done = cv2.warpAffine(
        upright, matrix, full, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=ground
    )
    return np.asarray(done, dtype=np.uint8)


def _peaks(points: NDArray[np.float32], angles: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """For each angle, how unevenly the marks fall into level rows `step` pixels high."""
    radians = np.deg2rad(angles)
    # Turning a page to the left by a takes the height y of a point to y cos a - x sin a (y counts downwards).
    heights = points[:, 1:2] * np.cos(radians) - points[:, :1] * np.sin(radians)
    rows = np.floor(heights / step).astype(np.int64)
    rows -= rows.min(axis=0)
    return np.array([float((np.bincount(column) ** 2).sum()) for column in rows.T])
