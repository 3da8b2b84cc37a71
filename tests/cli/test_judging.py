"""Chance hits of rules, judged by a reader, become their confidence."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.quality.calibrate import Measured, Table, as_yaml, calibrate, shifted
from kg.quality.judging import COLUMNS, hits, read_verdicts, sample

TEXT = "錢塘區實施亞運城市行動。拱墅區實施美麗河湖行動。西湖區實施老城更新行動。2023年，西湖區新增企業25家。"


def _table(path: Path, *verdicts: tuple[str, str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("verdict", "kind", "rule"), *verdicts])
    return path


def test_every_hit_shows_its_place_in_its_sentence(extractor: Extractor) -> None:
    document = example_document(TEXT)
    found = list(hits(document, extractor.extract(document)))
    assert {hit.kind for hit in found} == {"entity", "relation", "observation"}
    for hit in found:
        assert f"【{TEXT[hit.start : hit.end]}】" in hit.text


def test_a_sample_holds_so_many_hits_of_each_rule_and_is_the_same_again(extractor: Extractor) -> None:
    documents = [example_document(TEXT), replace(example_document(TEXT.replace("行動", "工程")), id="other")]
    drawn = sample(extractor, documents, 2)
    counts = {rule: sum(hit.rule == rule for hit in drawn) for rule in {hit.rule for hit in drawn}}
    assert max(counts.values()) == 2 and drawn == sample(extractor, documents, 2)
    assert {hit.rule for hit in sample(extractor, documents, 2, ["gazetteer"])} == {"gazetteer"}


def test_verdicts_count_right_and_wrong_and_nothing_else(tmp_path: Path) -> None:
    table = _table(tmp_path / "hits.csv", ("right", "relation", "a"), ("w", "relation", "a"), ("", "relation", "a"), ("debatable", "relation", "a"))
    assert [(one.kind, one.rule, one.right) for one in read_verdicts(table)] == [("relation", "a", True), ("relation", "a", False)]


def test_a_hit_of_a_figure_has_its_clues_and_a_verdict_on_it_keeps_them(extractor: Extractor, tmp_path: Path) -> None:
    document = example_document(TEXT)
    figure = next(hit for hit in hits(document, extractor.extract(document)) if hit.kind == "observation")
    assert figure.clues.split() == ["text-other", "subject-clause", "period-sentence", "indicator-free", "of-Area"]
    with (tmp_path / "hits.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([COLUMNS, ("right", *(getattr(figure, name) for name in COLUMNS[1:]))])
    assert [one.clues for one in read_verdicts(tmp_path / "hits.csv")] == [tuple(figure.clues.split())]


def test_a_table_without_a_verdict_measures_nothing_and_is_refused(tmp_path: Path) -> None:
    table = _table(tmp_path / "hits.csv", ("", "relation", "a"), ("debatable", "relation", "a"))
    with pytest.raises(KgError, match=r"hits\.csv: holds no verdict .write right or wrong"):
        read_verdicts(table)


@pytest.mark.parametrize(("content", "line"), [("rule,kind\na,relation\n", 1), ("verdict,kind,rule\nr,plan,a\n", 2)])
def test_a_faulty_table_is_named_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    (tmp_path / "hits.csv").write_text(content, encoding="utf-8")
    with pytest.raises(KgError) as error:
        read_verdicts(tmp_path / "hits.csv")
    assert error.value.line == line


def test_the_verdicts_kept_here_are_of_rules_that_there_are(extractor: Extractor, root: Path) -> None:
    verdicts = read_verdicts(root / "tests" / "gold" / "judged.csv")
    known = {rule.id for rule in (*extractor.rules.all(), *extractor.observer.rules.rules)}
    assert len({one.rule for one in verdicts} & known) > 450
    assert len(verdicts) > 4000


def test_verdicts_alone_give_the_confidence(extractor: Extractor, tmp_path: Path) -> None:
    table = _table(tmp_path / "hits.csv", *[("right", "relation", "implements-act")] * 6, *[("wrong", "relation", "implements-act")] * 2)
    rows = {row.rule: row for row in calibrate(extractor, [], verdicts=[table]).rows}
    assert (rows["implements-act"].right, rows["implements-act"].of, rows["implements-act"].confidence) == (6, 8, 0.75)


def _unread(folder: Path, right: int, wrong: int) -> Path:
    """Texts with one measure each, which the annotation has in the first `right` of them."""
    folder.mkdir()
    for n, known in enumerate([True] * right + [False] * wrong):
        (folder / f"{n}.txt").write_text("錢塘區實施亞運城市行動。", encoding="utf-8")
        area = {"id": "e1", "type": "Area", "name": "錢塘區", "surfaces": ["錢塘區"]}
        policy = {"id": "e2", "type": "Policy", "name": "亞運城市行動", "surfaces": ["亞運城市行動"]}
        acts = [{"s": "e1", "p": "implements", "o": "e2", "evidence": "錢塘區實施亞運城市行動"}] if known else []
        gold = {"doc": str(n), "date": "2021-07-15", "entities": [area, policy], "relations": acts, "observations": []}
        (folder / f"{n}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return folder


def test_unread_texts_move_all_rules_of_a_kind_to_what_is_right_there(extractor: Extractor, tmp_path: Path) -> None:
    kinds = {"implements-act": "relation", "issues-issue": "relation", "project-line": "entity", "amount": "observation"}
    rows = [Measured(rule, kind, 9, 9, 0.9 if rule == "implements-act" else 0.95) for rule, kind in kinds.items()]
    table = shifted(Table(rows), extractor, [_unread(tmp_path / "unread", 3, 1)])
    moved, shifts = table.rows, table.shifts
    told = {(row.kind, row.rule): row.confidence for row in moved}
    assert told["relation", "implements-act"] == 0.75
    assert 0.75 < told["relation", "issues-issue"] < 0.95  # moved with its kind, though not seen
    assert {row.confidence for row in moved if row.kind != "relation"} == {0.95}  # no figures there, and no wrong entity
    assert [(s.kind, s.clues, s.right, s.of) for s in shifts] == [("relation", False, 3, 4), ("relation", True, 3, 4)]
    assert f"# relation: log odds then moved by {shifts[0].by}, for 3 of 4 were right" in as_yaml(table, "")
    assert shifted(Table(rows), extractor, []).rows == rows


def test_a_rule_that_was_never_wrong_can_be_moved_too(extractor: Extractor, tmp_path: Path) -> None:
    sure = [Measured("implements-act", "relation", 9, 9, 1.0)]
    assert shifted(Table(sure), extractor, [_unread(tmp_path / "unread", 1, 1)]).rows[0].confidence == 0.5


def _figures(folder: Path, *subjects: str) -> Path:
    """A text with one figure for each of `subjects`, e1 or the like, which the annotation says it is of."""
    folder.mkdir()
    for n, subject in enumerate(subjects):
        (folder / f"{n}.txt").write_text("2023年，錢塘區地區生產總值500億元。", encoding="utf-8")
        area = {"id": "e1", "type": "Area", "name": "錢塘區", "surfaces": ["錢塘區"]}
        figure = {"subject": subject or None, "indicator": "地區生產總值", "kind": "level", "value": 50000000000, "unit": "CNY", "bound": "=", "period": "2023"}
        gold = {"doc": str(n), "date": "2024-01-15", "entities": [area], "relations": [], "observations": [{**figure, "evidence": ""}]}
        (folder / f"{n}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return folder


def test_a_figure_is_right_only_with_its_subject_and_its_clues_are_weighed(extractor: Extractor, tmp_path: Path) -> None:
    table = calibrate(extractor, [_figures(tmp_path / "gold", "e1", "e1", "e1", "")])
    row = next(row for row in table.rows if row.rule == "amount")
    assert (row.right, row.of) == (3, 4) and table.odds["observation"] == 1.099  # ln 3
    assert {(clue, weight.right, weight.of) for clue, weight in table.clues["observation"].items()} == {
        (clue, 3, 4) for clue in ("text-other", "subject-clause", "of-Area", "period-sentence", "indicator-listed")
    }
    moved = shifted(table, extractor, [_figures(tmp_path / "unread", "e1", "")])
    assert abs(moved.odds["observation"]) < 0.01  # one of two is right there
    written = as_yaml(moved, "")
    assert f"odds:\n  observation: {moved.odds['observation']}\n" in written and "subject-clause: {log_odds: " in written


def test_a_table_goes_from_sample_to_calibrate(run, root: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("rules", "sample", root / "corpus", "-n", "1")
    rows = list(csv.reader(io.StringIO(done.out)))
    assert done.code == 0 and tuple(rows[0]) == COLUMNS and len(rows) > 50
    with (tmp_path / "judged.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([rows[0], *(["right", *row[1:]] for row in rows[1:])])
    done = run("rules", "calibrate", "--judged", tmp_path / "judged.csv")
    assert done.code == 0 and f"{len(rows) - 1} facts of judged.csv" in done.out
    assert run("rules", "calibrate").code == 2
