"""What the debugger shows: how far a pattern got, what the rules of figures decided, why a word that could refer means nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.extract.knowledge.pattern import compile_pattern
from kg.extract.knowledge.rule_reading import read_macros, rule_files
from kg.extract.review.examples import example_document
from kg.extract.review.near_miss import elements, furthest
from kg.extract.review.trace import Trace, most_advanced, trace
from kg.ontology import Ontology, shipped_folder
from kg.read import find, read

CORPUS = Path(__file__).parents[2] / "corpus"


def _traced(extractor: Extractor, text: str) -> Trace:
    return trace(extractor, example_document(text))


def _got(extractor: Extractor, pattern: str, text: str) -> tuple[str, int, int, str] | None:
    """What a pattern matched of a text of one sentence, how many of how many elements, and what it wanted next."""
    (row,) = extractor.rows(example_document(text))
    got = furthest(elements(pattern, extractor.symbols, {"works": "@project_head", "nowhere": "<!( @pause )"}), row.symbols)
    return got and (text[row.starts[got.first] : row.ends[got.last - 1]], got.done, got.size, got.wanted)


@pytest.mark.parametrize(
    ("pattern", "got"),
    [
        ("%ns name:( %vn? '工程' %n )", ("水库工程", 2, 3, "%n")),
        ("'水库' name:( '工程' )  >( '大桥' )", ("水库工程", 2, 2, ">( '大桥' )")),
        ("'水库' ( '工程' '开工' | '大桥' )", ("水库工程", 2, 3, "'开工'")),  # into the branch that came further
        ("'水库' ( '隧道' | '大桥' )", ("水库", 1, 2, "( '隧道' | '大桥' )")),
        ("'隧道' '水库' | '水库' '大桥'", ("水库", 1, 2, "'大桥'")),
        ("^ $works&!'大桥' .*? '推进'", ("水库", 1, 2, "'推进'")),
        ("$nowhere '水库' '大桥'", ("水库", 1, 2, "'大桥'")),  # what only looks around counts for nothing
        ("<( @pause ) '水库'", None),  # nothing that must be there is matched
        ("'大桥' '水库'", None),
    ],
)
def test_a_pattern_is_told_how_far_it_came(extractor: Extractor, pattern: str, got: tuple[str, int, int, str] | None) -> None:
    assert _got(extractor, pattern, "水库工程今天开工。") == got


def test_every_pattern_of_the_rules_has_its_elements(extractor: Extractor) -> None:
    macros = read_macros(rule_files(extractor.ontology))
    patterns = list(extractor.rules.patterns())
    assert len(patterns) > 500
    for pattern in patterns:
        for branch in elements(pattern.source, extractor.symbols, macros):
            assert sum(element.size for element in branch), pattern.source
        compile_pattern("|".join(f"({''.join(e.source + ' ' for e in branch)})" for branch in elements(pattern.source, extractor.symbols, macros)), extractor.symbols, macros)


def test_tracing_changes_no_fact(extractor: Extractor) -> None:
    documents = [document for source in find([str(CORPUS)]) for document in read(source)][:4]
    assert len(documents) == 4
    for document in documents:
        assert trace(extractor, document).facts == extractor.extract(document)


def test_half_matched_patterns_say_where_they_stopped(extractor: Extractor) -> None:
    traced = _traced(extractor, "云龙湖大桥今天开放观光。")
    assert any(miss.telling and miss.done < miss.size and miss.wanted for miss in traced.near)
    for miss in traced.near:
        assert miss.text and miss.text in "云龙湖大桥今天开放观光。"
        assert not any(step.rule == miss.rule for step in traced.steps)
    ranks = [(not miss.telling, -miss.done / miss.size) for miss in traced.near]
    assert ranks == sorted(ranks)


def test_the_most_advanced_are_kept_for_each_sentence(extractor: Extractor) -> None:
    near = _traced(extractor, "云龙湖大桥今天开放观光。钱塘区推进老城更新。").near
    kept = most_advanced(near, 2)
    assert [miss.sentence for miss in kept] == [0, 0, 1, 1] and len(near) > 4
    assert kept[0] == near[0]


def test_a_rule_that_holds_elsewhere_says_so(extractor: Extractor) -> None:
    outcomes = {(step.rule, step.outcome) for step in _traced(extractor, "云龙湖水库工程今天开工。").steps}
    assert ("status-started", "fired") in outcomes
    assert ("status-started-ahead", "holds only where a text looks ahead") in outcomes
    assert ("undertakes-report", "holds only in reports") in outcomes
    statute = "第一条 云龙湖水库工程开工。\n第二条 村民应当参加。\n第三条 面积不少于三十平方米。\n"
    assert ("status-started", "holds only outside of statutes") in {(step.rule, step.outcome) for step in _traced(extractor, statute).steps}


OWN = """rules:
  - id: prize-of
    relation: wonBy
    pattern: "subject:( #Lot ) '的得主' ('为'|'是') object:( #Body )"
    examples: [{text: 甲, yields: [乙]}]
    rejects: [丙]
  - id: lot-of-body
    entity: Lot
    phase: 3
    pattern: "name:( #Body @lot_order @lot_word )"
    examples: [{text: 甲, yields: [乙]}]
    rejects: [丙]
"""


@pytest.fixture(scope="module")
def of_lots(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    """The folder that `kg init` writes, with a rule whose words no text is cut into, and one whose names would swallow others."""
    folder = tmp_path_factory.mktemp("own") / "lots"
    shutil.copytree(shipped_folder() / "starter", folder)
    (folder / "rules" / "own.yaml").write_text(OWN, encoding="utf-8")
    return Extractor(Ontology.load(folder))


@pytest.mark.parametrize(
    ("rule", "text", "missing"),
    [
        ("won-by", "浙江大学今天开学。第二标段归浙江大学。", [("'由'", ""), ("@win", "")]),  # of the sentence that has more of it
        ("won-by", "第二标段由浙江大学监理。", [("@win", "")]),
        ("lot-numbered", "云龙湖水库工程第二标段开标。", [
            ("@lot_order", "第二 is inside 云龙湖水库工程第二标段 by then (Project, project-line)"),
            ("@lot_word", "标段 is inside 云龙湖水库工程第二标段 by then (Project, project-line)"),
        ]),
        ("prize-of", "第二标段的得主为浙江大学。", [("'的得主'", "的得主 is read as 的|得主 here: list it in a word class, or write these words one by one")]),
        ("won-by", "第二标段由浙江大学中标。", None),  # it fired
    ],
)  # fmt: skip
def test_a_rule_that_is_asked_for_says_what_it_misses(of_lots: Extractor, rule: str, text: str, missing: list[tuple[str, str]] | None) -> None:
    absent = trace(of_lots, example_document(text), [rule]).absent
    assert [[(one.wanted, one.why) for one in rule.missing] for rule in absent] == ([] if missing is None else [missing])
    assert trace(of_lots, example_document(text)).absent == ()


def test_a_name_that_would_swallow_another_says_which(of_lots: Extractor) -> None:
    steps = trace(of_lots, example_document("浙江大学第二标段开标。")).steps
    assert ("lot-of-body", "浙江大学第二标段", "would swallow Body, which its `over` does not say") in {(s.rule, s.text, s.outcome) for s in steps}


def test_what_a_clause_must_not_have_is_told(extractor: Extractor) -> None:
    steps = _traced(extractor, "中国和法国呼吁召开联合国气候变化大会，中国召开联合国气候变化大会。").steps
    assert any("unless_in_clause" in step.outcome for step in steps)


@pytest.mark.parametrize(
    ("text", "number", "rule", "outcome"),
    [
        ("2023年，錢塘區新增企業25家。", "25家", "amount-new", "fired"),
        ("錢塘區去年增長5%。", "5%", "growth-rise", "fits, but nothing is named that it counts"),
        ("市政府公布编号12的名单。", "12", "", "not asked: in a time or name, or bare"),
    ],
)
def test_every_number_is_told_which_rule_decided(extractor: Extractor, text: str, number: str, rule: str, outcome: str) -> None:
    (decided,) = [one for one in _traced(extractor, text).figures if one.text == number]
    assert (decided.rule, text[decided.start : decided.end]) == (rule, number)
    assert decided.outcome == outcome


def test_a_rule_of_figures_that_came_close_says_what_does_not_hold(extractor: Extractor) -> None:
    (decided,) = _traced(extractor, "工程總投資3億元，同比增長5%左右。").figures[1:]
    stopped = {one.rule: (one.matched, one.failed) for one in decided.stopped}
    assert stopped["compared-with"] == (("before",), ("after",))


@pytest.mark.parametrize(
    ("text", "rule", "outcome"),
    [
        ("乌龙江特大桥今天合龙。全省桥梁、大桥都有监测。", "ref-head", "does not stand where it takes up a name"),
        ("云南推进建设。大桥全长三公里。", "ref-head", "no name near before ends so"),
        ("云龙湖大桥今天合龙。\n该项目难点多。", "ref-works", "nothing that fits is named"),
        ("全国邮政工作会议5日在北京召开。过去已举行38次会议。", "ref-meeting", "speaks of any such thing"),
        ("邮政局党组今天召开会议。会议要求，抓好落实。", "ref-meeting", "tells of one that has no name"),
        ("近日，飞船完成全区合练，北京飞行控制中心发布消息。", "ref-region", "means something else before what follows"),
    ],
)
def test_a_word_that_refers_to_nothing_says_why(extractor: Extractor, text: str, rule: str, outcome: str) -> None:
    assert (rule, outcome) in {(step.rule, step.outcome) for step in _traced(extractor, text).steps}


def test_names_of_tables_are_told_with_their_table(extractor: Extractor) -> None:
    known = {k.text: (k.found_by, k.key, k.code) for k in _traced(extractor, "钱塘区会同国家发改委出台“三保”措施。").known}
    assert known["钱塘区"] == ("gazetteer", "钱塘区", "330114")
    assert known["国家发改委"][:2] == ("name-list", "国家发展和改革委员会")
    assert known["“三保”"][0] == ""
