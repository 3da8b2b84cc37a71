"""A small corpus built once, and a way to run commands as a user does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

TEXT = """錢塘區要聞
杭州市錢塘區召開會議。2021年7月1日，杭州地鐵8號線一期工程開通。
上半年，錢塘區地區生產總值增長11%，固定資產投資增長7%。
"""
OTHER = "---\ntitle: 高淳区简讯\ndate: 2021-08-01\n---\n# 高淳区简讯\n\n南京市高淳区印发《公园管理办法》。\n"


@dataclass
class Done:
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kg ARGUMENTS…` in this process, as `main` does, and give exit code and both outputs."""
    from kg.cli import main

    def call(*arguments: object) -> Done:
        capfdbinary.readouterr()
        code: object = None
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:  # what `raises` gives would stand in a ring with all that the command has made
            code = left.code
        out, err = capfdbinary.readouterr()
        assert isinstance(code, int)
        return Done(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


def write_corpus(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2021-07-15-qiantang.txt").write_text(TEXT, encoding="utf-8")
    (folder / "gaochun.md").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with a Traditional txt and a Simplified md file."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the corpus; for tests that only read it."""
    from kg.build import build

    folder = tmp_path_factory.mktemp("built")
    report = build([write_corpus(folder / "corpus")], folder / "graph", jobs=1)
    assert report.ok, report
    return folder / "graph"
