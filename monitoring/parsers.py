"""Bodies of requests that carry rows: CSV, and NDJSON as a stream."""

from typing import Any

from rest_framework.parsers import BaseParser

from monitoring.deliveries import rows_from_ndjson
from monitoring.rows import rows_of_csv


class CsvParser(BaseParser):
    """`text/csv` with a header, as delivered rows."""

    media_type = "text/csv"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return rows_of_csv(stream.read(), parser_context["view"].shape)


class NdjsonParser(BaseParser):
    """`application/x-ndjson`, one row a line: read while it is stored, whatever its length."""

    media_type = "application/x-ndjson"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return rows_from_ndjson(stream)
