"""What a spreadsheet makes of a text."""

from reporting.metrics.base import Cell

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones run in some locales


def neutral(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula, made a plain text (OWASP: CSV injection)."""
    runs = isinstance(cell, str) and (cell.startswith(_FORMULA_STARTS) or cell.lstrip().startswith(_FORMULA_STARTS))
    return f"'{cell}" if runs else cell
