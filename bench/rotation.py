"""`make bench-rotation`: moving files of the content store to a new key, and what sealing and opening them costs."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from bench.machine import machine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
_KB = 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--kilobytes", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings.configure(DOCUMENT_ROOT=folder, DOCUMENT_KEYS={"old": "a secret of before"})
        from documents import store

        print(machine())
        print(f"{options.files} files of {options.kilobytes} kB")
        contents = [os.urandom(options.kilobytes * _KB) for _ in range(options.files)]
        _print("sealed and synced", options.files, lambda: [store.put(content) for content in contents])
        _print("opened", options.files, lambda: [store.get(digest) for digest in store.digests()])
        settings.DOCUMENT_KEYS = {"new": "another secret", "old": "a secret of before"}
        _print("moved to a new key", options.files, lambda: list(store.renew_all()))
        _print("looked at again", options.files, lambda: list(store.renew_all()))


def _print(what: str, files: int, work: Callable[[], object]) -> None:
    wall, used = time.perf_counter(), time.process_time()
    work()
    wall, used = time.perf_counter() - wall, time.process_time() - used
    print(f"{what:20} {files / wall:8.0f} files/s  {used / files * 1000:6.2f} ms CPU each")


if __name__ == "__main__":
    main()
