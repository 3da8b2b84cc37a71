"""`kg rules`: test, trace, count, judge and calibrate the rules."""

from __future__ import annotations

import sys
from dataclasses import astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options, output
from kg.errors import KgError
from kg.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extract.extractor import Extractor
    from kg.extract.review.examples import Outcome
    from kg.model import Document
    from kg.ontology import Ontology


_WHYS = 3  # reasons told of one example that fails


class _WholeLines(click.Group):
    """A group whose help tells of each command in whole lines, which click would cut."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, " ".join((one.help or "").partition("\n\n")[0].split())) for name, one in self.commands.items()])


@click.group(cls=_WholeLines)
def command() -> None:
    """Test, trace, count, judge and calibrate the rules.

    \b
    Example:
      kg rules test
      kg rules trace '錢塘區實施亞運城市行動。'
    """


@command.command()
@click.argument("ids", nargs=-1)
@options.ontology
@options.segmenter
@options.as_json
def test(ids: tuple[str, ...], ontology: Path | None, segmenter: str, as_json: bool) -> None:
    """Run the examples and near misses inside the rules; exit code 1 if one fails.

    \b
    Example:
      kg rules test
      kg rules test policy-governed --ontology my-ontology
    """
    from kg.extract.review.examples import run_examples

    extractor = _extractor(ontology, segmenter, ids)
    outcomes = list(run_examples(extractor, ids))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if as_json:
        rows = [{"rule": o.rule, "text": o.text, "wanted": o.wanted, "found": o.found, "passed": o.passed} for o in outcomes]
        output.print_json(rows)
    else:
        for outcome in failed:
            click.echo(f"{outcome.file}:{outcome.line}: {outcome.rule}: {output.visible(outcome.text)}")
            click.echo(f"    wanted {'; '.join(outcome.wanted) or 'nothing'}")
            click.echo(f"    found  {'; '.join(outcome.found) or 'nothing'}")
            for why in _why_not(extractor, outcome):
                click.echo(f"    why    {output.visible(why)}")
        rules = len({outcome.rule for outcome in outcomes})
        click.echo(f"{len(outcomes) - len(failed)} of {len(outcomes)} examples of {output.counted(rules, 'rule')} pass")
    sys.exit(1 if failed or not outcomes else 0)


@command.command()
@click.argument("text")
@click.option("--rule", "rules", multiple=True, help="Show this rule only (may be given several times).")
@click.option("--all", "everything", is_flag=True, help="Show all patterns that matched in part, and not only the most advanced of each sentence and those of your own folder.")
@options.ontology
@options.segmenter
@options.as_json
def trace(text: str, rules: tuple[str, ...], everything: bool, ontology: Path | None, segmenter: str, as_json: bool) -> None:
    """Show what becomes of TEXT: tokens with their classes, known names, rules that fired or came close, facts.

    A rule that came close is shown with where it stopped: the pattern's element that no token matched, the condition that
    did not hold. So are the rules of figures for each number, and what each short form or description was resolved to.

    \b
    Example:
      kg rules trace '推進巢湖和新安江流域防洪治理工程建設。'
      kg rules trace '錢塘區尚未實施亞運城市行動。' --rule implements-act
    """
    from kg.cli.trace import as_data, print_trace
    from kg.extract.review.examples import example_document
    from kg.extract.review.trace import trace as trace_text

    document = replace(example_document(text), date=None, date_basis="")  # no day is known of it but those that it states
    extractor = _extractor(ontology, segmenter, rules)
    found = trace_text(extractor, document, rules)
    if as_json:
        output.print_json(as_data(found, rules, document.text))
    else:
        print_trace(found, rules, document.text, extractor.rules.own(), everything=everything or bool(rules))


@command.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS…")
@click.option("--sample", default=20, show_default=True, help="Sentences to show that have entities and no relation.")
@options.date
@options.ontology
@options.segmenter
@click.option("--all", "everything", is_flag=True, help="Also list the rules that found nothing.")
@options.as_json
def coverage(
    paths: tuple[str, ...], sample: int, date: str | None, ontology: Path | None, segmenter: str, everything: bool, as_json: bool
) -> None:
    """Count how often each rule fires on PATHS, and show sentences where nothing is said of several entities.

    The rules of your own folder come first, also those that found nothing.

    \b
    Example:
      kg rules coverage corpus --sample 5
      kg rules coverage corpus --all
    """
    from kg.extract.review.coverage import coverage as measure

    extractor = _extractor(ontology, segmenter)
    documents, skipped = _documents(paths, date, extractor.ontology)
    found = measure(extractor, documents, sample)
    if as_json:
        output.print_json(
            {"documents": found.documents, "sentences": found.sentences, "fired": found.fired, "silent": found.silent}
        )
    else:
        shown = {rule: count for rule, count in found.fired.items() if count or everything or rule in found.own}
        output.print_rows(["facts", "rule"], [[count, rule] for rule, count in shown.items()])
        if len(shown) < len(found.fired):
            click.echo(f"… and {output.counted(len(found.fired) - len(shown), 'rule')} that found nothing (--all lists them)")
        click.echo(f"\n{found.silent_total} of {found.sentences} sentences name several things and say nothing of them, such as")
        for document, sentence, names in found.silent:
            click.echo(f"  {output.visible(sentence)}\n      {output.visible('、'.join(names))}  ({output.visible(document)})")
    sys.exit(1 if skipped else 0)


@command.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS…")
@click.option("-n", "--each", default=10, show_default=True, type=click.IntRange(min=1), help="Hits of each rule, at most.")
@click.option("--rule", "rules", multiple=True, help="This rule only (may be given several times).")
@options.date
@options.ontology
@options.segmenter
@options.as_json
def sample(
    paths: tuple[str, ...], each: int, rules: tuple[str, ...], date: str | None, ontology: Path | None, segmenter: str, as_json: bool
) -> None:
    """Draw chance hits of every rule on PATHS, as a CSV table to be judged.

    Write right or wrong into the column verdict, and give the table to `kg rules calibrate --judged`.

    \b
    Example:
      kg rules sample corpus -n 5 > hits.csv
    """
    from kg.quality.judging import COLUMNS
    from kg.quality.judging import sample as draw

    extractor = _extractor(ontology, segmenter, rules)
    documents, skipped = _documents(paths, date, extractor.ontology)
    drawn = draw(extractor, documents, each, rules)
    output.print_rows(COLUMNS, map(astuple, drawn), "json" if as_json else "csv")
    sys.exit(1 if skipped else 0)


@command.command()
@click.argument("gold", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--texts", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the texts are, if not beside the annotations.")
@click.option("--judged", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Table of hits with verdicts (kg rules sample); may be given several times.")
@click.option("--unread", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="Annotations of texts that no rule was tuned on; may be given several times.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="File to write. [default: print it]")
@options.ontology
@options.segmenter
def calibrate(
    gold: tuple[Path, ...], texts: tuple[Path, ...], judged: tuple[Path, ...], unread: tuple[Path, ...], target: Path | None,
    ontology: Path | None, segmenter: str,
) -> None:  # fmt: skip
    """Measure every rule's confidence on GOLD (annotations with their texts), on judged hits, or on both.

    The clues of a fact are weighed too (docs/rules.md); a figure is right if its subject and period are.
    Rules do better on texts that they were mended by. With --unread the confidence of all facts of a kind (entities,
    relations, figures) is moved until its mean is the share of facts that is right on those other texts. The table is written as rules/confidence.yaml of an ontology folder; facts carry it from the next build on.
    With --ontology, unless that stands alone, it holds the judged rules of your folder only, and the shipped ones stay as sure as they are.

    \b
    Example:
      kg rules calibrate corpus/gold --texts corpus -o my-ontology/rules/confidence.yaml
      kg rules calibrate --judged hits.csv --ontology my-ontology -o my-ontology/rules/confidence.yaml
    """
    if not gold and not judged:
        raise click.UsageError("give a folder of annotations, or a table of verdicts by --judged")
    from kg.quality.calibrate import as_yaml, beside_shipped, shifted
    from kg.quality.calibrate import calibrate as measure

    extractor = _extractor(ontology, segmenter)
    measured = shifted(measure(extractor, gold, texts, judged), extractor, unread, texts)
    if len(extractor.ontology.folders) > 1 and not extractor.ontology.alone:
        measured = beside_shipped(measured, extractor)
    rows = measured.rows
    table = as_yaml(measured, f"{sum(row.of for row in rows)} facts of {', '.join(path.name for path in (*gold, *judged))}")
    if target is None:
        click.echo(table, nl=False)
    else:
        with whole_file(target) as stream:
            stream.write(table.encode())
        click.echo(f"{output.counted(len(rows), 'rule')} measured, written to {target}")


def _documents(paths: Iterable[str], date: str | None, ontology: Ontology) -> tuple[list[Document], int]:
    """The documents of PATHS, and how many files and records could not be read; each of these is told. KgError if there is none to read."""
    from kg.read import ReadOptions, find_some, read_file, with_noise_of

    reading = with_noise_of(ReadOptions(date=date), ontology)
    documents: list[Document] = []
    skipped = 0
    for source in find_some(paths):
        try:
            given = read_file(source, reading)
            documents.extend(given.documents)
            faults: Iterable[KgError] = given.refused
        except KgError as error:
            faults = [error]
        for fault in faults:
            skipped += 1
            click.echo(f"skipped: {fault}", err=True)
    return documents, skipped


def _why_not(extractor: Extractor, outcome: Outcome) -> list[str]:
    """Why a rule finds less than its example wants, in a few lines; nothing for one that finds too much."""
    from kg.cli.trace import why_not
    from kg.extract.review.examples import example_document
    from kg.extract.review.trace import trace as trace_text

    if not set(outcome.wanted) - set(outcome.found):
        return []
    return why_not(trace_text(extractor, example_document(outcome.text), (outcome.rule,)), outcome.rule)[:_WHYS]


def _extractor(ontology: Path | None, segmenter: str, ids: Iterable[str] = ()) -> Extractor:
    """An extractor; KgError for the first of `ids` that no rule has, be it of names, relations, figures or dates, and no way."""
    from difflib import get_close_matches

    from kg.extract.extractor import Extractor
    from kg.extract.knowledge.ways import read_ways
    from kg.ontology import Ontology

    extractor = Extractor(Ontology.load(ontology), segmenter)
    of_all = (extractor.rules.all(), extractor.references.rules, extractor.policy_time.rules, extractor.observer.rules.rules, read_ways(extractor.ontology))
    known = [rule.id for rules in of_all for rule in rules]
    for wanted in ids:
        if wanted not in known:
            near = " or ".join(get_close_matches(wanted, known, n=3))
            raise KgError(f"there is no rule {wanted!r}", hint=f"did you mean {near}?" if near else "kg rules coverage PATHS --all lists them")
    return extractor
