"""How the command line shows where a fact is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.ask.wording import told_clues
from kg.cli import output

if TYPE_CHECKING:
    from kg.ask.explain import Evidence


def print_evidence(evidence: Evidence) -> None:
    """The sentence with the evidence marked ⟦…⟧, then file, place, rule, confidence, date of the document and clues."""
    how = f"{evidence.rule}, {evidence.confidence:.2f}"
    if not evidence.sentence:
        click.echo(f"      known from {evidence.basis} ({how})")
        return
    sentence = evidence.sentence
    if evidence.start is not None and evidence.end is not None and evidence.sentence_start is not None:
        # Evidence may begin in an earlier sentence; then as much of it is marked as lies in this one.
        at, end = max(0, evidence.start - evidence.sentence_start), evidence.end - evidence.sentence_start
        sentence = f"{sentence[:at]}⟦{sentence[at:end]}⟧{sentence[end:]}"
    place = f"{evidence.source} {evidence.start}–{evidence.end}"
    basis = "" if evidence.basis == "text" else f", {evidence.basis}"
    reported = f", reported {evidence.reported}" if evidence.reported else ""
    click.echo(f"      {output.visible(sentence)}")
    click.echo(f"      {output.visible(place)} ({how}{basis}{reported})")
    if evidence.clues:
        click.echo(f"      clues: {output.visible(told_clues(evidence.clues))}")
