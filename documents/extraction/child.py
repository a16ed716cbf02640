"""The child process: reads one file under limits and prints the reading as JSON. `python -m documents.extraction.child`.

Arguments: the worker's process id, the file, the folder for page images, the OCR-B model (or an empty text), the
languages, today's date. Exit code 69 (sysexits.h: a service is unavailable) says that Tesseract is not usable here.
"""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from documents.extraction import confine
from documents.extraction.limits import MAX_BYTES, MEMORY_BYTES, SECONDS
from documents.extraction.ocr_settings import NO_ENGINE, OcrSettings, OcrUnavailable
from documents.extraction.reader import read_document
from documents.extraction.stages import peak_megabytes


def main(arguments: list[str]) -> int:
    """Sets the limits after the imports (which need more than parsing does), then reads."""
    parent, file, images, model, languages, today = arguments
    confine.end_with_parent(int(parent))
    confine.limit(memory=MEMORY_BYTES, seconds=SECONDS, file_bytes=10 * MAX_BYTES, files=64)
    confine.forbid_network()
    settings = OcrSettings(languages, Path(model) if model else None)
    try:
        reading = read_document(
            Path(file).read_bytes(), images=Path(images), today=date.fromisoformat(today), settings=settings
        )
    except OcrUnavailable as error:
        sys.stderr.write(str(error))
        return NO_ENGINE
    json.dump(replace(reading, memory_mb=peak_megabytes()).as_json(), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
