"""Files that appear under their names when everything is written, and not at all if that fails: nobody ever finds half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A binary file to be written, in a folder that is there; OSError if it cannot be."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as stream:
        partial = Path(stream.name)
        try:
            yield stream
            stream.close()
            mask = os.umask(0)
            os.umask(mask)
            partial.chmod(0o666 & ~mask)
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
