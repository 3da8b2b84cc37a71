"""What a build does with new, changed and vanished files, and that it equals a build from nothing."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from kg.build import build, remove
from kg.errors import KgError
from kg.graph.store import open_graph
from kg.ontology import Ontology
from kg.read import ReadOptions
from tests.build.conftest import lines
from tests.build.extraction import count_calls, words


def age(folder: Path) -> None:
    """Put all files ten seconds into the past, where a time stamp can be trusted."""
    then = time.time() - 10
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def generations(graph: Path) -> list[str]:
    return sorted(path.name for path in (graph / "generations").iterdir())


def test_first_build(corpus, tmp_path, make):
    report = make([corpus], tmp_path / "g")
    assert report.ok and report.changed
    assert report.built == ("corpus/a.txt", "corpus/b.txt", "corpus/c.md", "corpus/sub/d.txt", "corpus/sub/e.txt")
    assert report.counts["documents"] == report.documents == 5
    assert report.counts["relations"] == 3
    assert report.counts["observations"] == 4
    assert report.checked > 10
    view = open_graph(tmp_path / "g")
    assert len(view.store) > report.counts["quads"] > 100
    assert sum(1 for _ in view.query("SELECT DISTINCT ?a WHERE { ?a a kgo:Area }")) == 4
    assert view.source_text("corpus/b.txt") == "西山区与南山区合作，完成34项。"
    assert view.facts("corpus/b.txt") == words(view.document("corpus/b.txt"))


def test_broken_records_are_told_by_each_build_until_they_are_mended(corpus, tmp_path, make):
    records = corpus / "r.jsonl"
    records.write_text('{"text": "东山区。"}\n{"text": \n{"text": "西山区。"}\n', encoding="utf-8")
    age(corpus)
    first = make([corpus], tmp_path / "g")
    assert not first.ok and not first.skipped and {"corpus/r.jsonl#1", "corpus/r.jsonl#3"} <= {*first.built}
    assert [(path, one.line, one.reason[:13]) for path, one in first.refused] == [(str(records), 2, "no valid JSON")]
    again = make([corpus], tmp_path / "g")
    assert not again.changed and not again.ok and again.refused == first.refused  # of a file that is not read again
    shutil.rmtree(tmp_path / "g" / "generations")
    (tmp_path / "g" / "CURRENT").unlink()
    anew = make([corpus], tmp_path / "g")
    assert anew.changed and anew.refused == first.refused  # of one whose facts were kept
    records.write_text('{"text": "东山区。"}\n', encoding="utf-8")
    assert make([corpus], tmp_path / "g").ok


def test_nothing_changed_reads_nothing(corpus, tmp_path, ontology, monkeypatch):
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    age(corpus)
    first = build([corpus], tmp_path / "g", ontology=ontology, extract=count_calls, jobs=1)
    monkeypatch.setattr("kg.engines.worker.Worker", None)  # loading the tables is most of what a small build costs
    again = build([corpus], tmp_path / "g", ontology=ontology, extract=count_calls, jobs=1)
    assert (tmp_path / "calls").read_bytes() == b"xxxxx"
    assert not again.changed and again.unchanged == 5 and again.built == ()
    assert again.generation == first.generation == "000001"
    assert again.counts == first.counts


def test_what_cannot_be_read_is_not_tried_again_before_it_changes(corpus, tmp_path, ontology, monkeypatch):
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    (corpus / "bad.csv").write_text("标题,正文\n甲\n", encoding="utf-8")
    age(corpus)
    settings = {"ontology": ontology, "extract": count_calls, "jobs": 1}
    first = build([corpus], tmp_path / "g", **settings)
    assert [(one.id, one.reason[:7]) for one in first.skipped] == [("corpus/bad.csv", "line 2:")]
    with monkeypatch.context() as patch:
        patch.setattr("kg.engines.worker.Worker", None)
        again = build([corpus], tmp_path / "g", **settings)
    assert not again.ok and again.skipped == first.skipped and not again.changed
    (corpus / "bad.csv").write_text("标题,正文\n甲,东山区召开会议。\n", encoding="utf-8")
    mended = build([corpus], tmp_path / "g", **settings)
    assert mended.ok and mended.built == ("corpus/bad.csv#1",)


def test_another_option_tries_again_what_could_not_be_read(corpus, tmp_path, make):
    (corpus / "long.txt").write_text("东山区召开会议。" * 20, encoding="utf-8")
    age(corpus)
    assert make([corpus], tmp_path / "g", options=ReadOptions(max_bytes=300)).skipped[0].id == "corpus/long.txt"
    assert make([corpus], tmp_path / "g").ok


def test_touched_file_is_not_extracted_again(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    os.utime(corpus / "a.txt", (1, 1))
    assert make([corpus], tmp_path / "g").changed is False


def test_change_within_the_grain_of_the_clock_is_seen(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    before = (corpus / "a.txt").stat()
    (corpus / "a.txt").write_text("东山区与西山区合作。投资13亿元。", encoding="utf-8")
    os.utime(corpus / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (corpus / "a.txt").stat().st_size == before.st_size
    assert make([corpus], tmp_path / "g").built == ("corpus/a.txt",)


@pytest.mark.parametrize("change", ["edit", "add", "delete", "rename", "break", "all"])
def test_increment_equals_full_build(corpus, tmp_path, make, change):
    make([corpus], tmp_path / "g")
    if change in ("edit", "all"):
        (corpus / "a.txt").write_text("中山区与东山区合作。完成99项。", encoding="utf-8")
    if change in ("add", "all"):
        (corpus / "new.txt").write_text("新山区与东山区合作。", encoding="utf-8")
    if change in ("delete", "all"):
        (corpus / "b.txt").unlink()
    if change in ("rename", "all"):
        (corpus / "sub" / "d.txt").rename(corpus / "sub" / "z.txt")
    if change in ("break", "all"):
        (corpus / "c.md").write_bytes(b"")
    report = make([corpus], tmp_path / "g")
    assert report.changed and report.generation == "000002"
    shutil.rmtree(tmp_path / "g" / "generations" / "000001")
    make([corpus], tmp_path / "full")
    assert lines(tmp_path / "g") == lines(tmp_path / "full")
    assert report.counts == open_graph(tmp_path / "full").manifest.counts
    if change == "edit":
        assert report.built == ("corpus/a.txt",) and report.unchanged == 4
    if change == "delete":
        assert report.removed == ("corpus/b.txt",)
    if change == "break":
        assert (
            [s.id for s in report.skipped] == ["corpus/c.md"] and report.removed == ("corpus/c.md",) and not report.ok
        )


def test_workers_and_order_of_files_do_not_show(corpus, tmp_path, make):
    make([corpus], tmp_path / "one")
    make([corpus / "sub" / "..", *sorted(corpus.glob("*.txt"), reverse=True)], tmp_path / "two", jobs=3)
    assert lines(tmp_path / "one") == lines(tmp_path / "two")


def test_many_builds_leave_two_generations_and_one_state(corpus, tmp_path, make):
    for i in range(5):
        (corpus / "a.txt").write_text(f"东山区完成{i}项。", encoding="utf-8")
        make([corpus], tmp_path / "g")
    assert generations(tmp_path / "g") == ["000004", "000005"]
    make([corpus], tmp_path / "full")
    assert lines(tmp_path / "g") == lines(tmp_path / "full")


def test_going_back_uses_the_cache(corpus, tmp_path, ontology, monkeypatch):
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    old = (corpus / "a.txt").read_bytes()
    for content in (old, "别的。".encode(), old):
        (corpus / "a.txt").write_bytes(content)
        build([corpus], tmp_path / "g", ontology=ontology, extract=count_calls, jobs=1)
    assert len((tmp_path / "calls").read_bytes()) == 6  # five at first, one for the other text


def test_other_paths_stay(corpus, tmp_path, make):
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.txt").write_text("远山区。", encoding="utf-8")
    make([corpus], tmp_path / "g")
    report = make([other], tmp_path / "g")
    assert report.documents == 6 and report.built == ("other/x.txt",) and report.removed == ()
    (corpus / "a.txt").unlink()
    assert make([other], tmp_path / "g").documents == 6  # not asked about corpus
    assert make([corpus, other], tmp_path / "g").removed == ("corpus/a.txt",)


def test_missing_root_takes_nothing_away(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    corpus.rename(tmp_path / "elsewhere")
    report = make([corpus], tmp_path / "g")
    assert report.documents == 5 and not report.ok and "does not exist" in report.skipped[0].reason


def test_pattern_notices_what_is_gone(corpus, tmp_path, make):
    make([str(corpus / "*.txt")], tmp_path / "g")
    (corpus / "b.txt").unlink()
    assert make([str(corpus / "*.txt")], tmp_path / "g").removed == ("corpus/b.txt",)


def test_pattern_takes_nothing_away_that_it_does_not_give(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    assert make([str(corpus / "*.txt")], tmp_path / "g").removed == ()  # of sub, which another path gave
    report = remove([str(corpus / "*.txt")], tmp_path / "g")
    assert report.removed == ("corpus/a.txt", "corpus/b.txt")


def test_a_name_with_the_marks_of_patterns_is_a_name_first(corpus, tmp_path, make):
    (corpus / "[a]*.txt").write_text("新山区。", encoding="utf-8")
    make([corpus], tmp_path / "g")
    assert remove([corpus / "[a]*.txt"], tmp_path / "g").removed == ("corpus/[a]*.txt",)
    assert remove([corpus / "[a]*.txt"], tmp_path / "g").removed == ("corpus/a.txt",)


def test_two_files_with_one_id(corpus, tmp_path, make):
    other = tmp_path / "elsewhere" / "corpus"
    other.mkdir(parents=True)
    (other / "a.txt").write_text("假山区。", encoding="utf-8")
    make([corpus], tmp_path / "g")
    report = make([other], tmp_path / "g")
    assert report.documents == 5 and report.skipped[0].id == "corpus/a.txt"
    assert "has the id" in report.skipped[0].reason and "kg remove" in report.skipped[0].hint
    assert "东山区" in open_graph(tmp_path / "g").source_text("corpus/a.txt")


def test_other_settings_read_again(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    report = make([corpus], tmp_path / "g", date="2021-07-15")
    assert len(report.built) == 5
    answer = open_graph(tmp_path / "g").query("SELECT DISTINCT ?d WHERE { ?x a kgo:Document ; dcterms:date ?d }")
    assert [row[0].value for row in answer] == ["2021-07-15"]
    with pytest.raises(KgError, match="is no date"):
        make([corpus], tmp_path / "g", date="yesterday")
    assert make([corpus / "a.txt"], tmp_path / "h", options=ReadOptions(encoding="utf-8")).ok


def test_a_changed_question_reads_nothing_again(corpus, tmp_path):
    own = tmp_path / "own"
    (own / "queries").mkdir(parents=True)
    (own / "lexicon").mkdir()

    def built() -> tuple[str, ...]:
        return build([corpus], tmp_path / "g", ontology=Ontology.load(own), extract=words, jobs=1).built

    built()
    (own / "queries" / "mine.rq").write_text("# a question changes no fact\n")
    assert not built()
    (own / "lexicon" / "mine.yaml").write_text("names: {}\n")
    assert len(built()) == 5


def test_note_when_other_paths_are_of_another_make(corpus, tmp_path, make):
    make([corpus / "sub"], tmp_path / "g")
    report = make([corpus / "a.txt"], tmp_path / "g", date="2020")
    assert "2 files" in report.notes[0]


def test_failed_file_is_named_and_the_rest_built(corpus, tmp_path, make):
    (corpus / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    (corpus / "bad.docx").write_bytes(b"PK\x03\x04 no")
    report = make([corpus], tmp_path / "g")
    assert {s.id for s in report.skipped} == {"corpus/bad.txt", "corpus/bad.docx"}
    assert all(s.reason for s in report.skipped)
    assert report.documents == 5 and not report.ok
    assert open_graph(tmp_path / "g").manifest.skipped == report.skipped
    again = make([corpus], tmp_path / "g")
    assert not again.changed and again.skipped == report.skipped
    (corpus / "bad.txt").write_text("好山区。", encoding="utf-8")
    assert make([corpus], tmp_path / "g").built == ("corpus/bad.txt",)


def test_remove(corpus, tmp_path, make):
    make([corpus, tmp_path / "misspelt.txt"], tmp_path / "g")
    report = remove([corpus / "sub", "corpus/c.md"], tmp_path / "g")
    assert report.skipped == ()  # nothing is read
    assert report.removed == ("corpus/c.md", "corpus/sub/d.txt", "corpus/sub/e.txt") and report.documents == 2
    for path in (corpus / "sub" / "d.txt", corpus / "sub" / "e.txt", corpus / "c.md"):
        path.unlink()
    make([corpus], tmp_path / "full")
    assert lines(tmp_path / "g") == lines(tmp_path / "full")
    with pytest.raises(KgError, match="nothing in the graph comes from nowhere"):
        remove(["nowhere"], tmp_path / "g")
    with pytest.raises(KgError, match="is no graph"):
        remove(["nowhere"], tmp_path / "empty")


def test_paths_that_are_all_wrong_make_no_graph(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"texts: does not exist \(give a file"):
        build(tmp_path / "texts", tmp_path / "g")
    assert not (tmp_path / "g").exists()


def test_damaged_cache_is_made_again(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    (tmp_path / "g" / "facts.sqlite").write_bytes(b"no database" * 100)
    make([corpus], tmp_path / "g")
    assert open_graph(tmp_path / "g").source_text("corpus/a.txt").startswith("东山区")


def test_lost_manifest_is_built_anew(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    (tmp_path / "g" / "generations" / "000001" / "manifest.json").write_text("{")
    with pytest.raises(KgError, match="cannot be read"):
        open_graph(tmp_path / "g").documents()
    assert make([corpus], tmp_path / "g").documents == 5
    assert len(open_graph(tmp_path / "g").documents()) == 5


def test_nothing_to_build_from(tmp_path):
    with pytest.raises(KgError, match="no files or folders"):
        build([], tmp_path / "g")


def test_graph_of_another_format_is_refused_and_built_anew(corpus, tmp_path, make):
    make([corpus], tmp_path / "g")
    manifest = tmp_path / "g" / "generations" / "000001" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"format": 3', b'"format": 2'))
    with pytest.raises(KgError, match="is of format 2, not 3") as caught:
        open_graph(tmp_path / "g")
    assert caught.value.hint == "build the graph again"
    assert make([corpus], tmp_path / "g").documents == 5
    assert lines(tmp_path / "g")


def test_a_long_file_is_told_before_it_is_read(corpus, tmp_path, make, monkeypatch):
    monkeypatch.setattr("kg.build._LONG_BYTES", 20_000)
    (corpus / "long.txt").write_text("新山区。\n" * 3000, encoding="utf-8")
    told: list[str] = []
    make([corpus], tmp_path / "g", notice=told.append)
    assert told == ["corpus/long.txt has 0.0 MB: it is read in one go, which may take minutes"]
    make([corpus], tmp_path / "g", notice=told.append)
    assert len(told) == 1  # unchanged
