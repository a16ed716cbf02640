"""The child process: reads one file under limits and prints the reading as JSON. `python -m documents.extraction.child`.

Arguments: the file, the folder for page images, the OCR-B model (or an empty text), the languages, today's date.
"""

import json
import resource
import sys
from datetime import date
from pathlib import Path

from documents.extraction.limits import MAX_BYTES, MEMORY_BYTES, SECONDS
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.reader import read_document


def main(arguments: list[str]) -> None:
    """Sets the limits after the imports (which need more than parsing does), then reads."""
    file, images, model, languages, today = arguments
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (10 * MAX_BYTES, 10 * MAX_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    settings = OcrSettings(languages, Path(model) if model else None)
    reading = read_document(
        Path(file).read_bytes(), images=Path(images), today=date.fromisoformat(today), settings=settings
    )
    json.dump(reading.as_json(), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
