"""What happens to a page between its printer and our reader: scanning, photographing, compression. By `chance` alone."""

import io
import random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
WEARS = ("clean", "scan", "photo", "poor")


def worn(page: Image.Image, wear: str, chance: random.Random, *, turned: int = 0) -> bytes:
    """The page as a JPEG (PNG where `clean`) after `wear`, turned by `turned` quarters to the left."""
    pixels: Pixels = np.asarray(page.convert("RGB"), dtype=np.uint8)
    noise = np.random.default_rng(chance.randrange(2**32))
    if wear == "scan":
        pixels = _noisy(_turned(pixels, chance.uniform(-3, 3), 250), noise, chance.uniform(2, 8))
        pixels = _blurred(pixels, chance.uniform(0, 0.9))
    if wear in {"photo", "poor"}:
        pixels = _lit(_on_a_desk(pixels, noise, chance), chance, glare=wear == "poor")
        pixels = _blurred(pixels, chance.uniform(0.4, 1.6 if wear == "poor" else 1.0))
        pixels = _noisy(pixels, noise, chance.uniform(3, 12 if wear == "poor" else 7))
    if wear == "poor":
        pixels = _scaled(pixels, chance.uniform(0.45, 0.75))
    pixels = np.ascontiguousarray(np.rot90(pixels, turned))
    return _encoded(pixels, wear, chance)


def _encoded(pixels: Pixels, wear: str, chance: random.Random) -> bytes:
    stream = io.BytesIO()
    picture = Image.fromarray(pixels)
    if wear == "clean":
        picture.save(stream, "PNG")
    else:
        picture.save(stream, "JPEG", quality=chance.randint(35, 60) if wear == "poor" else chance.randint(65, 92))
    return stream.getvalue()


def _turned(pixels: Pixels, degrees: float, ground: int) -> Pixels:
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(
        cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(ground, ground, ground)),
        dtype=np.uint8,
    )


def _on_a_desk(pixels: Pixels, noise: np.random.Generator, chance: random.Random) -> Pixels:
    """The page seen a little from the side, on a desk whose grain is a slow wave."""
    height, width = pixels.shape[:2]
    margin = int(0.06 * max(width, height))
    full = (width + 2 * margin, height + 2 * margin)
    tilt = 0.035 * min(width, height)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    shift = noise.uniform(-tilt, tilt, (4, 2)).astype(np.float32)
    placed = corners + margin + shift
    angle = np.deg2rad(chance.uniform(-6, 6))
    middle = placed.mean(axis=0)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], dtype=np.float32)
    placed = ((placed - middle) @ spin.T + middle).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, placed)
    grain = np.sin(np.linspace(0, 40, full[0]))[None, :] * 6 + chance.randint(60, 160)
    desk = np.repeat(np.repeat(grain, full[1], axis=0)[:, :, None], 3, axis=2).astype(np.uint8)
    seen = cv2.warpPerspective(pixels, matrix, full, flags=cv2.INTER_CUBIC)
    there = cv2.warpPerspective(np.full((height, width), 255, dtype=np.uint8), matrix, full)[:, :, None] > 127
    return np.where(there, seen, desk).astype(np.uint8)


def _lit(pixels: Pixels, chance: random.Random, *, glare: bool) -> Pixels:
    """Light that falls off across the page; with `glare` a bright spot where a lamp is mirrored."""
    height, width = pixels.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    slope = chance.uniform(-0.35, 0.35) * columns / width + chance.uniform(-0.35, 0.35) * rows / height
    light = 0.95 + slope - slope.mean()
    shown = pixels * light[:, :, None]
    if glare:
        x, y, size = chance.random() * width, chance.random() * height, chance.uniform(0.08, 0.2) * width
        spot = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * size**2))
        shown = shown + 90 * spot[:, :, None]
    return np.asarray(np.clip(shown, 0, 255), dtype=np.uint8)


def _blurred(pixels: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), dtype=np.uint8) if sigma > 0.2 else pixels


def _noisy(pixels: Pixels, noise: np.random.Generator, strength: float) -> Pixels:
    return np.clip(pixels + noise.normal(0, strength, pixels.shape), 0, 255).astype(np.uint8)


def _scaled(pixels: Pixels, factor: float) -> Pixels:
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)
