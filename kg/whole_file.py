"""Files that appear under their names when everything is written, and not at all if that fails: nobody ever finds half of one."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KgError

STANDARD_OUTPUT = Path("-")


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A binary file to be written, in a folder that is made if need be; KgError if it cannot be written.

    A link is followed. What is no file, as a device or a pipe, is written into: replacing it would take it from everybody.
    """
    try:
        if target == STANDARD_OUTPUT:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        place = Path(os.path.realpath(target))
        if target.exists() and not place.is_file():
            with target.open("wb") as stream:
                yield stream
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        with _beside(place) as stream:
            yield stream
    except BrokenPipeError:
        raise  # of which nobody is left to be told
    except OSError as error:
        raise KgError(f"cannot be written: {error.strerror or error}", file=target) from error


@contextmanager
def _beside(place: Path) -> Iterator[IO[bytes]]:
    """A file beside `place`, which takes that name in the end."""
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name[:40]}.", delete=False) as stream:
        partial = Path(stream.name)
        try:
            yield stream
            stream.close()
            mask = os.umask(0)
            os.umask(mask)
            partial.chmod(0o666 & ~mask)
            os.replace(partial, place)
        finally:
            partial.unlink(missing_ok=True)
