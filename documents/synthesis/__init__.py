"""Fictional documents made by code, each with its truth: for training, benchmarks, demonstrations and tests."""

from documents.synthesis.specimens import KINDS, Specimen, make_specimen

__all__ = ["KINDS", "Specimen", "make_specimen"]
