"""Bounds for a worker process: address space, life time, and no network where the system lets a process give it up."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1


def isolate() -> bool:
    """Leaves the network and dies with the parent; True if the network is gone. Must run before any thread starts.

    A second wall behind the refusal of SERVICE: in a network namespace of its own a process has no route to anybody.
    Containers often forbid it, and other systems have no such call; then the first wall stands alone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends its workers
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWNET) == 0)


def allow_memory(extra: int | None) -> None:
    """Bounds the address space to what is in use now plus `extra` bytes; None lifts the bound (for opening a store)."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = resource.RLIM_INFINITY if extra is None else address_space() + extra
    if hard != resource.RLIM_INFINITY and (wanted == resource.RLIM_INFINITY or wanted > hard):
        wanted = hard
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def live_at_most(seconds: float) -> None:
    """The kernel ends this process after so long, even in the middle of a query, should nobody else do it. 0: never."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
