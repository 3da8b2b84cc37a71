"""Lists of names, and what a name says by its own words: the keys part_has, part_alone, coined and the pattern of an inside rule."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.model import Facts


def _projects(facts: Facts) -> list[str]:
    return [entity.name for entity in facts.entities if entity.type == "Project"]


def _relations(facts: Facts, predicate: str) -> set[tuple[str, str]]:
    name = {entity.id: entity.name for entity in facts.entities}
    return {
        (name[r.subject], r.value or name[r.object or ""]) for r in facts.relations if r.predicate == predicate and r.basis == "text"
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("推进漳汕高铁、福州机场二期、厦门新机场等。", ["漳汕高铁", "福州机场二期", "厦门新机场"]),
        ("加快建設觀音、宣威、花灘子等大型水庫。", ["觀音", "宣威", "花灘子"]),
        ("盛义焦化、瓮福新材料和美锦华宇煤焦氢等一批重大项目投产。", ["盛义焦化", "瓮福新材料", "美锦华宇煤焦氢"]),
        ("推進巢湖和新安江流域防洪治理工程。", ["巢湖和新安江流域防洪治理工程"]),
        ("打造“雲中閣”“水月軒”和“聽雨樓”等工程。", ["雲中閣", "水月軒", "聽雨樓"]),  # nothing between quotations
    ],
)
def test_a_list_is_split_into_its_names(extractor: Extractor, text: str, wanted: list[str]) -> None:
    assert _projects(extractor.extract(example_document(text))) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("加快“引江济淮”建设。", ["引江济淮"]),
        ("推進“寧電入湘”“疆電入湘”。", ["寧電入湘", "疆電入湘"]),
        ("“引江济淮”精神代代相传。", []),  # a thing called after it
    ],
)
def test_a_listed_work_is_one_in_quotation_marks_too(extractor: Extractor, text: str, wanted: list[str]) -> None:
    assert _projects(extractor.extract(example_document(text))) == wanted


@pytest.mark.parametrize("text", ["推进供热、供水等重点项目。", "實施教育、衛生等一批工程。", "完成湿地保护修复工程12处。", "建设高铁、机场等。"])
def test_kinds_of_works_are_no_names(extractor: Extractor, text: str) -> None:
    assert _projects(extractor.extract(example_document(text))) == []


def test_a_route_connects_the_places_that_its_name_holds(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("贵阳至南宁高速铁路开通。"))
    assert _relations(facts, "connects") == {("贵阳至南宁高速铁路", "贵阳"), ("贵阳至南宁高速铁路", "南宁")}
    assert ("贵阳至南宁高速铁路", "operating") in _relations(facts, "hasStatus")


def test_a_stretch_of_a_line_connects_nothing(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("大广高速吉安至南康段改扩建工程投用。"))
    assert _projects(facts) == ["大广高速吉安至南康段改扩建工程"] and _relations(facts, "connects") == set()


def test_what_the_whole_country_shares_lies_in_no_one_place(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("浙江加快发展。中欧班列开行，杭州地铁8号线一期工程开通。"))
    assert {name for name, _ in _relations(facts, "locatedIn")} == {"杭州地铁8号线一期工程"}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("京雄大桥今天完工。", "completed"),
        ("京雄大桥预计年内建成。", "underway"),
        ("京雄大桥建成后，行车更快。", None),
        ("开展京雄大桥前期工作。", "planned"),
        ("尚未建成京雄大桥。", None),
    ],
)
def test_the_stage_is_the_one_that_is_said(extractor: Extractor, text: str, stage: str | None) -> None:
    found = _relations(extractor.extract(example_document(text)), "hasStatus")
    assert found == ({("京雄大桥", stage)} if stage else set())


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("美国商务部宣布提高关税。商务部新闻发言人回应。", ["商务部"]),
        ("日本外务省发表声明。外交部发言人主持例行记者会。", ["外交部"]),
        ("日本外务省发表声明，外交部发言人说明情况。", []),
        ("韩国财政部公布数据。财政部预计出口回升。", []),
        ("韩国财政部官员在华盛顿说，财政部将扩大支出。", []),  # 在华 by chance
        ("韩国中央银行公布数据，財政部預計出口回升。", []),
        ("韩国财政部官员在华访问时说，财政部将扩大支出。", ["财政部"]),
        ("埃及新任财政部部长作出说明。", []),
        ("韓國教育部長宣布新規。\n教育部稱，新規下月施行。", []),  # named with its state in the paragraph before
        ("韩国教育部长宣布新规。\n全国会议今天召开。教育部称，新规下月施行。", ["教育部"]),
        ("据埃及媒体报道，财政部、水利部成立联合小组。", []),
        ("在喀麦隆，水利部和民政部联合救灾。", []),
        ("俄罗斯总统来访。商务部介绍，中俄贸易额增长。", ["商务部"]),
    ],
)
def test_a_name_that_states_share_is_another_ones_where_that_was_told_of(extractor: Extractor, text: str, ours: list[str]) -> None:
    bodies = [entity.name for entity in extractor.extract(example_document(text)).entities if entity.type == "Body"]
    assert [name for name in bodies if not name.startswith(("美国", "日本", "韩国"))] == ours


def test_a_listed_body_that_a_rule_finds_is_that_body(extractor: Extractor) -> None:
    text = "全国政协委员王浩提出建议。\n外交部发言人介绍了情况。\n全国政协召开会议。\n"
    bodies = [(entity.name, entity.key) for entity in extractor.extract(example_document(text, "2024-01-15")).entities if entity.type == "Body"]
    assert [key for name, key in bodies if name == "全国政协"] == ["中国人民政治协商会议全国委员会"]


def test_an_organ_or_a_work_whose_name_a_table_has_is_of_the_place_in_it(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("澳门特区政府表示，澳门经济复苏。北京大兴国际机场客流增长，北京服务业回升。"))
    assert ("澳门特区政府", "澳门特区") in _relations(facts, "governs")
    assert ("北京大兴国际机场", "北京") in _relations(facts, "locatedIn")


def test_a_listed_name_with_a_place_behind_its_first_is_not_at_the_first(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("香港城市大学（东莞）招生。香港经济复苏。"))
    assert _relations(facts, "locatedIn") == set()


def test_no_figure_is_told_by_the_place_in_a_listed_name(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("2025年湖南省政府工作报告\n推进长沙全球研发中心城市建设，新增研发机构12家。"))
    assert {figure.subject for figure in facts.observations} == {next(e.id for e in facts.entities if e.name == "湖南省")}


def test_a_listed_sight_and_what_stands_behind_it_are_one_name(extractor: Extractor) -> None:
    facts = extractor.extract(example_document("2025年浙江省政府工作报告\n各位代表：云和梯田景区客流增长。京津冀景区客流增长。"))
    assert {entity.name for entity in facts.entities if entity.type == "Area"} == {"浙江省", "云和梯田景区", "京津冀"}
    assert ("云和梯田景区", "浙江省") in _relations(facts, "partOf")
