"""Who answers for what a line of a work plan sets: rules that are `of_line`."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document

_TITLE = "龙游县2025年重点工作任务分解\n"


def _answers(extractor: Extractor, text: str) -> set[tuple[str, str]]:
    """Who is said to be responsible for what."""
    facts = extractor.extract(example_document(text))
    names = {entity.id: entity.name for entity in facts.entities}
    return {(names[r.subject], names[r.object]) for r in facts.relations if r.predicate == "responsibleFor" and r.object is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # several sentences of a line, what is done before the bracket
        ("实施工业强基行动。推进衢江大桥建设。（责任单位：县经信局）", {("县经信局", "工业强基行动"), ("县经信局", "衢江大桥")}),
        # several parts of a sentence, and of a line
        ("实施工业强基行动（县经信局牵头），推进衢江大桥建设（县交通局牵头）。", {("县经信局", "工业强基行动"), ("县交通局", "衢江大桥")}),
        ("实施工业强基行动。（县经信局牵头）推进衢江大桥建设。（县交通局牵头）", {("县经信局", "工业强基行动"), ("县交通局", "衢江大桥")}),
        # several labels for one task; who only helps is not responsible
        (
            "实施工业强基行动。牵头单位：县经信局；责任单位：县财政局；配合单位：县商务局。",
            {("县经信局", "工业强基行动"), ("县财政局", "工业强基行动")},
        ),
        ("实施工业强基行动。\n牵头单位：县经信局\n责任单位：县财政局", {("县经信局", "工业强基行动"), ("县财政局", "工业强基行动")}),
        # a line that names no task has none, whatever stood before
        ("实施工业强基行动。\n做好信访工作。（责任单位：县信访局）", set()),
        ("（责任单位：县经信局）实施工业强基行动。", set()),
    ],
)
def test_who_answers_for_a_task(extractor: Extractor, text: str, expected: set[tuple[str, str]]) -> None:
    assert _answers(extractor, _TITLE + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规上工业增加值增长7%。（责任单位：县经信局、县财政局）", {"规上工业增加值": ("县经信局", "县财政局")}),
        ("规上工业增加值增长7%（县经信局牵头，县商务局配合），进出口增长5%（县商务局牵头）。", {"规上工业增加值": ("县经信局",), "进出口": ("县商务局",)}),
        ("规上工业增加值增长7%。\n牵头单位：县经信局\n责任单位：县财政局\n进出口增长5%。", {"规上工业增加值": ("县经信局", "县财政局"), "进出口": ()}),
        # another line's
        ("规上工业增加值增长7%。\n做好信访工作。（责任单位：县信访局）", {"规上工业增加值": ()}),
        # a result is nobody's task
        ("2024年，规上工业增加值增长6%。（责任单位：县经信局）", {"规上工业增加值": ()}),
    ],
)
def test_who_answers_for_a_target(extractor: Extractor, text: str, expected: dict[str, tuple[str, ...]]) -> None:
    facts = extractor.extract(example_document(_TITLE + text))
    names = {entity.id: entity.name for entity in facts.entities}
    assert {o.indicator: tuple(names[who] for who in o.responsible) for o in facts.observations} == expected
