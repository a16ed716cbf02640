"""Optical character recognition: Tesseract for pages, and a second engine (PaddleOCR's small models) for single lines."""
