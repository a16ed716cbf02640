"""Work on a stranger's bytes in a forked process that can do nothing else; its answer comes through a pipe.

Forking takes a millisecond where starting Python takes a hundred, and everything needed is imported already.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from documents.extraction import confine
from documents.extraction.limits import Refused

_FILE_BYTES = 64 * 1024 * 1024
_FILES = 32
_FIRST_OWN = 3  # after standard input, output and error
_TOO_SLOW = {signal.SIGXCPU, signal.SIGALRM}


def run_locked(work: Callable[[], Any], *, memory: int, seconds: int) -> Any:
    """What `work` returns, as plain JSON values. Raises Refused `too_slow` or `crashed` where it did not survive.

    `memory` is address space in bytes beyond what this process holds at the fork; `seconds` limits processor time, and twice
    as much by the clock.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        os.close(reading)
        _answer(work, memory, seconds, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        raise Refused("too_slow" if os.WTERMSIG(status) in _TOO_SLOW else "crashed")
    if os.WEXITSTATUS(status):
        raise Refused("crashed")
    return json.loads(answer)


def _answer(work: Callable[[], Any], memory: int, seconds: int, pipe: int) -> None:
    """The life of the forked process; never returns."""
    code = 1
    try:
        _close_all_but(pipe)
        confine.limit(memory=_held() + memory, seconds=seconds, file_bytes=_FILE_BYTES, files=_FILES)
        confine.forbid_everything_but_reading()
        signal.alarm(2 * seconds)
        with os.fdopen(pipe, "w") as stream:
            json.dump(work(), stream)
        code = 0
    finally:
        os._exit(code)


def _close_all_but(pipe: int) -> None:
    """What the parent had open is no business of the fork's, and would count against its limit of open files."""
    os.closerange(_FIRST_OWN, pipe)
    os.closerange(pipe + 1, os.sysconf("SC_OPEN_MAX"))


def _held() -> int:
    """Bytes of address space that this process has mapped: a fork begins with all of it (proc_pid_statm(5))."""
    with open("/proc/self/statm") as stream:  # noqa: PTH123 - between fork and lock as little as possible
        return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
