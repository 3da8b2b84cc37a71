"""Ending a command that waits for the store: its code, in Rust, looks neither at Ctrl-C nor at the clock."""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def stoppable(seconds: float | None = None) -> Iterator[None]:
    """While the block runs, Ctrl-C ends the process at once (code 130), and so do `seconds` (code 2), with a message.

    For commands that only read: nothing is tidied up. In another thread than the main one the block just runs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reading, writing = socket.socketpair()
    writing.setblocking(False)

    def watch() -> None:
        with reading:
            ready, _, _ = select.select([reading], [], [], seconds)
            if not ready:
                click.echo(f"kg: the query was stopped after {seconds:g} seconds\n    ask for less, or give it longer: --timeout", err=True)
                os._exit(2)
            if reading.recv(1):
                click.echo("kg: stopped", err=True)
                os._exit(130)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    before = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        writing.close()
        watcher.join()
