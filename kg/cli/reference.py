"""docs/cli.md, made from the commands' own help: `python -m kg.cli.reference > docs/cli.md` (or `make docs`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from kg.cli import COMMANDS, root

_HEAD = """# Command line

Made from the commands' own help by `make docs`; a test compares the two.

Every command that reads a graph takes its folder by `-g`; the default is `exports/graph`. Results go to standard output,
everything else to standard error. `--json` is for programs.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | done, but files were skipped (all of them, even), a check failed, a name is unknown to `kg explain`, or `kg diff` found differences |
| 2 | not done: wrong use, no file at the paths given (and none from there in the graph), or something is not as it must be; one message says what, where and what to do |
| 3 | a fault in the program; `kg --debug COMMAND …` shows the traceback |

"""


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command and subcommand with its full name, in the order of `kg --help`."""
    top = click.Context(root, info_name="kg", **root.context_settings)
    yield "kg", root, top
    for name in COMMANDS:
        yield from _below(name, root.get_command(top, name), top)


def _below(name: str, command: click.Command | None, parent: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    assert command is not None
    context = click.Context(command, info_name=name, parent=parent, terminal_width=110)
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from _below(inner, command.get_command(context, inner), context)


def reference() -> str:
    """The text of docs/cli.md."""
    parts = [_HEAD]
    for path, command, context in commands():
        context.terminal_width = 110
        parts.append(f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(reference())
