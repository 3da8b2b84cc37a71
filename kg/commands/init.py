"""`kg init`: an ontology folder of one's own."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import click

from kg.errors import KgError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Start an ontology folder of one's own: a class, a relation, two rules with their examples.

    \b
    Example:
      kg init my-ontology
      kg rules test lot-numbered won-by --ontology my-ontology
    """
    for path in write_starter(folder):
        click.echo(path)
    click.echo(f"Use it by --ontology {shlex.quote(str(folder))}; docs/tutorial.md takes it from here.")


def write_starter(folder: str | Path) -> list[Path]:
    """Write the starter ontology into `folder`, which must be new or empty; the files written, sorted."""
    from kg.ontology import shipped_folder

    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise KgError("is there already", file=target, hint="name a new folder")
    try:
        shutil.copytree(shipped_folder() / "starter", target, dirs_exist_ok=True)
    except OSError as error:
        raise KgError(f"cannot be written: {error.strerror or error}", file=target, hint="name a folder that can be made here") from error
    return sorted(path for path in target.rglob("*") if path.is_file())
