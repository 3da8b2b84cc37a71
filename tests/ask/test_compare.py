"""What `kg diff` calls a change: what is said, and not how it is written."""

from __future__ import annotations

from pathlib import Path

from opencc import OpenCC

from kg.ask.compare import Difference, compare
from kg.build import build
from kg.graph.store import open_graph

TEXT = "2023年，钱塘区新增境内上市企业3家。钱塘区实施亚运城市行动。\n"


def _compared(folder: Path, other: str, one: str = TEXT) -> Difference:
    for name, text in (("one", one), ("other", other)):
        (folder / name / "t").mkdir(parents=True)
        (folder / name / "t" / "a.txt").write_text(text, encoding="utf-8")
        assert build([folder / name / "t"], folder / name / "graph", jobs=1).ok
    return compare(open_graph(folder / "one" / "graph").store, open_graph(folder / "other" / "graph").store)


def test_a_text_in_the_other_script_says_the_same(tmp_path: Path) -> None:
    found = _compared(tmp_path, OpenCC("s2twp").convert(TEXT))
    assert found.altered == ("t/a.txt",) and found.changes == ()


def test_another_figure_is_told_as_gone_and_new(tmp_path: Path) -> None:
    signs = [(change.sign, "3 家" in change.fact or "12,000 家" in change.fact) for change in _compared(tmp_path, TEXT.replace("3家", "1.2万家")).changes]
    assert sorted(signs) == [("+", True), ("-", True)]


def test_ranks_and_what_has_no_unit_are_told_without_a_dash(tmp_path: Path) -> None:
    text = "2023年，浙江省森林覆盖率居全国前三，粮食产量居全国第五。\n"
    told = sorted(change.fact for change in _compared(tmp_path, "浙江省。\n", text).changes if change.sign == "-" and " rank " in change.fact)
    assert told == ["浙江省 森林覆盖率 rank among the first 3 2023 within 全国", "浙江省 粮食产量 rank 5 2023 within 全国"]


def test_a_thing_that_only_has_another_iri_is_no_change(tmp_path: Path) -> None:
    # With the place that it belongs to, the company is told apart by that, and no longer by its document.
    text = "天津市政府工作报告\n能源集团实施“亚运城市行动”。\n"
    found = _compared(tmp_path, text, text.removeprefix("天津市"))
    assert [(change.sign, change.fact) for change in found.changes] == [("+", "能源集团 locatedIn 天津市")]


def test_a_renamed_file_is_told_once_and_not_by_its_facts(tmp_path: Path) -> None:
    for name, file in (("one", "a.txt"), ("other", "b.txt")):
        (tmp_path / name / "t").mkdir(parents=True)
        (tmp_path / name / "t" / file).write_text(TEXT, encoding="utf-8")
        assert build([tmp_path / name / "t"], tmp_path / name / "graph", jobs=1).ok
    found = compare(open_graph(tmp_path / "one" / "graph").store, open_graph(tmp_path / "other" / "graph").store)
    assert (found.renamed, found.added, found.removed, found.changes) == ((("t/a.txt", "t/b.txt"),), (), (), ())
    assert not found.empty
