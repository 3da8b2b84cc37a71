"""As what a text was read as a whole: its genre, whose it is and by what that is known, of which years it tells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.facts_json import from_json, to_json
from kg.extract.review.examples import example_document
from kg.model import Document, Facts
from kg.ontology import Ontology

BODY = "过去一年，全市生产总值增长6.2%。\n今年，我们将加快建设滨江快速路，新增就业3万人。"


def document(text: str, title: str = "", date: str | None = "2025-01-16") -> Document:
    return replace(example_document(text), title=title or text.split("\n", 1)[0], date=date)


def how(facts: Facts) -> tuple[str, list[str], str, str]:
    name = {entity.id: entity.name for entity in facts.entities}
    return facts.reading.genre, [name[area] for area in facts.reading.areas], facts.reading.areas_basis, facts.reading.period


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (f"衢州市2025年政府工作报告\n{BODY}", "", ("report", ["衢州市"], "title", "2024-01-01/2025-12-31")),
        (f"政府工作报告\n——2025年1月16日在衢州市第八届人民代表大会第四次会议上\n{BODY}", "", ("report", ["衢州市"], "opening", "2024-01-01/2025-12-31")),
        (f"各位代表：\n现在，我代表衢州市人民政府，向大会报告工作。\n{BODY}", "政府工作报告", ("report", ["衢州市"], "opening", "2024-01-01/2025-12-31")),
        (f"各位代表：\n{BODY}衢州市再获表彰。", "衢州市2025年政府工作报告", ("report", ["衢州市"], "metadata", "2024-01-01/2025-12-31")),
        ("衢州市2023年国民经济和社会发展统计公报\n全年生产总值增长5%。", "", ("communique", ["衢州市"], "title", "2023-01-01/2023-12-31")),
        ("衢州市“十四五”农业发展规划\n一、发展目标\n到2025年，粮食产量达到60万吨。", "", ("plan", ["衢州市"], "title", "2021-01-01/2025-12-31")),
        ("衢州市2025年重点工作任务分解表\n新增就业3万人。", "", ("plan", ["衢州市"], "title", "2025")),
        ("2025年衢州市商务局工作要点\n进出口增长5%。", "", ("plan", ["衢州市"], "title", "2025")),
        ("衢州市2024年民生实事完成情况\n新增就业3万人。", "", ("text", ["衢州市"], "words", "")),
        ("我市新建公园36处\n去年，衢州市新建公园36处。今年，我市将再建20处。", "", ("text", ["衢州市"], "words", "")),
        (f"政府工作报告\n各位代表：\n{BODY}全市再获表彰。", "", ("report", [], "", "2024-01-01/2025-12-31")),  # which city, it does not say
        ("衢州市就業人數再創新高\n前三季度，我市新增就業3萬人。", "", ("text", ["衢州市"], "words", "")),
        ("加快建设交通强市\n衢州市重视交通。今年，我市将新建公路400公里。", "", ("report", ["衢州市"], "words", "")),
        ("衢州市公园条例\n第一条 为了加强公园管理，制定本条例。\n第二条 本条例适用于衢州市。\n第三条 公园应当开放。", "", ("law", [], "", "")),
        ("衢州举行茶博会\n近日，衢州举行茶博会。衢州茶叶产量增长3%。衢州将继续办好茶博会。", "", ("text", ["衢州"], "words", "")),
        ("三地签约\n近日，衢州、黄山、南平签约。", "", ("text", [], "", "")),
        ("衢州高新技术产业园区关于促进氢能产业发展的若干措施\n对落户企业给予补助。衢州市加强统筹。", "", ("text", ["衢州高新技术产业园区"], "title", "")),
        (
            "国内联播快讯\n浙江加快发展\n浙江经济平稳增长。\n江苏举行活动\n今天，江苏举行活动。\n全国铁路运行平稳\n全国铁路运行平稳。\n", "",
            ("digest", [], "", ""),
        ),
        (
            "国内联播快讯\n浙江加快发展\n浙江经济平稳增长。\n福建与江西签署内河水运合作规划\n双方今天签署规划。\n新桥通车\n滨江新桥长900米，设六条车道。\n", "",
            ("digest", [], "", ""),  # the plan is that of one story
        ),
    ],
)  # fmt: skip
def test_genre_area_and_years(extractor: Extractor, text: str, title: str, expected: tuple[str, list[str], str, str]) -> None:
    facts = extractor.extract(document(text, title))
    genre, areas, basis, period = how(facts)
    if expected[0] == "law":  # what lies in it is not asked here
        areas, basis, period = [], "", ""
    assert (genre, areas, basis, period) == expected
    assert from_json(to_json(document(text, title), facts)) == facts


def corrected(folder: Path, says: str, text: str, **fields: str | None) -> Facts:
    (folder / "corrections.yaml").write_text(f"corrections:\n- text: {{document: example, {says}}}\n  author: editor\n  date: 2026-11-23\n", encoding="utf-8")
    return Extractor(Ontology.load(folder)).extract(document(text, **fields))  # type: ignore[arg-type]


def subjects(facts: Facts) -> list[tuple[str | None, str | None]]:
    name = {entity.id: entity.name for entity in facts.entities}
    return [(name[figure.subject] if figure.subject else None, figure.period) for figure in facts.observations]


NEIGHBOUR = "衢州经济运行平稳\n衢州生产总值增长6%。衢州就业稳定。衢州向好。柯城区与江山市协作。\n生产总值增长7%。"


def test_a_text_is_given_its_area(tmp_path: Path, extractor: Extractor) -> None:
    assert how(extractor.extract(document(NEIGHBOUR)))[1:3] == (["衢州"], "words")
    facts = corrected(tmp_path, "area: 柯城區, genre: report", NEIGHBOUR)
    assert how(facts) == ("report", ["柯城区"], "correction", "2024-01-01/2024-12-31")  # nothing in it looks ahead
    assert [name for name, _ in subjects(facts)] == ["衢州", "柯城区"]  # what a sentence says itself stays


def test_words_for_its_own_area_mean_the_given_one_where_it_is_not_named(tmp_path: Path) -> None:
    facts = corrected(tmp_path, "area: 衢州市", "茶叶生产情况\n全市茶叶产量增长3%。全市茶园面积5万亩。")
    assert {entity.key for entity in facts.entities if entity.type == "Area"} == {"衢州市"}
    assert how(facts)[2] == "correction"


def test_a_report_is_given_its_year_by_its_day(tmp_path: Path) -> None:
    facts = corrected(tmp_path, "date: 2024-01-10", f"衢州市政府工作报告\n{BODY}", date="2026-05-01")
    assert how(facts)[3] == "2023-01-01/2024-12-31" and facts.date == "2024-01-10"


@pytest.mark.parametrize(("genre", "read"), [("report", "report"), ("text", "text")])
def test_a_text_is_or_is_no_report(tmp_path: Path, genre: str, read: str) -> None:
    text = f"衢州市情况\n{BODY}衢州市向好。" if genre == "report" else f"衢州市2025年政府工作报告\n{BODY}"
    assert how(corrected(tmp_path, f"genre: {genre}", text))[0] == read


@pytest.mark.parametrize(
    ("says", "message"),
    [
        ("", "text says nothing of its document"),
        ("genre: novel", "'novel' is no genre that can be given"),
        ("date: 16/01/2025", "'16/01/2025' is no day"),
        ("title: 甲", "text knows no title"),
    ],
)
def test_a_faulty_correction_of_a_text_is_told(tmp_path: Path, says: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        corrected(tmp_path, says, NEIGHBOUR)


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("衢州市2025年民生实事项目清单", {("target", "2025")}),
        ("2025年度衢州市重点任务责任清单", {("target", "2025")}),
        ("衢州市2024—2025年水利工作要点", {("target", "2024-01-01/2025-12-31")}),
        ("2025年衢州市进出口平稳 实现年度工作目标", {("level", None), ("growth", None)}),
        ("衢州市公布2025年民生实事", {("level", None), ("growth", None)}),  # told as news: it may be done
    ],
)
def test_what_the_tasks_of_a_year_set_is_a_target(extractor: Extractor, title: str, kinds: set[tuple[str, str | None]]) -> None:
    facts = extractor.extract(document(f"{title}\n1.新建改造供水管网50公里。\n2.进出口增长5%。"))
    assert {(o.kind, o.period) for o in facts.observations} == kinds
