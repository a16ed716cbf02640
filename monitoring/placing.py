"""Files beside the database that hold personal data: put in place whole or not at all."""

import os
from pathlib import Path


def place_file(path: Path, content: bytes) -> None:
    """Writes a file that only the owner may read (it holds personal data); a crash leaves the old one or the new one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
