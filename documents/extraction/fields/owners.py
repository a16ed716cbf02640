"""Who owns a company: the rows of a register that hold a name and a share."""

import re
from collections.abc import Iterator

from documents.extraction.fields.rows import Rows, around, columns, text_of
from documents.extraction.shapes import FieldReading, PageReading, Word

_SHARE = re.compile(r"(?P<share>\d{1,3}(?:[.,]\d{1,4})?)\s?%")
_NAME = re.compile(r"(?P<name>(?:[^\W\d_][\w.'’&-]*\s){1,5}[^\W\d_][\w.'’&-]*)")
_WHOLE = 100.0
_LEAST_ROWS = 1


def owner_values(page: PageReading) -> list[FieldReading]:
    """`owners`, joined by semicolons, and `ownership_total`, the sum of their shares in per cent."""
    found = list(_rows_with_share(page))
    if len(found) < _LEAST_ROWS:
        return []
    words = [word for _, _, row in found for word in row]
    sure = round(0.9 * min(word.confidence for word in words), 2)
    source = "text" if page.source == "text" else "ocr"
    total = sum(share for _, share, _ in found)
    return [
        FieldReading("owners", "; ".join(name for name, _, _ in found), sure, source, page.number, around(words)),
        FieldReading("ownership_total", f"{total:g}", sure, source, page.number, around(words)),
    ]


def _rows_with_share(page: PageReading) -> Iterator[tuple[str, float, list[Word]]]:
    for row in Rows(page.words).rows:
        share, name = _SHARE.search(text_of(row)), _NAME.fullmatch(text_of(columns(row)[0]))
        if share is None or name is None:
            continue
        number = float(share["share"].replace(",", "."))
        if 0 < number <= _WHOLE:
            yield name["name"], number, row
