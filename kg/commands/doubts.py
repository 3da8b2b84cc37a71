"""`kg doubts`: what is least sure."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from kg.cli import options, output
from kg.cli.evidence import print_evidence


@click.command()
@options.graph
@click.option("--of", type=click.Choice(["facts", "figures"]), help="Facts only, or figures only. [default: both]")
@click.option("--relation", metavar="NAME", default="", help="Facts of one relation only: undertakes, hasStatus …")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many.")
@click.option("--corrections", metavar="AUTHOR", help="Print entries for corrections.yaml by this author; keep those that are wrong.")
@options.as_json
def command(graph: Path, of: str | None, relation: str, limit: int, corrections: str | None, as_json: bool) -> None:
    """List the facts and figures that are least sure, with their sentences: what to check first.

    With --corrections they come as entries of corrections.yaml (docs/corrections.md), each below its sentence: delete
    those that are right, and put the rest into your ontology folder.

    \b
    Example:
      kg doubts --limit 20
      kg doubts --relation undertakes --corrections editor
    """
    if relation and of == "figures":
        raise click.UsageError("figures have no relation: give --relation or --of figures")
    from kg.ask.doubts import least_sure
    from kg.graph.store import open_graph

    found = least_sure(open_graph(graph).store, limit, of=of or "", relation=relation)
    if as_json:
        output.print_json([doubt.as_data() for doubt in found])
    elif corrections is not None:
        click.echo("corrections:")
        for doubt in found:
            click.echo("\n".join(_entry(doubt.evidence.sentence, doubt.correction, corrections)))
    else:
        if not found:
            click.echo("no fact or figure of the graph rests on a text", err=True)
        for doubt in found:
            click.echo(output.visible(f"{doubt.subject or '–'}  {doubt.says}  {doubt.what}"))
            print_evidence(doubt.evidence)


def _entry(sentence: str, wrong: dict[str, str], author: str) -> list[str]:
    """An entry of corrections.yaml that takes a fact back, below the sentence that it was read in; JSON is YAML."""
    return [
        f"  # {' '.join(sentence.split())}",
        f"  - wrong: {json.dumps(wrong, ensure_ascii=False)}",
        f"    author: {json.dumps(author, ensure_ascii=False)}",
        f"    date: {datetime.date.today().isoformat()}",
    ]
