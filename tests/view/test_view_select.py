from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import KgError
from kg.view.links import Links, read_links
from kg.view.options import PageOptions
from kg.view.select import CORE, Selection, select
from tests.view.made_graphs import KGO, RDF, GraphMaker, district, iri, large


@pytest.fixture(scope="module")
def links() -> Links:
    return read_links(district().store)


def names(links: Links, indices: tuple[int, ...]) -> set[str]:
    return {links.keys[i] for i in indices}


def chosen(links: Links, **options: object) -> tuple[Selection, set[str]]:
    selection = select(links, PageOptions(**options))  # type: ignore[arg-type]
    return selection, names(links, selection.things)


def test_everything_is_carried_when_nothing_is_asked(links: Links) -> None:
    selection, carried = chosen(links)
    assert len(carried) == 10 and selection.left_out == 0
    assert len(selection.statements) == 11
    assert links.keys[selection.things[0]] in ("钱塘区", "钱塘区委")


def test_a_fact_takes_the_date_of_its_document_if_it_has_none(links: Links) -> None:
    dates = {(links.predicates[i], links.dates[i], links.own_date[i]) for i in range(len(links.statements))}
    assert ("hasStatus", "2021-06-28", True) in dates and ("connects", "2020-03-02", False) in dates


@pytest.mark.parametrize("name", ["下沙", " 下沙"])
def test_the_focus_opens_with_what_lies_within_the_hops(links: Links, name: str) -> None:
    selection, carried = chosen(links, focus=name, hops=1)
    assert names(links, selection.core) == {"下沙", "杭州地铁8号线一期工程"}
    assert len(carried) == 10  # the rest is in the page and can be reached
    assert names(links, chosen(links, focus=name, hops=2)[0].core) >= {"钱塘区", "杭州地铁集团"}
    assert names(links, chosen(links, focus=name, hops=0)[0].core) == {"下沙"}


def test_either_script_finds_the_focus(links: Links) -> None:
    assert chosen(links, focus="錢塘區")[0].focus == chosen(links, focus="钱塘区")[0].focus


def test_a_name_that_is_not_there_brings_near_ones(links: Links) -> None:
    with pytest.raises(KgError) as caught:
        chosen(links, focus="钱塘")
    assert str(caught.value) == "--focus: nothing in this graph is called '钱塘' (did you mean 钱塘区, 钱塘区委?)"


def test_names_that_several_things_have_take_the_one_with_most_facts() -> None:
    maker = district()
    document = maker.document("other.txt")
    maker.thing("Body", "钱塘区", document)
    links = read_links(maker.store)
    selection = select(links, PageOptions(focus="钱塘区"))
    assert selection.focus is not None and links.types[selection.focus] == "Area"
    assert selection.notes == (("note-several", "2", "钱塘区"),)


def test_types_area_dates_and_confidence_narrow(links: Links) -> None:
    assert chosen(links, types=("Project",))[1] == {"杭州地铁8号线一期工程"}
    assert chosen(links, area="下沙")[1] == {"下沙", "杭州地铁8号线一期工程"}
    assert {"钱塘区", "钱塘区委", "杭州市", "“十四五”规划"} <= chosen(links, area="杭州市")[1]
    assert chosen(links, until="2020")[1] == {"钱塘区", "杭州地铁8号线一期工程", "下沙", "杭州地铁集团"}
    assert chosen(links, since="2021-07-10", until="2021-07-10")[1] == {"钱塘区委", "一届二次全会"}
    assert chosen(links, min_confidence=0.95)[1] == {"杭州地铁集团", "杭州地铁8号线一期工程"}


def test_the_limit_keeps_the_most_central(links: Links) -> None:
    selection, carried = chosen(links, limit=3)
    assert len(carried) == 3 and selection.left_out == 7
    assert {"钱塘区", "钱塘区委"} <= carried
    assert all(links.targets[i] < 0 or links.keys[links.targets[i]] in carried for i in selection.statements)


def test_the_core_of_a_large_graph_is_small_linked_and_no_thicket() -> None:
    links = read_links(large(1200, 4000).store)
    selection = select(links, PageOptions())
    core = set(selection.core)
    inner = {
        frozenset((links.sources[i], links.targets[i]))
        for i in selection.statements
        if {links.sources[i], links.targets[i]} <= core
    }
    assert 20 <= len(core) <= CORE
    assert len(inner) <= 2 * len(core)
    assert all(any(thing in pair for pair in inner) for thing in core)


def test_what_a_reference_table_knows_stands_once_and_does_not_make_the_first_picture() -> None:
    maker = GraphMaker()
    documents = [maker.document(f"{n}.txt", date="2024-01-01") for n in range(6)]
    for document in documents:
        country = maker.thing("Area", "中国", document, code="100000")
        for n in range(30):
            province = maker.thing("Area", f"省{n}", document, code=f"{n + 200}000")
            statement = iri("s", document.value, n)
            for name, value in (("subject", province), ("predicate", NamedNode(KGO + "partOf")), ("object", country)):
                maker.add(statement, RDF + name, value, document)
            maker.add(statement, KGO + "basis", Literal("authority"), document)
            maker.add(statement, KGO + "statedIn", document, document)
    text = "省0实施规划，省1实施规划，公司0建设工程0。"
    sentence = maker.sentence(documents[0], text)
    plan = maker.thing("Policy", "规划", documents[0])
    for n in range(3):
        province = maker.thing("Area", f"省{n}", documents[0], code=f"{n + 200}000")
        maker.fact(province, "implements", plan, documents[0], sentence, f"省{n}")
        project = maker.thing("Project", f"工程{n}", documents[0])
        maker.fact(project, "locatedIn", province, documents[0], sentence, "工程")
        maker.fact(maker.thing("Body", f"公司{n}", documents[0]), "undertakes", project, documents[0], sentence, "公司")
    links = read_links(maker.store)
    assert sum(links.reference) == 30
    assert all(not date for date, known in zip(links.dates, links.reference, strict=True) if known)
    selection = select(links, PageOptions())
    core = names(links, selection.core)
    assert {"规划", "工程0", "工程1", "工程2", "公司0", "省0", "省1"} <= core
    assert "省9" not in core
