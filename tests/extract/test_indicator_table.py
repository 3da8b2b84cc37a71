"""One indicator however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.knowledge.indicator_table import IndicatorTable, indicator_table, read_indicators
from kg.graph.naming import naming
from kg.ontology import Ontology
from kg.text.fold import fold

FILE = Path("lexicon/mine.yaml")


@pytest.fixture(scope="module")
def table() -> IndicatorTable:
    return read_indicators(Ontology.load())


def test_the_table_is_large_and_folded(table: IndicatorTable) -> None:
    assert len(table.indicators) >= 250
    assert [name for name in table.labels if fold(name) != name] == []


def test_broader_terms_end(table: IndicatorTable) -> None:
    for label in table.indicators:
        seen = [label]
        while broader := table.indicators[seen[-1]].broader:
            assert broader not in seen, f"{label} is broader than itself"
            seen.append(broader)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("規上工業增加值", "规模以上工业增加值"),
        ("规模以上工业增加值", "规模以上工业增加值"),
        ("全省规上工业增加值", "规模以上工业增加值"),
        ("生产总值", "地区生产总值"),
        ("全市生產總值", "地区生产总值"),
        ("研究開發人員", "研究开发人员"),
        ("全省", "全省"),
        ("城镇调查失业率均值", "城镇调查失业率"),
        ("固定資產投資規模", "固定资产投资"),
        ("出口规模", "出口规模"),  # of anything: two characters tell too little
        ("社会融资规模", "社会融资规模"),
        ("高新技术企业规模", "高新技术企业规模"),  # it is counted, and not measured
        ("全社会研发经费支出与全省生产总值之比", "研发投入强度"),
        ("R＆D經費投入強度", "研发投入强度"),
        ("研发费用加计扣除", "研发费用加计扣除"),
        ("研究与试验发展（R&D）经费支出", "研发经费投入"),
        ("设区市细颗粒物（PM2.5）平均浓度", "PM2.5平均浓度"),
        ("PM10平均浓度", "PM10平均浓度"),
        ("万元GDP能耗", "单位地区生产总值能耗"),
        # What is built in a year is not what there is, and of those who died only some did so at work.
        ("累计建成高标准农田", "高标准农田"),
        ("新建和改造提升高标准农田", "高标准农田建设"),
        ("新建5G基站", "新建5G基站"),
        ("安全生产事故死亡人数", "生产安全事故死亡人数"),
        ("死亡人数", "死亡人数"),
        ("重点项目", "重大项目"),
        ("省级重点项目", "省重点项目"),
    ],
)
def test_key(table: IndicatorTable, written: str, key: str) -> None:
    assert table.key(written) == key


def test_what_leads_to_an_indicator_may_stand_in_any_file(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "own.yaml").write_text("leads: [全園]\n", encoding="utf-8")
    assert read_indicators(Ontology.load(tmp_path)).key("全园规上工业增加值") == "规模以上工业增加值"


def test_an_alias_of_two_is_refused() -> None:
    rows = [{"label": "甲", "aliases": ["丙"]}, {"label": "乙", "aliases": ["丙"], "__line__": 3}]
    with pytest.raises(KgError, match=r"mine\.yaml:3: '丙' already names '甲'"):
        indicator_table([(FILE, {"indicators": rows})])


def test_an_unknown_broader_term_is_refused() -> None:
    with pytest.raises(KgError, match=r"mine\.yaml:2: the broader term '丁' of '甲' is not listed"):
        indicator_table([(FILE, {"indicators": [{"label": "甲", "broader": "丁", "__line__": 2}]})])


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KgError, match="an indicator needs `label`"):
        indicator_table([(FILE, {"indicators": [{"label": "甲", "colour": "red"}]})])


@pytest.mark.parametrize(("expression", "why"), [("甲(", "is no expression"), ("(?:甲+)+乙", "could take very long")])
def test_an_expression_that_is_none_or_takes_long_is_refused(expression: str, why: str) -> None:
    with pytest.raises(KgError, match=rf"mine\.yaml:4: `written` {why}"):
        indicator_table([(FILE, {"indicators": [{"label": "甲", "written": expression, "__line__": 4}]})])


def test_the_graph_names_indicators_by_the_table() -> None:
    names = naming(Ontology.load())
    assert names.indicator("規上工業增加值") == names.indicator("规模以上工业增加值") == "规模以上工业增加值"


def test_how_many_there_are_of_what_is_counted_is_no_other_indicator() -> None:
    table = read_indicators(Ontology.load())
    assert [table.key(name) for name in ("规上工业企业户数", "高新技术企业数", "城镇新增就业人数")] == ["规模以上工业企业", "高新技术企业", "城镇新增就业"]
    assert table.key("出口数量") == "出口数量"  # 出口 is money
