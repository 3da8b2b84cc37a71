"""What is installed is what was locked: every dependency by version and hash, and no other comes in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-dev.lock": PROJECT["dependency-groups"]["dev"],
    "requirements-build.lock": PROJECT["dependency-groups"]["build"],
}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==[^\s;\\]+(?:\s*;[^\\]*)?((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def _name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", requirement)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked_with_its_hashes(lock: str) -> None:
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    pinned = {_name(found[1]) for found in _PIN.finditer(text)}
    named = {_name(line) for line in re.findall(r"^[A-Za-z0-9].*", text, re.MULTILINE)}
    assert named == pinned  # each has a version and a hash
    assert {_name(requirement) for requirement in LOCKS[lock]} <= pinned


def test_nothing_is_installed_but_what_is_locked() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pip = re.search(r"^PIP := (.*)$", makefile, re.MULTILINE)
    assert pip and {"--require-hashes", "--no-deps"} <= set(pip[1].split())
    others = [line for line in makefile.splitlines() if "pip install" in line and not line.startswith("PIP")]
    assert [line for line in others if "--no-deps" not in line and ".audit/" not in line] == []


def test_advisories_are_looked_up_where_they_can_be_had() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make audit" in script and "LEFT OUT" in script
