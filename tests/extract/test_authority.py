"""authority.csv has the last word on who is whom, in either script."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.coreference.identity import read_authority
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


def test_same_of_two_places_with_codes_is_the_second(tmp_path: Path) -> None:
    text = "拱墅區召開會議。西湖區召開會議。"
    rows = "same,Area,拱墅区,钱塘区,editor,2026-11-23,\nsame,Area,西湖区,湖滨片,editor,2026-11-23,\n"
    areas = [entity for entity in _facts(tmp_path, rows, text).entities if entity.type == "Area"]
    assert [(entity.key, entity.code) for entity in areas] == [("钱塘区", "330114"), ("湖滨片", "")]


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


METRO = "{}政府工作報告\n9號線一期工程完成投資20億元。\n{}"
ROW = "same,Project,9號線一期工程,杭州有軌電車9號線一期工程,editor,2026-11-23,\n"


def _works(facts: Facts) -> set[tuple[str, str]]:
    return {(entity.key, entity.scope) for entity in facts.entities if entity.type == "Project"}


def test_same_of_a_name_that_every_place_has_and_a_fuller_one_is_one_thing(tmp_path: Path) -> None:
    text = METRO.format("杭州市", "杭州有軌電車9號線一期工程開通運營。")
    assert _works(_facts(tmp_path, "", text)) == {("9号线一期工程", "330100"), ("杭州有轨电车9号线一期工程", "")}
    assert _works(_facts(tmp_path, ROW, text)) == {("杭州有轨电车9号线一期工程", "")}
    called_short = "same,Project,杭州有軌電車9號線一期工程,9號線一期工程,editor,2026-11-23,\n"
    assert _works(_facts(tmp_path, called_short, text)) == {("9号线一期工程", "")}


def test_same_of_a_fuller_name_is_not_said_of_another_place(tmp_path: Path) -> None:
    assert _works(_facts(tmp_path, ROW, METRO.format("武漢市", ""))) == {("9号线一期工程", "420100")}


def test_same_of_two_names_that_every_place_has_is_one_thing_in_each_place(tmp_path: Path) -> None:
    row = "same,Project,5號線延伸線,5號線延長線,editor,2026-11-23,\n"
    for place, code in (("天津市", "120000"), ("重慶市", "500000")):
        told = _facts(tmp_path, row, f"{place}政府工作報告\n加快5號線延伸線建設。5號線延長線開工建設。\n")
        assert _works(told) == {("5号线延长线", code)}


@pytest.mark.parametrize(("rows", "says"), [
    ("equal,Body,甲公司,乙公司,,,\n", "'equal' is no decision (there are same and different)"),
    ("same,Plan,甲公司,乙公司,,,\n", "the ontology has no entity class 'Plan' (there are Area, Body, Event, Honor, Person, Policy, Project)"),
    ("same,Body,甲公司,,,,\n", "a decision is of two names (give both, name and other; same of a name and itself makes it one thing everywhere)"),
    ("same,Body,甲公司,乙公司,editor,yesterday,\n", "'yesterday' is no day (write 2026-11-23)"),
    ("same,Body,甲公司,乙公司,editor,2026-11-23,one, not two\n", "has more cells than the first line (put a cell that holds a comma in quotes)"),
])  # fmt: skip
def test_a_faulty_row_is_named_with_its_line_and_the_way_out(tmp_path: Path, rows: str, says: str) -> None:
    with pytest.raises(KgError) as error:
        _facts(tmp_path, rows, "")
    assert str(error.value) == f"{tmp_path / 'authority.csv'}:2: {says}"


@pytest.mark.parametrize(("second", "says"), [
    ("different,Body,乙公司,甲公司,,,\n", "says different of two names of which line 2 says same (leave one of the two rows out)"),
    ("same,Body,甲公司,丙公司,,,\n", "甲公司 is the same as 乙公司 by line 2 (if all three are one, write same of 乙公司 and 丙公司)"),
])  # fmt: skip
def test_two_rows_that_cannot_both_hold_are_refused(tmp_path: Path, second: str, says: str) -> None:
    with pytest.raises(KgError) as error:
        _facts(tmp_path, "same,Body,甲公司,乙公司,,,\n" + second, "")
    assert str(error.value) == f"{tmp_path / 'authority.csv'}:3: {says}"
    _facts(tmp_path, "same,Body,甲公司,乙公司,,,\nsame,Body,甲公司,乙公司,,,\nsame,Body,乙公司,丙公司,,,\n", "")  # these can


@pytest.mark.parametrize(("content", "says"), [
    (b"decision,kind,name\n", ":1: has no column type, other (its first line is decision,type,name,other,author,date,note)"),
    (b"", ":1: has no column decision, type, name, other (its first line is decision,type,name,other,author,date,note)"),
    ("decision,type,name,other\nsame,Body,甲公司,乙公司\n".encode("gb18030"), ": is not UTF-8 (save it as UTF-8 (in Excel: CSV UTF-8))"),
    (b"decision,type,name,other\nsame,Body," + b"a" * 200_000 + b",b\n",
     ": cannot be read as a table: field larger than field limit (131072) (save it as CSV, with quotes around cells that hold a comma or a quote)"),
])  # fmt: skip
def test_a_faulty_table_is_named_with_the_way_out(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "authority.csv").write_bytes(content)
    before = csv.field_size_limit(131_072)  # reading tables as documents raises it for the whole process
    try:
        with pytest.raises(KgError) as error:
            read_authority(Ontology.load(tmp_path))
    finally:
        csv.field_size_limit(before)
    assert str(error.value) == f"{tmp_path / 'authority.csv'}{says}"


def test_a_title_that_many_papers_have_is_a_paper_of_its_own_in_each_place(tmp_path: Path) -> None:
    def scope(text: str) -> list[str]:
        return [entity.scope for entity in _facts(tmp_path, "", text).entities if entity.key == "实施方案"]

    assert scope("天津市印發《實施方案》。") == ["120000"]
    assert scope("上海市印發《實施方案》。") == ["310000"]


def test_a_meeting_that_many_places_have_is_one_of_its_own_in_each_place(tmp_path: Path) -> None:
    def scope(text: str) -> list[str]:
        return [entity.scope for entity in _facts(tmp_path, "", text).entities if entity.type == "Event"]

    assert scope("天津市召開第六十八次常務會議。") == ["120000"]
    assert scope("上海市召開第六十八次常務會議。") == ["310000"]


@pytest.mark.parametrize(("text", "type_", "key"), [
    ("推進文化廣場項目建設，文化廣場項目投入使用。", "Project", "文化广场项目"),
    ("加快5號線延伸線建設。", "Project", "5号线延伸线"),
    ("加快自貿試驗區建設。", "Area", "自贸试验区"),
    ("組建能源集團。", "Body", "能源集团"),
    ("完善國際貿易“單一窗口”。", "Project", "国际贸易单一窗口"),
    ("推進城市生命線安全工程建設。", "Project", "城市生命线安全工程"),
])  # fmt: skip
def test_a_name_of_common_words_is_a_thing_of_its_own_in_each_place(tmp_path: Path, text: str, type_: str, key: str) -> None:
    for place, code in (("天津市", "120000"), ("重慶市", "500000")):
        entities = _facts(tmp_path, "", f"{place}政府工作報告\n{text}\n").entities
        assert {entity.scope for entity in entities if entity.type == type_ and entity.key == key} == {code}


def test_a_name_that_tells_is_one_thing_in_all_places(tmp_path: Path) -> None:
    told = "{}政府工作報告\n推進雄忻高鐵建設。遙感三十四號04星發射成功。\n"
    for place in ("山西省", "河北省"):
        found = {entity.key: entity.scope for entity in _facts(tmp_path, "", told.format(place)).entities if entity.type == "Project"}
        assert found == {"雄忻高铁": "", "遥感三十四号04星": ""}


def test_a_listed_kind_of_work_is_the_countrys_where_no_place_is_spoken_of(tmp_path: Path) -> None:
    found = _facts(tmp_path, "", "海關總署升級國際貿易“單一窗口”。").entities
    assert [entity.scope for entity in found if entity.key == "国际贸易单一窗口"] == [""]


def test_a_slogan_listed_with_its_marks_is_one_thing_in_all_places(tmp_path: Path) -> None:
    for number, text in enumerate(("天津市推动“四下基层”走深走实。", "上海市推動「四下基層」走深走實。")):
        assert ("四下基层", "") in {(entity.key, entity.scope) for entity in _facts(tmp_path, "", text, f"{number}.txt").entities}


def test_the_congress_of_a_party_committee_is_one_of_its_own_place(tmp_path: Path) -> None:
    def scope(place: str) -> list[str]:
        told = f"{place}政府工作報告\n認真落實省委經濟工作會議部署。\n"
        return [entity.scope for entity in _facts(tmp_path, "", told).entities if entity.type == "Event"]

    assert scope("浙江省") == ["330000"] and scope("廣東省") == ["440000"]


def test_villages_of_one_name_are_many(tmp_path: Path) -> None:
    village = [entity for entity in _facts(tmp_path, "", "在永豐村，村民種植茶葉。").entities if entity.key == "永丰村"]
    assert [entity.scope for entity in village] == ["a.txt"]


def test_a_link_between_two_names_of_one_thing_is_none(tmp_path: Path) -> None:
    text = "錢江高速公路重點控制性工程下沙特大橋貫通。"

    def linked(rows: str) -> list[bool]:
        return [r.subject == r.object for r in _facts(tmp_path, rows, text).relations if r.predicate == "comprises"]

    assert linked("") == [False]
    assert linked("same,Project,下沙特大桥,钱江高速公路,editor,2026-11-23,\n") == []
