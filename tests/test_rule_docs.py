"""The samples of docs/rules.md and docs/figures.md are what the program makes of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document, run_examples
from kg.model import Observation
from kg.ontology import Ontology

DOCS = Path(__file__).parents[1] / "docs"
RULES = (DOCS / "rules.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", RULES, re.DOTALL)


def _block(begin: str) -> Any:
    (found,) = [block for block in BLOCKS if block.startswith(begin)]
    return yaml.safe_load(found)


def _names(extractor: Extractor, text: str, type_: str) -> list[str]:
    return [entity.name for entity in extractor.extract(example_document(text)).entities if entity.type == type_]


def test_the_entity_rule_yields_what_it_says(extractor: Extractor) -> None:
    (rule,) = _block("- id:")
    shipped = next(known for known in extractor.rules.entities if known.id == rule["id"])
    assert shipped.type == rule["entity"]
    for example in rule["examples"]:
        assert _names(extractor, example["text"], rule["entity"]) == example["yields"]
    assert [_names(extractor, text, rule["entity"]) for text in rule["rejects"]] == [[], []]


def test_the_reference_is_read_and_yields_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "own.yaml").write_text(next(block for block in BLOCKS if block.startswith("references:")), encoding="utf-8")
    outcomes = list(run_examples(Extractor(Ontology.load(tmp_path)), ["ref-works"]))
    assert [outcome.passed for outcome in outcomes] == [True, True]


def test_the_names_of_the_lexicon_block_are_one_thing(extractor: Extractor) -> None:
    (body,) = _block("classes:")["names"]["Body"]
    text = "、".join([body["name"], *body["aliases"]]) + "。"
    (found,) = [entity for entity in extractor.extract(example_document(text)).entities if entity.type == "Body"]
    assert found.surfaces == (body["name"], *body["aliases"])


@pytest.mark.parametrize(
    ("sample", "feature"),
    [
        ("三保", "#QuoteNumber"), ("1+8", "#QuoteSum"), ("银龄讲学计划", "#QuoteSlogan"), ("学思想、强党性", "#QuotePhrase"), ("换道超车", "#QuoteFour"),
        ("90后", "#QuoteShort"), ("卡脖子", "#QuoteShort"),
    ],
)  # fmt: skip
def test_quotations_have_the_shapes_that_the_page_gives(extractor: Extractor, sample: str, feature: str) -> None:
    assert sample in RULES
    (row,) = extractor.rows(example_document(f"“{sample}”。"))
    assert feature in extractor.symbols.features(row.symbols[0])


@pytest.mark.parametrize(("sample", "feature"), [("弗迪公司", "@coined"), ("昌九铁路", "@coined"), ("《中秋晚会》", "#QuoteEvent"), ("乐山、阆中机场", "#ProjectShared")])
def test_tokens_have_the_features_that_the_page_gives(extractor: Extractor, sample: str, feature: str) -> None:
    assert sample.removesuffix("公司").removesuffix("铁路") in RULES
    (row,) = extractor.rows(example_document(sample))
    assert any(feature in extractor.symbols.features(symbol) for symbol in row.symbols)


def test_the_page_shows_what_a_trace_prints() -> None:
    from click.testing import CliRunner

    from kg.cli import root

    blocks = re.findall(r"^```(\w*)\n(.*?)^```", RULES, re.DOTALL | re.MULTILINE)
    (shown,) = [block for language, block in blocks if not language and " matched " in block]
    printed = CliRunner().invoke(root, ["rules", "trace", "云龙湖水库工程今天开工，总投资3亿元。该工程年供水两亿立方米。"]).output.splitlines()
    lines = [line for line in shown.splitlines() if "[" not in line]
    assert len(lines) == 7
    assert [line for line in lines if line not in printed] == []


def test_the_rule_of_figures_is_what_its_page_says(tmp_path: Path) -> None:
    page = (DOCS / "figures.md").read_text(encoding="utf-8")
    (block,) = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "match:" in block]
    (rule,) = yaml.safe_load(block)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "observations_own.yaml").write_text(f"rules:\n{block}", encoding="utf-8")
    outcomes = list(run_examples(Extractor(Ontology.load(tmp_path)), [rule["id"]]))
    assert [outcome.passed for outcome in outcomes] == [True, True]


def test_figures_are_read_as_their_page_says(extractor: Extractor) -> None:
    """The tables of texts of one day and what they are read as: subject, indicator, kind and value, period, base, scope, who answers for it."""
    page = (DOCS / "figures.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| (?:because \| )?text of (\S+) \| read as \|\n\|[-|]+\|\n((?:\|.*\n)+)", page, re.MULTILINE)
    rows = [(day, *row.strip("|\n").split(" | ")[-2:]) for day, table in tables for row in table.splitlines()]
    assert len(rows) > 100
    wrong = []
    for day, text, told in rows:
        facts = extractor.extract(example_document(text.strip().replace("⏎", "\n"), day))
        names = {entity.id: entity.name for entity in facts.entities}
        read = [_as_told(one, names) for one in facts.observations]
        if (read or ["nothing"]) != told.strip().split("<br>"):
            wrong.append((text, told, read))
    assert wrong == []


def _as_told(figure: Observation, names: dict[str, str]) -> str:
    value = f"{figure.value:,f}"
    value = value.rstrip("0").rstrip(".") if "." in value else value
    bound = "" if figure.bound == "=" else figure.bound
    unit = figure.unit if figure.unit in ("", "%") else f" {figure.unit}"
    parts = [names.get(figure.subject or "", "–"), figure.indicator, f"{figure.kind} {bound}{value}{unit}", figure.period or "–"]
    parts += [f"base {figure.base}"] if figure.base else []
    parts += [f"in {figure.scope}"] if figure.scope else []
    parts += [f"responsible {'、'.join(names[one] for one in figure.responsible)}"] if figure.responsible else []
    return " · ".join(parts)
