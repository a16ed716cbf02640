"""Starting the child that reads one file, and ending it with everything it started when it takes too long."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from documents.extraction.limits import SECONDS
from documents.extraction.ocr_settings import NO_ENGINE, OcrSettings, OcrUnavailable
from documents.extraction.shapes import Reading, reading_from_json

_HOME = Path(__file__).resolve().parent.parent.parent
_KILLED_BY_CPU_LIMIT = -signal.SIGXCPU


@contextmanager
def read_in_child(
    content: bytes, settings: OcrSettings, today: date, *, seconds: float = SECONDS
) -> Iterator[tuple[Reading, Path]]:
    """(reading, folder with its page images) for the block; the folder is gone after it.

    The child gets its own session, so that ending it ends Tesseract too. A crash, a time-out or an overrun of memory
    is a refusal of the document, never an error of the caller. Raises OcrUnavailable where Tesseract is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="probity-read-") as name:
        folder = Path(name)
        (folder / "images").mkdir()
        (folder / "file").write_bytes(content)
        yield _run(folder, settings, today, seconds), folder / "images"


def _run(folder: Path, settings: OcrSettings, today: date, seconds: float) -> Reading:
    arguments = [
        str(os.getpid()), str(folder / "file"), str(folder / "images"), str(settings.mrz_model or ""),
        settings.languages, today.isoformat(),
    ]  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - our own module with arguments we made
        [sys.executable, "-m", "documents.extraction.child", *arguments],
        cwd=_HOME, env=_environment(folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:  # fmt: skip
        try:
            out, told = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return Reading(refusal="too_slow")
        finally:
            _end(child)
    return _reading(child.returncode, out, told)


def _reading(code: int, out: bytes, told: bytes) -> Reading:
    if code == NO_ENGINE:
        raise OcrUnavailable(told.decode(errors="replace")[-300:])
    if code == _KILLED_BY_CPU_LIMIT:
        return Reading(refusal="too_slow")
    return reading_from_json(json.loads(out)) if code == 0 else Reading(refusal="crashed", warnings=(_how(code, told),))


def _how(code: int, told: bytes) -> str:
    """How the reader ended, for the people who run this: the signal or the kind of error, nothing of the document."""
    if code < 0:
        return f"the reader was ended by {signal.Signals(-code).name}"
    last = told.decode(errors="replace").strip().splitlines()[-1:] or [""]
    return f"the reader ended with {last[0].partition(':')[0][:60] or code}"


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends whatever is left of the child's session."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _environment(folder: Path) -> dict[str, str]:
    """No secret of the worker reaches the child; one thread a child, so that children do not fight for cores."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TESSDATA_PREFIX") if name in os.environ}
    return kept | {
        "OMP_THREAD_LIMIT": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TMPDIR": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
