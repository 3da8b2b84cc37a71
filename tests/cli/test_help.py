"""Every command has help with an example and stands in docs/cli.md."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from kg.cli import COMMANDS, root
from kg.cli.reference import commands, reference

ALL = {path: (command, context) for path, command, context in commands()}


@pytest.mark.parametrize("path", ALL)
def test_help_shows_an_example(path):
    done = CliRunner().invoke(root, [*path.split()[1:], "--help"])
    assert done.exit_code == 0, done.output
    assert f"Usage: {path}" in done.output.replace("root", "kg", 1)
    command, context = ALL[path]
    assert "Example:" in command.get_help(context)
    assert f"  {path}" in command.get_help(context).partition("Example:")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_line_in_kg_help_is_the_command_s_own(name):
    first = (ALL[f"kg {name}"][0].help or "").split("\n")[0]
    assert COMMANDS[name][1] == first


def test_options_have_help():
    missing = [
        f"{path} {option.opts[-1]}"
        for path, (command, _) in ALL.items()
        for option in command.params
        if option.param_type_name == "option" and not option.help and option.name not in ("form",)  # type: ignore[attr-defined]
    ]
    assert missing == []


def test_docs_are_the_help(root):
    written = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == reference(), "run make docs"


def test_examples_name_files_that_are_there(root):
    named = sorted(set(re.findall(r"(?<=[ '])corpus/[^\s']+", (root / "docs" / "cli.md").read_text(encoding="utf-8"))))
    assert len(named) >= 5
    assert [path for path in named if not list(root.glob(path))] == []


def test_unknown_command_offers_the_nearest():
    done = CliRunner().invoke(root, ["biuld", "x"])
    assert done.exit_code == 2
    assert "no command 'biuld', did you mean 'build'?" in done.output
