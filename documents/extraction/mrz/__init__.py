"""Machine-readable zones (ICAO Doc 9303): their formats, reading them from OCR text, the values they hold."""

from documents.extraction.mrz.assembly import assembled
from documents.extraction.mrz.doubts import agreed, witnessed
from documents.extraction.mrz.formats import check_digit
from documents.extraction.mrz.reading import ZoneLine, best_zone, has_zone_shape, looks_like_zone, read_zone, zones_in
from documents.extraction.mrz.values import zone_fields

__all__ = [
    "ZoneLine",
    "agreed",
    "assembled",
    "best_zone",
    "check_digit",
    "has_zone_shape",
    "looks_like_zone",
    "read_zone",
    "witnessed",
    "zone_fields",
    "zones_in",
]
