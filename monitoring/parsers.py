"""Transactions as CSV in the body of a request."""

import csv
import io
from typing import Any

from rest_framework.parsers import BaseParser


class CsvParser(BaseParser):
    """`text/csv` with a header, as a list of rows."""

    media_type = "text/csv"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
        return list(csv.DictReader(text))
