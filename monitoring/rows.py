"""Delivered rows of the kinds that are known, out of the formats that carry their own names."""

from monitoring.deliveries import DeliveredRow, rows_from_csv
from monitoring.intake.kinds import TRANSACTION
from monitoring.intake.shapes import Shape


def rows_of_csv(content: bytes, shape: Shape = TRANSACTION) -> list[DeliveredRow]:
    """The rows of a CSV file whose columns are the names of the shape; raises InvalidInput."""
    return rows_from_csv(content, columns=list(shape.cells), required=shape.required)
