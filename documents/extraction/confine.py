"""What a process that handles a stranger's bytes may do: limits set by the kernel, and no way out of it."""

import ctypes
import errno
import os
import resource
import signal
from importlib.util import find_spec

_PR_SET_PDEATHSIG = 1
_NETWORK = (
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg",
)  # fmt: skip
_SYSTEM = (
    "ptrace", "process_vm_readv", "process_vm_writev", "mount", "umount2", "pivot_root", "chroot", "unshare", "setns",
    "bpf", "perf_event_open", "add_key", "request_key", "keyctl", "kexec_load", "init_module", "finit_module",
    "delete_module", "userfaultfd", "io_uring_setup", "open_by_handle_at",
)  # fmt: skip
_PROCESSES = ("execve", "execveat", "fork", "vfork", "clone", "clone3", "kill", "tkill", "pidfd_open")
_FILES = ("unlink", "unlinkat", "rename", "renameat", "renameat2", "symlink", "symlinkat", "link", "linkat", "chmod",
          "fchmod", "fchmodat", "chown", "fchown", "fchownat", "truncate")  # fmt: skip


def end_with_parent(parent: int) -> None:
    """From now on the kernel ends this process when `parent`, which started it, is gone: no orphan outlives a worker."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def limit(*, memory: int, seconds: int, file_bytes: int, files: int) -> None:
    """Limits of address space (bytes), processor time (s), size of a written file (bytes), open files. No core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def can_filter() -> bool:
    """Whether libseccomp and its binding are installed."""
    return find_spec("pyseccomp") is not None and _has_libseccomp()


def forbid_network() -> None:
    """No socket and nothing of the system, for this process and all it starts. Only the limits hold without libseccomp."""
    _forbid(_NETWORK + _SYSTEM)


def forbid_everything_but_reading() -> None:
    """No socket, no process, no change of a file but those it opens. Only the limits hold without libseccomp."""
    _forbid(_NETWORK + _SYSTEM + _PROCESSES + _FILES)


def _forbid(calls: tuple[str, ...]) -> None:
    if not can_filter():
        return
    import pyseccomp  # loads libseccomp, which only a child needs

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in calls:
        if pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) >= 0:  # fork and others are not on every machine
            rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
    rules.load()


def _has_libseccomp() -> bool:
    try:
        ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return False
    return True
