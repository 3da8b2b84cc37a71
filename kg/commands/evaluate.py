"""`kg evaluate`: scores of extracted facts against gold annotations."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, output
from kg.quality.evaluate import Scores, Table, evaluate


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("facts", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--errors", is_flag=True, help="List every miss and every false find.")
@options.as_json
def command(gold: Path, facts: Path, errors: bool, as_json: bool) -> None:
    """Score extracted facts against gold annotations.

    Both folders hold one JSON file per document. Printed are precision, recall and F1 of entities, relations and
    observations, then how often the subject and the period of a matched observation are right.

    \b
    Example:
      kg extract corpus -o facts
      kg evaluate corpus/gold facts --errors
    """
    scores = evaluate(gold, facts)
    if scores.missing:
        click.echo(f"note: {scores.missing} of {output.counted(scores.documents, 'annotated document')} have no facts in {facts} and count as empty", err=True)
    if as_json:
        output.print_json(_as_data(scores, errors))
        return
    if errors:
        for document, lines in scores.errors.items():
            if lines:
                click.echo("\n".join([f"== {document}", *map(output.visible, lines)]))
    for title in ("entities", "relations", "observations"):
        click.echo(f"\n{title:<14}{'P':>7}{'R':>7}{'F1':>7}{'tp':>6}{'fp':>6}{'fn':>6}")
        for label, counts in getattr(scores, title).rows():
            figures = f"{counts.precision:7.3f}{counts.recall:7.3f}{counts.f1:7.3f}"
            click.echo(f"  {label:<12}{figures}{counts.tp:6}{counts.fp:6}{counts.fn:6}")
    if scores.matched:
        click.echo(
            f"\nof {scores.matched} matched observations: subject right {scores.subjects_right / scores.matched:.3f}, "
            f"period right {scores.periods_right / scores.matched:.3f}"
        )


def _as_data(scores: Scores, errors: bool) -> dict[str, object]:
    def rows(table: Table) -> dict[str, dict[str, float]]:
        return {
            label: {"precision": c.precision, "recall": c.recall, "f1": c.f1, "tp": c.tp, "fp": c.fp, "fn": c.fn}
            for label, c in table.rows()
        }

    data: dict[str, object] = {title: rows(getattr(scores, title)) for title in ("entities", "relations", "observations")}
    data |= {"documents": scores.documents, "missing": scores.missing, "matched": scores.matched}
    data |= {"subjects_right": scores.subjects_right, "periods_right": scores.periods_right}
    return data | ({"errors": scores.errors} if errors else {})
