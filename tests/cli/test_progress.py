"""The bar of a command that takes long: for who watches a terminal, and without a thread, beside which no process could be forked."""

from __future__ import annotations

import io
import threading

import pytest

from kg.cli.output import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error as a terminal; in the test itself, before which pytest puts a stream of its own there."""
    monkeypatch.setattr("sys.stderr", stream := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    return stream


def test_a_bar_moves_without_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    threads = threading.active_count()
    with progress("building") as report:
        assert report is not None and terminal.getvalue() == ""
        report(1, 3)
        assert "building" in terminal.getvalue() and "1/3" in terminal.getvalue()
        assert threading.active_count() == threads


def test_what_is_done_at_once_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    with progress("building") as report:
        assert report is not None
        report(1, 1)
    assert terminal.getvalue() == ""


def test_where_nobody_watches_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with progress("building") as report:
        assert report is None
