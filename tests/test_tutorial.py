"""The tutorial's files and commands, run as they stand in it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from traceback import clear_frames

import pytest
from click.testing import CliRunner

from kg.cli import root

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_tutorial_works_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "a.txt").write_text("中标公告\n第二标段由浙江大学中标。\n", encoding="utf-8")
    commands, outputs = 0, {}
    for language, file, body in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        if file:
            path = tmp_path / file
            path.parent.mkdir(exist_ok=True)
            before = path.read_text(encoding="utf-8") + "\n" if path.exists() else ""
            path.write_text(before + body, encoding="utf-8")
        elif language == "console":
            for line in body.splitlines():
                assert line.startswith("$ kg ")
                result = CliRunner().invoke(root, shlex.split(line[5:]))
                clear_frames(result.exc_info[2])  # which else keep all that the command has made
                assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception!r}"
                if "rules test" not in line:
                    outputs[line[5:].split()[0]] = result.output
                commands += 1
    assert commands == 15
    assert re.findall(r"^  (\w+) +(\d)$", outputs["info"], re.MULTILINE) == [("Lot", "2"), ("Body", "1"), ("tenderedBy", "1"), ("wonBy", "1")]
    assert "第二标段" in outputs["ask"] and "浙江大学" in outputs["ask"]
    assert re.search(r"^第三标段 +中标金额 +level +3,680,000 ", outputs["figures"], re.MULTILINE)
    assert re.search(r"^known Area +青湖科学城 +zone-qinghu", outputs["rules"], re.MULTILINE)
    assert "kgr:" in outputs["query"]
    assert "wonBy" in outputs["explain"] and "浙江大学" in outputs["explain"]
