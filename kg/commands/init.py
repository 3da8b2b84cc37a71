"""`kg init`: an ontology folder of one's own."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Start an ontology folder of one's own: a class, a relation, two rules with their examples.

    \b
    Example:
      kg init my-ontology
      kg rules test lot-numbered won-by --ontology my-ontology
    """
    from kg.starter import write_starter

    for path in write_starter(folder):
        click.echo(path)
    click.echo(f"Use it by --ontology {shlex.quote(str(folder))}; docs/tutorial.md takes it from here.")
