"""Every case of amounts.yaml, in both scripts: value, unit and bound of amounts of money."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import opencc
import pytest
import yaml

from kg.extract.knowledge.phrases import read_phrases
from kg.ontology import Ontology
from kg.text.fold import fold
from kg.text.numbers import NumberReader, NumberWords
from kg.text.units import unit_table
from kg.yaml_files import read_yaml

CASES: list[tuple[str, Any, str, str]] = [
    tuple(row)  # type: ignore[misc]
    for row in yaml.load((Path(__file__).parent / "amounts.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
]
TRADITIONAL = opencc.OpenCC("s2t")
READER = NumberReader(unit_table([(p, read_yaml(p)) for p in Ontology.load().files("lexicon", ".yaml") if p.stem == "units"]), read_phrases(Ontology.load().yaml("rules")).words_of(NumberWords, "numbers"))


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("script", ["hans", "hant"])
@pytest.mark.parametrize("case", CASES, ids=[row[0] for row in CASES])
def test_case(case: tuple[str, Any, str, str], script: str) -> None:
    written, value, unit, bound = case
    found = [one for one in READER.find(fold(TRADITIONAL.convert(written) if script == "hant" else written)) if one.kind == "money"]
    if value == "none":
        assert found == []
        return
    low, high = value if isinstance(value, list) else (value, None)
    assert [(one.value, one.high, one.unit, one.bound) for one in found] == [
        (Decimal(low), Decimal(high) if high else None, unit, bound)
    ]
