"""What a confined process cannot do. Each test confines a process of its own."""

import subprocess
import sys

import pytest

from documents.extraction import confine

_TRY = """
from documents.extraction import confine
import os, socket
confine.{confinement}()
try:
    {attempt}
    print("allowed")
except PermissionError:
    print("refused")
"""
needs_filter = pytest.mark.skipif(not confine.can_filter(), reason="libseccomp is not installed")


def tried(confinement: str, attempt: str) -> str:
    code = _TRY.format(confinement=confinement, attempt=attempt)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@needs_filter
@pytest.mark.parametrize(
    "attempt",
    ["socket.socket()", "os.fork()", "os.execv('/bin/true', ['true'])", "os.unlink('/nowhere')", "os.kill(1, 0)"],
)
def test_decoder_can_do_nothing_but_read(attempt: str) -> None:
    assert tried("forbid_everything_but_reading", attempt) == "refused"


@needs_filter
def test_reader_has_no_network_but_may_start_tesseract() -> None:
    assert tried("forbid_network", "socket.socket()") == "refused"
    assert tried("forbid_network", "os.spawnlp(os.P_WAIT, 'true', 'true')") == "allowed"


def test_limits_hold_for_memory() -> None:
    code = """
from documents.extraction import confine
confine.limit(memory=300_000_000, seconds=5, file_bytes=1000, files=16)
try:
    bytearray(400_000_000)
except MemoryError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"
