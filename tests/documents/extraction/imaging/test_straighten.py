"""How far a page is turned, and turning it back."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from documents.extraction.imaging.straighten import turn_of, turned
from documents.synthesis import make_specimen


def page_of(kind: str, **more: object) -> NDArray[np.uint8]:
    specimen = make_specimen(kind, 11, wear="clean", turned=0, **more)  # type: ignore[arg-type]
    return np.asarray(Image.open(io.BytesIO(specimen.content)).convert("L"), dtype=np.uint8)


@pytest.mark.parametrize("degrees", [-30.0, -7.5, -1.2, 0.0, 3.3, 12.0, 90.0, 87.0])
def test_turn_of_a_page_is_what_levels_it(degrees: float) -> None:
    page = turned(page_of("bank_statement"), -degrees)
    assert turn_of(page) == pytest.approx(degrees, abs=0.3)


@pytest.mark.parametrize("kind", ["passport", "driving_licence"])
def test_turn_of_a_lying_card_is_a_quarter(kind: str) -> None:
    assert turn_of(np.ascontiguousarray(np.rot90(page_of(kind)))) == pytest.approx(90, abs=1)


def test_picture_without_lines_is_left_as_it_is() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (600, 800), dtype=np.uint8)
    assert turn_of(np.full((300, 400), 255, dtype=np.uint8)) == 0
    assert abs(turn_of(noise)) < 46
    assert turned(noise, 0.1) is not None


def test_turned_picture_loses_nothing() -> None:
    page = np.full((100, 200), 200, dtype=np.uint8)
    page[0, 0] = page[-1, -1] = 0
    assert turned(page, 90).shape == (200, 100)
    assert min(turned(page, 30).shape) > 100
