"""The command line. Each command (`kg.commands`) parses, calls one function of the API and prints; it is imported when it is used.

    options, reading           options that several commands share
    output, evidence, trace    what is printed
    patience                   ending a command that waits
    reference                  docs/cli.md

Exit codes: 0 done; 1 done, but files were skipped or a check failed; 2 not done, because of wrong use, of paths without
anything to read, or of something that is not as it must be; 3 a fault in the program itself.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from kg.collector import RARELY
from kg.errors import KgError

# name → (module whose `command` it is, line in `kg --help`). Written out here so that help imports none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("kg.commands.build", "Build a graph from files and folders, or bring it up to date."),
    "remove": ("kg.commands.remove", "Take documents and their facts out of a graph."),
    "extract": ("kg.commands.extract", "Write the facts of each document as JSON, without a graph."),
    "query": ("kg.commands.query", "Run a SPARQL query."),
    "ask": ("kg.commands.ask", "Ask a named question, or list them."),
    "explain": ("kg.commands.explain", "Show what is known about a thing, with the sentences that say it."),
    "view": ("kg.commands.view", "Write the graph as one HTML page that opens offline."),
    "serve": ("kg.commands.serve", "Serve the explorer, the document reader, the questions, the figures, a JSON API and a SPARQL endpoint."),
    "export": ("kg.commands.export", "Write the graph in an RDF, network or table format."),
    "info": ("kg.commands.info", "Count what is in a graph; its central things and communities."),
    "figures": ("kg.commands.figures", "List the figures as tidy rows: one statement of one figure a row, with its sentence and file."),
    "chart": ("kg.commands.chart", "Draw figures as PNG, SVG or HTML: a series over time, or a comparison of subjects."),
    "conflicts": ("kg.commands.conflicts", "Show statements that disagree: one subject, indicator and period, and values that cannot all hold."),
    "doubts": ("kg.commands.doubts", "List the facts and figures that are least sure, with their sentences: what to check first."),
    "same": ("kg.commands.same", "List things that may be one and the same, with the reason."),
    "diff": ("kg.commands.diff", "Show what changed between two graphs or generations."),
    "validate": ("kg.commands.validate", "Check a graph against the shapes (SHACL) and the whole of it against integrity checks."),
    "verify": ("kg.commands.verify", "Check every quote and offset against the source files."),
    "rules": ("kg.commands.rules", "Test, trace, count, judge and calibrate the rules."),
    "evaluate": ("kg.commands.evaluate", "Score extracted facts against gold annotations."),
    "init": ("kg.commands.init", "Start an ontology folder of one's own: a class, a relation, two rules with their examples."),
}


# What a system says that has no room, or does not let write: no fault of the program.
_REFUSALS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM})


class _ReaderGoneError(Exception):
    """The reader of the pipe (head, less) has gone: nobody is left to tell."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and line of help, and imports one when it is called."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error  # click would leave with 1, as if something were amiss

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"no command {args[0]!r}" + (f", did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="zhengce-kg", prog_name="kg")
def root(debug: bool) -> None:
    """Knowledge graphs from Chinese policy text: offline, deterministic, every fact with the sentence that says it.

    Exit codes: 0 done; 1 done, but files were skipped, a check failed or nothing has the name; 2 not done (wrong use, nothing
    to read, a fault in what was given); 3 a fault in the program.

    \b
    Example:
      kg build corpus -o exports/graph
      kg ask projects-underway --area 錢塘區
      kg explain 錢塘區
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command line (default: the process's own, which then is all that this process does) and leave with its exit code."""
    if arguments is None:
        gc.set_threshold(RARELY)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started this process
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as this process lives
    for stream in (sys.stdout, sys.stderr):
        # Chinese must come out right whatever the locale, also into a pipe on Windows or under LANG=C.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in given[:1]
    try:
        code: Any = root.main(args=given, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as left:
        code = left.code
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("kg: stopped", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except KgError as error:
        code = 2
        _complain(error, debug)
    except (_ReaderGoneError, BrokenPipeError):
        _write_no_more()
        code = 0
    except Exception as error:  # noqa: BLE001 - the one place where a fault of the program meets its user
        refused = _refused(error, given)
        code = 3 if refused is None else 2
        _complain(error if debug or refused is None else refused, debug)
        if isinstance(error, OSError):
            _write_no_more()
    code = code if isinstance(code, int) else 0
    if arguments is None:
        _end(code)
    sys.exit(code)


def _write_no_more() -> None:
    """What standard output still holds goes nowhere: Python would try to write it at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused(error: Exception, given: list[str]) -> KgError | None:
    """What the system refused, or cannot be said in this locale, as a message; None for a fault of the program."""
    if isinstance(error, OSError) and error.errno in _REFUSALS:
        hint = "is there room, and the right to write, where the output goes?"
        return KgError(error.strerror or str(error), file=error.filename or "output", hint=hint)
    strange = [argument for argument in given if any("\ud800" <= char <= "\udfff" for char in argument)]
    if isinstance(error, UnicodeError) and strange:
        hint = "write it in UTF-8, under a locale such as LC_ALL=C.UTF-8, and give folders that are written to such names"
        return KgError(f"{strange[0]!a} holds bytes that are no text here (encoding: {sys.getfilesystemencoding()})", hint=hint)
    return None


def _end(code: int) -> None:
    """End this process if nothing is under way: its memory is given back in one go, where Python would take every table apart."""
    if threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    with suppress(OSError):  # what could not be written Python tells at its own end
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _complain(error: Exception, debug: bool) -> None:
    if debug:
        import traceback

        traceback.print_exception(error)
        return
    if isinstance(error, KgError):
        from kg.cli.output import complain

        complain(error)
    else:
        click.echo(f"kg: internal error: {type(error).__name__}: {error}", err=True)
        click.echo("    kg --debug COMMAND shows where; please report it", err=True)
