"""Transactions as CSV in the body of a request."""

from typing import Any

from rest_framework.parsers import BaseParser

from monitoring.rows import transactions_from_csv


class CsvParser(BaseParser):
    """`text/csv` with a header, as delivered rows."""

    media_type = "text/csv"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return transactions_from_csv(stream.read())
