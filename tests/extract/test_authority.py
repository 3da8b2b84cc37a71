"""authority.csv has the last word on who is whom, in either script."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.model import Document, Entity, Facts
from kg.ontology import Ontology

HEAD = "decision,type,name,other,author,date,note\n"


def _facts(folder: Path, rows: str, text: str, document: str = "a.txt") -> Facts:
    (folder / "authority.csv").write_text(HEAD + rows, encoding="utf-8")
    about = Document(id=document, stem=document, path=document, text=text, format="text", sha256="", title="", date=None, date_basis=None)
    return Extractor(Ontology.load(folder)).extract(about)


def _bodies(facts: Facts) -> list[Entity]:
    return [entity for entity in facts.entities if entity.type == "Body"]


TWO = "錢塘區城市建設投資集團有限公司簽約。錢塘區環境發展有限公司簽約。"


def test_same_makes_one_thing_of_two_names(tmp_path: Path) -> None:
    assert len({entity.key for entity in _bodies(_facts(tmp_path, "", TWO))}) == 2
    row = "same,Body,錢塘區環境發展有限公司,钱塘区城市建设投资集团有限公司,editor,2026-11-23,\n"
    assert {entity.key for entity in _bodies(_facts(tmp_path, row, TWO))} == {"钱塘区城市建设投资集团有限公司"}


def test_different_keeps_a_name_from_what_the_lexicon_takes_it_for(tmp_path: Path) -> None:
    text = "國家發展改革委召開會議。"
    (known,) = _bodies(_facts(tmp_path, "", text))
    row = f"different,Body,國家發展改革委,{known.key},editor,2026-11-23,\n"
    (own,) = _bodies(_facts(tmp_path, row, text))
    assert known.key != own.key == "国家发展改革委"


def test_same_of_a_name_and_itself_is_one_thing_everywhere(tmp_path: Path) -> None:
    text = "各地實施“十項行動”。"
    assert [entity.scope for entity in _facts(tmp_path, "", text).entities] == ["a.txt"]
    everywhere = _facts(tmp_path, "same,Policy,十項行動,十項行動,editor,2026-11-23,\n", text)
    assert [entity.scope for entity in everywhere.entities] == [""]


@pytest.mark.parametrize(("rows", "says"), [
    ("equal,Body,甲公司,乙公司,,,\n", "same or different"),
    ("same,Plan,甲公司,乙公司,,,\n", "a class of the ontology"),
    ("same,Body,甲公司,,,,\n", "two names"),
])  # fmt: skip
def test_a_faulty_row_is_named_with_its_line(tmp_path: Path, rows: str, says: str) -> None:
    with pytest.raises(KgError, match=says) as error:
        _facts(tmp_path, rows, "")
    assert "authority.csv" in str(error.value.file) and error.value.line == 2


def test_a_title_that_many_papers_have_is_a_paper_of_its_own_in_each_place(tmp_path: Path) -> None:
    def scope(text: str) -> list[str]:
        return [entity.scope for entity in _facts(tmp_path, "", text).entities if entity.key == "实施方案"]

    assert scope("天津市印發《實施方案》。") == ["120000"]
    assert scope("上海市印發《實施方案》。") == ["310000"]
