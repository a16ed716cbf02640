"""JSON bodies, of a size that a request may have: what is larger is refused before it is held in memory and read."""

from io import BytesIO
from typing import Any

from django.conf import settings
from rest_framework.parsers import JSONParser

from core.exceptions import ProbityError
from core.words import said

_MB = 1024 * 1024


class TooLarge(ProbityError):
    """The body is larger than this operation takes."""

    status, code, title = 413, "too_large", "Too large"


class BoundedJsonParser(JSONParser):
    """JSON of up to `JSON_BODY_BYTES`. Raises TooLarge."""

    def most_bytes(self) -> int:
        """How large a body may be."""
        return int(settings.JSON_BODY_BYTES)

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        most = self.most_bytes()
        content = stream.read(most + 1)
        if len(content) > most:
            raise TooLarge(said("This takes up to {number} MB of JSON.", number=most // _MB))
        return super().parse(BytesIO(content), media_type, parser_context)


class DocumentsJsonParser(BoundedJsonParser):
    """JSON that carries documents in base64: as much as a form with files."""

    def most_bytes(self) -> int:
        return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
