"""A file is there whole or not at all, and what is no file stays what it is."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.whole_file import STANDARD_OUTPUT, whole_file


def test_what_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.txt"
    with whole_file(target) as stream:
        stream.write(b"one")
    with pytest.raises(ZeroDivisionError), whole_file(target) as stream:
        stream.write(b"two")
        raise ZeroDivisionError
    assert target.read_bytes() == b"one" and list(target.parent.iterdir()) == [target]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    (tmp_path / "b.txt").symlink_to("a.txt")
    with whole_file(tmp_path / "b.txt") as stream:
        stream.write(b"two")
    assert (tmp_path / "b.txt").is_symlink() and (tmp_path / "a.txt").read_bytes() == b"two"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="LEFT OUT: there are no pipes with names here")
def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "p").read_bytes()))
    reader.start()
    with whole_file(tmp_path / "p") as stream:
        stream.write(b"one")
    reader.join()
    assert read == [b"one"] and (tmp_path / "p").is_fifo()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written: Is a directory"), whole_file(tmp_path) as stream:
        stream.write(b"one")


def test_a_dash_is_standard_output() -> None:
    code = f"from kg.whole_file import whole_file, Path\nwith whole_file(Path({str(STANDARD_OUTPUT)!r})) as stream: stream.write(b'one')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"one"
