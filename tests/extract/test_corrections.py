"""Corrections by hand survive every extraction, with who made them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.corrections.corrections import Corrections, ReadText
from kg.extract.extractor import Extractor
from kg.extract.facts_json import from_json, to_json
from kg.extract.review.examples import example_document
from kg.model import Facts
from kg.ontology import Ontology
from kg.text.fold import fold

TEXT = "錢塘區實施品質校園建設工程。錢塘區開展亞運城市行動。"


def _facts(folder: Path, corrections: str) -> Facts:
    (folder / "corrections.yaml").write_text(corrections, encoding="utf-8")
    return Extractor(Ontology.load(folder)).extract(example_document(TEXT))


def _said(facts: Facts) -> dict[tuple[str, str, str], str]:
    name = {entity.id: entity.name for entity in facts.entities}
    return {(name[r.subject], r.predicate, name.get(r.object or "", r.value or "")): r.basis for r in facts.relations}


def test_a_wrong_fact_is_refuted_and_says_by_whom(tmp_path: Path) -> None:
    facts = _facts(
        tmp_path,
        "corrections:\n- wrong: {subject: 钱塘区, predicate: implements, object: 亞運城市行動}\n  author: editor\n  date: 2026-11-23\n",
    )
    assert _said(facts)["錢塘區", "implements", "亞運城市行動"] == "refuted by editor on 2026-11-23"


def test_a_missing_fact_is_added_with_its_quote(tmp_path: Path) -> None:
    facts = _facts(
        tmp_path,
        "corrections:\n- missing: {document: example, subject: 錢塘區, predicate: undertakes, object: 品質校園, object_type: Project,"
        " quote: 品質校園建設工程}\n  author: editor\n  date: 2026-11-23\n",
    )
    added = [relation for relation in facts.relations if relation.found_by == "correction"]
    assert [TEXT[relation.start : relation.end] for relation in added] == ["品質校園建設工程"]


_STATUS = "corrections:\n- missing: {{document: example, subject: 品質校園建設工程, predicate: hasStatus, {}quote: 品質校園}}\n  author: editor\n  date: 2026-11-23\n"


@pytest.mark.parametrize("key", ["object", "value"])
def test_a_missing_status_is_added(tmp_path: Path, key: str) -> None:
    facts = _facts(tmp_path, _STATUS.format(f"{key}: operating, "))
    (added,) = [relation for relation in facts.relations if relation.found_by == "correction"]
    assert (added.predicate, added.object, added.value, TEXT[added.start : added.end]) == ("hasStatus", None, "operating", "品質校園")


@pytest.mark.parametrize(("given", "said"), [("object: 投用, ", "投用"), ("", "")])
def test_what_is_no_status_is_refused_with_the_list_of_them(tmp_path: Path, given: str, said: str) -> None:
    with pytest.raises(KgError) as caught:
        _facts(tmp_path, _STATUS.format(given))
    assert str(caught.value).endswith(f"corrections.yaml:2: {said!r} is no status (there are planned, started, underway, completed, operating)")


@pytest.mark.parametrize("quote", ["品質校園建設工程", "品質校園［3］建設工程", "在別處"])
def test_a_quote_is_found_with_or_without_marks_of_footnotes(tmp_path: Path, quote: str) -> None:
    text = TEXT.replace("校園", "校園［3］")
    (tmp_path / "corrections.yaml").write_text(_STATUS.format("value: operating, ").replace("quote: 品質校園", f"quote: {quote}"), encoding="utf-8")
    extractor = Extractor(Ontology.load(tmp_path))
    facts = extractor.extract(example_document(text))
    unfit = extractor.corrections.unfit(example_document(text), facts)
    assert bool(unfit) == (quote == "在別處")
    assert [text[r.start : r.end] for r in facts.relations if r.found_by == "correction"] == ([] if unfit else ["品質校園［3］建設工程"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corrections:\n- wrong: {subject: A}\n  author: a\n  date: 2026\n", "corrections.yaml:2: wrong needs predicate"),
        ("corrections:\n- wrong: {subject: A, predicate: likes}\n  author: a\n  date: 2026\n", "the ontology has no relation likes"),
        ("corrections:\n- wrong: {subject: A, predicate: 汽车产量}\n  author: a\n  date: 2026\n", "what a figure is of is called indicator; there are"),
        ("corrections:\n- wrong: {subject: A, predicate: partOf, indicator: 產量}\n", "corrections.yaml:2: wrong of a figure knows no predicate"),
        ("corrections:\n- wrong: {indicator: 產量}\n", "corrections.yaml:2: wrong of a figure needs subject or document"),
        ("corrections:\n- missing: {document: a, indicator: 產量, value: 3}\n", "corrections.yaml:2: missing of a figure needs kind, quote"),
        ("corrections:\n- wrong: {subject: A, indicator: 產量, kind: total}\n  author: a\n  date: 2026\n", "2: 'total' is no kind of figure .there are level, growth"),
        ("corrections:\n- wrong: {subject: A, indicator: 產量, value: 很多}\n  author: a\n  date: 2026\n", "2: '很多' is no amount"),
        ("corrections:\n- wrong: {subject: A, indicator: 產量, value: sNaN}\n  author: a\n  date: 2026\n", "2: 'sNaN' is no amount"),
        ("corrections:\n- wrong: {subject: A, indicator: 產量, unit: 噸}\n  author: a\n  date: 2026\n", "2: a unit needs a value"),
        ("corrections:\n- wrong: {subject: A, indicator: 產量, period: 去年}\n  author: a\n  date: 2026\n", "2: '去年' is no period"),
        ("corrections:\n- name: {written: A, is: B, type: Area, indicator: C}\n  author: a\n  date: 2026\n", "2: name knows no indicator"),
        ("corrections:\n- wrong: {subject: A, predicate: partOf}\n", "a correction needs an author and a date .write author: your name, date: "),
        ("corrections:\n- wrong: {subject: A, predicate: partOf}\n  author: a\n  date: gestern\n", "2: 'gestern' is no day .write 2024-06-30"),
        ("corrections:\n- wrong: {subject: A, predicate: partOf}\n  auther: a\n  date: 2026\n", "2: a correction knows no auther .beside wrong there are author, date, note"),
        ("corrections:\n- fact: {subject: A, predicate: partOf}\n", "2: a correction is one of wrong, missing, name, text .write wrong: {subject: "),
        ("corrections:\n- A partOf B\n", "1: a correction is one of wrong, missing, name"),
        ("corrections:\n  wrong: {subject: A, predicate: partOf}\n", "1: corrections must be a list .each begins with a dash"),
        ("correction:\n- wrong: {subject: A, predicate: partOf}\n", "1: unknown key correction .all stands in a list under corrections:"),
        ("corrections:\n- wrong: {subject: [A, B], predicate: partOf}\n", "2: subject of wrong must be a word or a number"),
        ("corrections:\n- name: {written: A, is: B, type: Ort}\n  author: a\n  date: 2026\n", "2: the ontology has no entity class Ort .there are Area, Body"),
        ("corrections:\n- wrong: {subject: A, predicate: likes}\n  author: a\n  date: 2026\n", "2: .*likes .there are adopted, amended, awarded, basedOn"),
        ("corrections:\n- wrong: {subject: A, predicate: issued, value: 去年}\n  author: a\n  date: 2026\n", "2: '去年' is no day .write 2024-06-30, 2024-06 or 2024"),
        ("corrections:\n- missing: {document: a, subject: A, predicate: issued, quote: B}\n  author: a\n  date: 2026\n", "2: missing needs value .issued is of date"),
        ("corrections:\n- missing: {document: a, subject: A, predicate: basedOn, quote: B}\n  author: a\n  date: 2026\n", "2: missing needs object .basedOn is of Policy"),
        ("corrections:\n- missing: {document: a, subject: A, predicate: partOf, quote: B}\n  author: a\n  date: 2026\n", "2: missing needs object .partOf leads to another"),
        # keys that are no words
        ("corrections:\n- wrong: {1: a, subject: A, predicate: partOf}\n  author: a\n  date: 2026\n", "2: wrong knows no 1 .known: document, object"),
        ("corrections:\n- wrong: {subject: A, predicate: partOf}\n  2: a\n  by: b\n", "2: a correction knows no 2, by "),
        ("corrections: []\n1: a\n", "1: unknown key 1 "),
        (
            "corrections:\n- missing: {document: a, subject: A, predicate: issued, value: 2024, date: 2024-05-01, quote: B}\n  author: a\n  date: 2026\n",
            "2: issued has no date .only relations have one; its own day is the value: 2024-05-01",
        ),
    ],
)
def test_a_faulty_correction_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        _facts(tmp_path, text)


STATUTE = "公园管理条例\n第一条 根据《城市绿化条例》，制定本条例。\n第二条 本条例自2021年6月1日起施行，《绿地管理办法》不再执行。\n"


def test_dates_and_grounds_of_policies_are_corrected_as_relations_are(tmp_path: Path) -> None:
    (tmp_path / "corrections.yaml").write_text(
        "corrections:\n"
        "- wrong: {subject: 公園管理條例, predicate: effectiveFrom, value: 2021-06-01}\n  author: editor\n  date: 2026-11-23\n"
        "- wrong: {subject: 公园管理条例, predicate: basedOn}\n  author: editor\n  date: 2026-11-23\n"
        "- missing: {document: example, subject: 公园管理条例, predicate: effectiveFrom, object: 2021-07-01, quote: 2021年6月1日起施行}\n  author: editor\n  date: 2026-11-23\n"
        "- missing: {document: example, subject: 公园管理条例, predicate: repeals, object: 绿地管理办法, quote: 《绿地管理办法》不再执行}\n  author: editor\n  date: 2026-11-23\n",
        encoding="utf-8",
    )
    document = example_document(STATUTE)
    facts = Extractor(Ontology.load(tmp_path)).extract(document)
    name = {entity.id: entity.name for entity in facts.entities}
    by = "by editor on 2026-11-23"
    assert [(name[a.subject], a.property, a.value or name[a.object or ""], a.basis, STATUTE[a.start : a.end]) for a in facts.attributes if a.basis != "text"] == [
        ("公园管理条例", "basedOn", "城市绿化条例", f"refuted {by}", "根据《城市绿化条例》，制定本"),
        ("公园管理条例", "effectiveFrom", "2021-06-01", f"refuted {by}", "本条例自2021年6月1日起施行"),
        ("公园管理条例", "effectiveFrom", "2021-07-01", f"added {by}", "2021年6月1日起施行"),
        ("公园管理条例", "repeals", "绿地管理办法", f"added {by}", "《绿地管理办法》不再执行"),
    ]
    assert from_json(to_json(document, facts)) == facts


def test_what_a_correction_resolves_has_no_antecedent(tmp_path: Path) -> None:
    """No mention of the text says what it means: somebody does."""
    text = "浙江海宁市推进港口建设。全市新修公路3公里。"

    def resolved() -> list[tuple[str, str, bool]]:
        facts = Extractor(Ontology.load(tmp_path)).extract(example_document(text))
        mentions = [(entity.name, mention) for entity in facts.entities for mention in entity.mentions if text[mention.start : mention.end] == "全市"]
        return [(name, mention.reference, mention.antecedent is not None) for name, mention in mentions]

    (tmp_path / "corrections.yaml").write_text("corrections: []\n", encoding="utf-8")
    assert resolved() == [("海宁市", "ref-city", True)]
    for meant in ("浙江", "海宁市"):
        correction = f"corrections:\n- name: {{document: example, written: 全市, is: {meant}, type: Area}}\n  author: editor\n  date: 2026-11-23\n"
        (tmp_path / "corrections.yaml").write_text(correction, encoding="utf-8")
        assert resolved() == [(meant, "correction", False)]


@pytest.mark.parametrize("head", ["海宁市人民政府市长　王某\n", ""])
def test_a_report_speaks_for_the_area_that_a_correction_gives_it(tmp_path: Path, head: str) -> None:
    (tmp_path / "corrections.yaml").write_text(
        "corrections:\n- name: {document: example, written: 全市, is: 海宁市, type: Area}\n  author: editor\n  date: 2026-11-23\n", encoding="utf-8"
    )
    text = f"政府工作报告\n{head}全市新修公路3公里。港口吞吐量跻身全省前五。海港铁路支线二期开工建设。\n"
    facts = Extractor(Ontology.load(tmp_path)).extract(example_document(text))
    name = {entity.id: entity.name for entity in facts.entities}
    assert {name.get(o.subject or "") for o in facts.observations} == {"海宁市"}
    assert {name[r.subject] for r in facts.relations if r.predicate == "undertakes"} == {"海宁市"}
    assert {name[r.object or ""] for r in facts.relations if r.predicate == "locatedIn"} == {"海宁市"}


FIGURES = "2023年，錢塘區進出口總額1,142.15億元，下降3.2%，居全市第2位，新增市場主體3.5萬戶。"


@pytest.mark.parametrize(
    ("says", "refuted"),
    [
        ("indicator: 進出口總額, value: 1142.15億元", ["1,142.15億元"]),
        ("indicator: 進出口總額, value: 1142.15, unit: 亿元", ["1,142.15億元"]),
        ("indicator: 進出口總額, value: 114215000000, unit: CNY", ["1,142.15億元"]),
        ("indicator: 進出口總額, value: 1142.15萬元", []),
        ("indicator: 进出口总额, value: -3.2%", ["3.2%"]),
        ("indicator: 進出口總額, value: 3.2%", []),
        ("indicator: 進出口總額, kind: rank", ["第2位"]),
        ("indicator: 進出口總額, value: 第2位", ["第2位"]),
        ("indicator: 進出口總額, kind: growth, period: 2023-01/2023-12", ["3.2%"]),
        ("indicator: 進出口總額, kind: growth, period: 2022", []),
        ("indicator: 進出口總額, kind: level, quote: 新增市場主體", ["1,142.15億元"]),
        ("indicator: 進出口總額, quote: 別的句子", []),
        ("indicator: 新增市場主體, value: 3.5萬戶", ["3.5萬戶"]),
    ],
)
def test_a_wrong_figure_is_told_by_what_is_said_of_it(tmp_path: Path, extractor: Extractor, says: str, refuted: list[str]) -> None:
    (tmp_path / "corrections.yaml").write_text(
        f"corrections:\n- wrong: {{document: example, subject: 钱塘区, {says}}}\n  author: editor\n  date: 2026-11-23\n", encoding="utf-8"
    )
    document = example_document(FIGURES)
    facts = extractor.extract(document)
    assert len(facts.observations) == 4
    corrected = Corrections(Ontology.load(tmp_path)).apply_to_figures(
        ReadText(document, fold(FIGURES), facts.sentences), list(facts.entities), list(facts.observations)
    )
    assert [o.quoted for o in corrected[1] if o.basis == "refuted by editor on 2026-11-23"] == refuted


@pytest.mark.parametrize(
    ("says", "value", "unit", "quoted"),
    [
        ("kind: growth, value: -3.2%", "-3.2", "%", "3.2%"),
        ("kind: level, value: 1142.15億元", "114215000000", "CNY", "1,142.15億元"),
        ("kind: level, value: 35000, unit: 戶", "35000", "戶", "3.5萬戶"),
        ("kind: rank, value: 第2位", "2", "", "第2位"),
    ],
)
def test_a_missing_figure_is_added_as_the_text_writes_it(
    tmp_path: Path, extractor: Extractor, says: str, value: str, unit: str, quoted: str
) -> None:
    (tmp_path / "corrections.yaml").write_text(
        f"corrections:\n- missing: {{document: example, subject: 錢塘區, indicator: 別的指標, {says}, period: 2023, quote: '{FIGURES[:-1]}'}}\n"
        "  author: editor\n  date: 2026-11-23\n",
        encoding="utf-8",
    )
    document = example_document(FIGURES)
    facts = extractor.extract(document)
    entities, figures = Corrections(Ontology.load(tmp_path)).apply_to_figures(
        ReadText(document, fold(FIGURES), facts.sentences), list(facts.entities), list(facts.observations)
    )
    (added,) = [one for one in figures if one.found_by == "correction"]
    assert (added.value, added.unit, added.quoted) == (Decimal(value), unit, quoted)
    assert (added.period, added.basis, added.confidence) == ("2023", "added by editor on 2026-11-23", 1.0)
    corrected = replace(facts, entities=tuple(entities), observations=tuple(figures))
    assert from_json(to_json(document, corrected)) == corrected
