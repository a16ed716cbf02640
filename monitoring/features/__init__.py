"""Kernels behind aggregates: columns computed for one subject's rows or for millions. NumPy; no Django."""
