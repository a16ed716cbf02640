"""Reading a folder of files without keeping anything: what `manage.py extract_documents` does."""

import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from documents.extraction.checks import CheckResult, FormFacts, check_document, facts_of
from documents.extraction.limits import MAX_BYTES
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.results import result_line
from documents.extraction.sandbox import read_in_child
from documents.extraction.shapes import Reading

Reader = Callable[[bytes], Reading]
_NOBODY = FormFacts(())


def files_in(folder: Path) -> list[Path]:
    """Every entry below `folder` that is no directory, in order of its path; links are not followed into folders."""
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def read_folder(folder: Path, reader: Reader, today: date, workers: int) -> Iterator[dict[str, Any]]:
    """A result line (`extraction/results.py`) for every file, as they come; `workers` files are read at a time.

    Nothing is stored and there is no form to compare with. Closing the iterator waits for what is being read.
    """
    with ThreadPoolExecutor(workers, thread_name_prefix="extract") as pool, ExitStack() as stack:
        stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        yield from pool.map(lambda path: _line(path, str(path.relative_to(folder)), reader, today), files_in(folder))


def deterministic_reader(settings: OcrSettings, today: date) -> Reader:
    """Reads one file's bytes in a child process, by rules and Tesseract alone."""

    def read(content: bytes) -> Reading:
        with read_in_child(content, settings, today) as (reading, _):
            return reading

    return read


def _line(path: Path, name: str, reader: Reader, today: date) -> dict[str, Any]:
    started = time.monotonic()
    content = _content(path)
    reading = content if isinstance(content, Reading) else reader(content)
    return result_line(name, reading, _checks(reading, today), time.monotonic() - started)


def _content(path: Path) -> bytes | Reading:
    """The file's bytes, or the refusal of what is no ordinary file, cannot be opened or is too large to look at."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Reading(refusal="unreadable")
        return path.read_bytes() if status.st_size <= MAX_BYTES else Reading(refusal="too_large")
    except OSError:
        return Reading(refusal="unreadable")


def _checks(reading: Reading, today: date) -> list[CheckResult]:
    if reading.refusal:
        return []
    return check_document(facts_of(reading), _NOBODY, today)
