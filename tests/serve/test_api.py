"""The JSON API: search, things, links, evidence, documents, figures, questions."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import Store

from kg.graph.vocabulary import PREFIXES
from tests.serve.conftest import Running, running
from tests.serve.made_graph import Draft, district, plan_of_work, write_graph

AREA, LINE = "area-330114", "杭州地铁8号线一期工程"


@pytest.fixture(scope="module")
def client(server: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as found:
        yield found


def get(client: httpx.Client, path: str, **parameters: Any) -> Any:
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("text", "first"),
    [("錢塘區", "钱塘区"), ("钱塘区", "钱塘区"), ("錢塘", "钱塘区"), ("塘区", "钱塘区"), ("qtq", "钱塘区"), ("QTQ", "钱塘区"), ("qiantang", "钱塘区"),
     ("330114", "钱塘区"), ("cqs", "重庆市"), ("chongqing", "重庆市"), ("8號線", LINE), ("庆", "重庆市"), (" 钱塘 区 ", "钱塘区"), ("十四五", "“十四五”規劃")],
)  # fmt: skip
def test_search(client: httpx.Client, text: str, first: str) -> None:
    assert get(client, "/api/search", q=text)["results"][0]["thing"]["label"] == first


@pytest.mark.parametrize(
    "text", ["", "  ", "沒有這個", '"', "label : x", "* OR *", "NEAR(a b)", "a" * 200, "'; DROP TABLE thing; --"]
)
def test_search_for_nothing(client: httpx.Client, text: str) -> None:
    assert get(client, "/api/search", q=text)["results"] == []


def test_search_by_class_and_the_name_that_matched(client: httpx.Client) -> None:
    assert {one["thing"]["type"] for one in get(client, "/api/search", q="钱塘", type="Body")["results"]} == {"Body"}
    assert get(client, "/api/search", q="錢塘")["results"][0]["name"] == "錢塘"


def test_a_thing_with_its_facts(client: httpx.Client) -> None:
    found = get(client, f"/api/things/{AREA}")
    assert found["thing"]["names"] == ["錢塘區", "錢塘"]
    assert found["totals"] == {"facts": len(found["facts"]), "figures": 2}
    part_of = next(fact for fact in found["facts"] if fact["predicate"] == "partOf")
    assert part_of["object"]["label"] == "杭州市" and part_of["confidence"] == 0.9 and part_of["rule"] == "made-up"
    sentence = part_of["sentence"]
    assert sentence["text"][sentence["from"] : sentence["to"]] == sentence["quote"] == "錢塘區位於杭州市"
    assert get(client, "/api/things/330114")["thing"] == found["thing"]


def test_every_quote_stands_in_the_text_at_its_offsets(client: httpx.Client) -> None:
    texts = {document.id: document.text for document, _ in district()}
    checked = 0
    for thing in get(client, "/api/ranked", limit=100):
        for fact in get(client, f"/api/things/{thing['id']}")["facts"]:
            sentence = fact["sentence"]
            start, end = (sentence["start"] + sentence[name] for name in ("from", "to"))
            assert texts[fact["document"]["path"]][start:end] == sentence["quote"] != ""
            checked += 1
    assert checked > 8


def test_status_is_a_word(client: httpx.Client) -> None:
    line = get(client, "/api/search", q=LINE)["results"][0]["thing"]["id"]
    status = next(f for f in get(client, f"/api/things/{line}")["facts"] if f["predicate"] == "hasStatus")
    assert (status["value"], status["date"], status["ownDate"], status["object"]) == (
        "operating",
        "2021-06-28",
        True,
        None,
    )


def test_more_facts_of_one_relation(client: httpx.Client) -> None:
    found = get(client, f"/api/things/{AREA}/facts", predicate="governs", direction="in")
    assert found["total"] == 1 and found["facts"][0]["subject"]["label"] == "錢塘區委"
    assert get(client, f"/api/things/{AREA}/facts", predicate="governs")["facts"] == []
    assert get(client, f"/api/things/{AREA}/facts", predicate="governs", direction="in", offset=1)["facts"] == []


def test_facts_that_are_less_sure_are_left_out_where_that_is_asked(client: httpx.Client) -> None:
    document = get(client, "/api/documents")["documents"][0]["id"]
    pages: tuple[tuple[str, dict[str, str]], ...] = (
        (f"/api/things/{AREA}", {}), (f"/api/things/{AREA}/facts", {"predicate": "partOf"}), (f"/api/documents/{document}", {}),
        ("/api/figures", {"thing": AREA}),
    )  # fmt: skip
    for page, asked in pages:
        whole, none, said = (get(client, page, **asked, **{"min-confidence": least}) for least in ("0", "1", "1e-6"))
        assert whole == said == get(client, page, **asked)
        sure = [one["confidence"] for part in ("facts", "figures") for one in whole.get(part, ())]
        assert sure and max(sure) < 1
        assert not none.get("facts") and not none.get("figures")
        assert none.get("total", 0) == 0 and set(none.get("totals", {"facts": 0}).values()) == {0}
        most = max(sure)
        some = get(client, page, **asked, **{"min-confidence": most})
        assert [one["confidence"] for part in ("facts", "figures") for one in some.get(part, ())] == [one for one in sure if one >= most]
    bodies: tuple[tuple[str, dict[str, list[str]]], ...] = (("/api/facts", {"links": [f"{AREA} partOf area-330100"]}), ("/api/things", {"ids": [AREA]}))
    for page, body in bodies:
        assert client.post(page, json=body, params={"min-confidence": "0.5"}).json() == client.post(page, json=body).json()
    assert client.post("/api/facts", json=bodies[0][1], params={"min-confidence": "1"}).json() == []
    assert client.post("/api/things", json=bodies[1][1], params={"min-confidence": "1"}).json()[0]["facts"] == []


@pytest.mark.parametrize("value", ["much", "1.5", "-1", "nan", "inf", "", "1_0", "0,8", "1e999"])
def test_what_is_no_confidence_is_refused(client: httpx.Client, value: str) -> None:
    answer = client.get(f"/api/things/{AREA}", params={"min-confidence": value})
    assert answer.status_code == 400
    assert {"parameter": "min-confidence", "fault": "unfit", "least": 0, "most": 1}.items() <= answer.json().items()


def test_links_that_no_fact_says_so_surely_are_left_out(client: httpx.Client) -> None:
    whole = get(client, f"/api/neighbourhood/{AREA}")
    sure = {link["id"]: [fact["confidence"] for fact in link["facts"]] for link in whole["links"]}
    least = min(max(told) for told in sure.values()) + 0.001
    wanted = {link: [one for one in told if one >= least] for link, told in sure.items() if max(told) >= least}
    assert 0 < len(wanted) < len(sure)
    some = get(client, f"/api/neighbourhood/{AREA}", **{"min-confidence": least})
    beside = get(client, f"/api/things/{AREA}/neighbours", **{"min-confidence": least})
    assert {thing["id"] for thing in some["things"]} == {AREA, *beside}
    told = {link["id"]: [fact["confidence"] for fact in link["facts"]] for link in some["links"]}
    assert told == {link: found for link, found in wanted.items() if all(end in {AREA, *beside} for end in link.split(" ")[::2])}
    assert all(link["count"] >= len(link["facts"]) > 0 for link in some["links"])
    ids = [thing["id"] for thing in whole["things"]]
    posted = client.post("/api/part", json={"ids": ids}, params={"min-confidence": str(least)}).json()
    assert len(posted["things"]) == len(ids) and {link["id"] for link in posted["links"]} == set(wanted)
    assert get(client, f"/api/things/{AREA}/neighbours", **{"min-confidence": "1"}) == []
    assert get(client, f"/api/neighbourhood/{AREA}", **{"min-confidence": "1e-6"}) == whole


def test_neighbourhood_and_part(client: httpx.Client) -> None:
    beside = get(client, f"/api/things/{AREA}/neighbours", limit=10)
    around = get(client, f"/api/neighbourhood/{AREA}")
    assert {thing["id"] for thing in around["things"]} == {AREA, *beside}
    assert {link["predicate"] for link in around["links"]} == {"partOf", "governs", "locatedIn", "undertakes"}
    some = client.post("/api/part", json={"ids": [AREA, "area-330100", "nothing"]}).json()
    assert [link["id"] for link in some["links"]] == [f"{AREA} partOf area-330100"]
    assert some["links"][0]["facts"] == [{"date": "2021-07-15", "confidence": 0.9}]


def test_facts_of_links_and_things_at_once(client: httpx.Client) -> None:
    facts = client.post("/api/facts", json={"links": [f"{AREA} partOf area-330100", "x y z", "x"]}).json()
    assert [fact["predicate"] for fact in facts] == ["partOf"]
    assert [one["thing"]["id"] for one in client.post("/api/things", json={"ids": [AREA, "none"]}).json()] == [AREA]


def test_evidence(client: httpx.Client) -> None:
    thing = get(client, f"/api/things/{AREA}")
    fact, figure = thing["facts"][0], thing["figures"][0]
    assert get(client, f"/api/evidence/{fact['id']}") == fact
    assert get(client, f"/api/evidence/{figure['id']}") == figure
    assert client.get("/api/evidence/s-none").status_code == 404


def test_documents(client: httpx.Client) -> None:
    assert [one["path"] for one in get(client, "/api/documents")["documents"]] == ["plan/a.txt", "plan/b.txt"]
    assert get(client, "/api/documents", q="上半年")["total"] == 1
    assert get(client, "/api/documents", limit=1, offset=1)["documents"][0]["path"] == "plan/b.txt"


def test_a_document_for_reading(client: httpx.Client) -> None:
    document, facts = district()[0]
    listed = get(client, "/api/documents")["documents"][0]
    found = get(client, f"/api/documents/{listed['id']}")
    assert found["text"] == document.text and found["next"] is None
    named = {(found["text"][start:end], found["things"][thing]["label"]) for start, end, thing in found["mentions"]}
    assert {("錢塘區", "钱塘区"), ("錢塘", "钱塘区"), ("“十四五”規劃", "“十四五”規劃")} <= named
    assert {found["text"][fact["start"] : fact["end"]] for fact in found["facts"]} == {
        document.text[r.start : r.end] for r in facts.relations
    }
    assert len(found["figures"]) == 3


def test_a_long_document_comes_in_stretches(client: httpx.Client) -> None:
    listed = get(client, "/api/documents")["documents"][0]
    whole, start, text, facts = district()[0][0].text, 0, "", set()
    while start is not None:
        found = get(client, f"/api/documents/{listed['id']}", **{"from": start, "length": 25})
        assert found["start"] == start and all(fact["end"] > start for fact in found["facts"])
        text, start = text + found["text"], found["next"]
        facts |= {fact["id"] for fact in found["facts"]}
    assert text == whole and len(facts) == 5


def test_figures(client: httpx.Client) -> None:
    found = get(client, "/api/figures", area="錢塘區")
    assert found["total"] == 2 and found["subjects"][0]["id"] == AREA
    assert get(client, "/api/figures", area="钱塘")["total"] == 2
    part = client.get("/api/figures", params={"area": "塘"})  # part of a name is no name
    assert part.status_code == 400 and part.json()["fault"] == "unknown" and "钱塘区" in part.json()["near"]
    assert get(client, "/api/figures", indicator="生产总值", kind="growth")["figures"][0]["value"] == "11"
    assert get(client, "/api/figures", unit="座")["figures"][0]["subject"]["label"] == LINE
    assert [
        get(client, "/api/figures", **p)["total"]
        for p in ({"since": "2021-06"}, {"since": "2021-07"}, {"until": "2020"}, {"until": "2021-01-01"})
    ] == [2, 0, 0, 2]


def test_figures_tell_what_their_confidence_rests_on(client: httpx.Client) -> None:
    (growth,) = get(client, "/api/figures", kind="growth")["figures"]
    assert growth["clues"] == ["text-report", "subject-area", "period-sentence", "indicator-listed", "of-Area"]
    assert get(client, f"/api/evidence/{growth['id']}")["clues"] == growth["clues"]
    assert get(client, "/api/figures", unit="座")["figures"][0]["clues"] == []
    assert [figure["kind"] for figure in get(client, "/api/figures", **{"min-confidence": 0.7})["figures"]] == ["level", "level"]


def test_targets_tell_who_answers_for_them(start: Callable[..., Any], tmp_path: Path) -> None:
    write_graph(tmp_path / "graph", plan_of_work())
    with start(tmp_path / "graph") as server, httpx.Client(base_url=server.url, timeout=30) as client:
        told = {figure["indicator"]: figure for figure in get(client, "/api/figures")["figures"]}
        assert {name: [who["label"] for who in figure["responsible"]] for name, figure in told.items()} == {"财政收入": ["税务处", "财政局"], "新增就业": []}
        assert [who["type"] for who in get(client, f"/api/evidence/{told['财政收入']['id']}")["responsible"]] == ["Body", "Body"]
        (office,) = [who["id"] for who in told["财政收入"]["responsible"] if who["label"] == "税务处"]
        for least, answers in ((0, ["财政收入"]), (0.99, [])):
            assert [figure["indicator"] for figure in get(client, f"/api/things/{office}", **{"min-confidence": least})["answers"]] == answers
        assert get(client, "/api/things/area-330114")["answers"] == []
        rows = list(csv.DictReader(io.StringIO(client.get("/api/figures", params={"format": "csv"}).text.lstrip("\ufeff"))))
        assert {row["indicator"]: row["responsible"] for row in rows} == {"财政收入": "税务处、财政局", "新增就业": ""}


def test_figures_are_put_in_order_by_their_numbers(client: httpx.Client) -> None:
    values = [float(figure["value"]) for figure in get(client, "/api/figures", sort="largest")["figures"]]
    assert len(values) == 3 and values == sorted(values, reverse=True)
    assert [float(figure["value"]) for figure in get(client, "/api/figures", sort="smallest")["figures"]] == values[::-1]
    sure = [figure["confidence"] for figure in get(client, "/api/figures", sort="surest")["figures"]]
    assert sure == sorted(sure, reverse=True)
    assert client.get("/api/figures", params={"sort": "value"}).status_code == 400


def test_csv_cells_are_no_formulas(client: httpx.Client) -> None:
    text = client.get("/api/figures", params={"format": "csv"}).text
    assert text.splitlines()[0].lstrip("\ufeff").startswith("id,subject,subject_id,indicator,")
    assert "text-report subject-area period-sentence indicator-listed of-Area" in text
    from kg.serve.api import csv_response

    row = get(client, "/api/figures")["figures"][0] | {"indicator": "=cmd|' /C calc'!A0", "quoted": "@x", "value": "-5"}
    cells = bytes(csv_response([row], 1).body).decode().splitlines()[1]
    assert "'=cmd" in cells and "'@x" in cells and ",-5," in cells


def test_indicators(client: httpx.Client) -> None:
    found = get(client, "/api/indicators", q="生产")
    assert found["indicators"] == [{"name": "地區生產總值", "figures": 2}]
    assert {unit["name"] for unit in found["units"]} == {"CNY", "%", "座"}


def test_questions(client: httpx.Client) -> None:
    questions = get(client, "/api/questions")
    assert len(questions) > 25 and set(questions[0]["titles"]) == {"zh-Hans", "zh-Hant", "en"}
    found = get(client, "/api/questions/figures-of", subject="錢塘區")
    assert found["rows"] and "SELECT" in found["sparql"]
    table = client.get("/api/questions/figures-of", params={"subject": "钱塘区", "format": "csv"})
    assert (
        table.headers["content-type"].startswith("text/csv") and len(table.text.splitlines()) == len(found["rows"]) + 1
    )


@pytest.mark.parametrize(
    ("parameters", "says"),
    [({}, "subject is missing, for example"), ({"subject": "沒有這個"}, "沒有這個"), ({"subject": "a", "x": "y"}, "no parameter"), ({"subject": "x" * 201}, "characters"),
     ({"subject": "錢塘區", "from": "later"}, "date"), ({"subject": "錢塘區", "from": "2025", "to": "2020年"}, "from: '2025' is later than the end, 2020年"), ({"subject": "錢塘區", "format": "pdf"}, "json or csv")],
)  # fmt: skip
def test_questions_asked_wrongly(client: httpx.Client, parameters: dict[str, str], says: str) -> None:
    answer = client.get("/api/questions/figures-of", params=parameters)
    assert answer.status_code == 400 and says in answer.json()["title"]
    assert "--" not in answer.json()["title"] and "kg " not in answer.json()["title"]  # there is no command line here


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/api/questions/growth?area=火星", {"parameter": "area", "value": "火星", "fault": "unknown"}),
        ("/api/questions/facts-of?thing=錢塘區&min-confidence=much", {"parameter": "minConfidence", "value": "much", "fault": "unfit"}),
        ("/api/questions/facts-of?thing=錢塘區&min-confidence=2", {"parameter": "minConfidence", "value": "2", "fault": "unfit", "least": 0, "most": 1}),
        ("/api/figures?area=火星", {"parameter": "area", "value": "火星", "fault": "unknown"}),
        ("/api/questions/projects-underway", {"parameter": "area", "value": "", "fault": "missing"}),
        (
            "/api/questions/projects-by-status?status=done",
            {"parameter": "status", "value": "done", "fault": "unfit", "allowed": ["planned", "started", "underway", "completed", "operating"]},
        ),
        ("/api/search?q=a&limit=x", {"parameter": "limit", "value": "x", "fault": "unfit", "least": 1, "most": 100, "measured": None}),
        (f"/api/search?q={'a' * 201}", {"parameter": "q", "value": "a" * 200, "fault": "unfit", "least": 0, "most": 200, "measured": "length"}),
        (f"/api/things/{AREA}/facts", {"parameter": "predicate", "fault": "missing"}),
    ],
)
def test_what_does_not_fit_is_told_in_parts(client: httpx.Client, path: str, parts: dict[str, object]) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    told = answer.json()
    assert {name: told.get(name) for name in parts} == parts


def test_a_value_cannot_become_sparql(client: httpx.Client) -> None:
    for value in ('x" } } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o', "> . ?s ?p ?o", "\\", "\n}"):
        answer = client.get("/api/questions/figures-of", params={"subject": value})
        assert answer.status_code == 400 and "called" in answer.json()["title"]


@pytest.mark.parametrize(
    ("path", "says"),
    [("/api/search?q=a&limit=0", "limit must be"), ("/api/search?q=a&limit=x", "limit must be"), ("/api/search?q=a&q=b", "more than once"), ("/api/search?query=a", "no parameter"),
     ("/api/figures?since=2021-13", "since must look"), ("/api/figures?kind=any", "kind must be"), ("/api/search?q=" + "a" * 201, "characters"), (f"/api/things/{AREA}/facts", "predicate is missing")],
)  # fmt: skip
def test_parameters_that_are_wrong(client: httpx.Client, path: str, says: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400 and says in answer.json()["title"] and answer.json()["status"] == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"ids": "x"}',
        b'{"ids": [1]}',
        b"\xff",
        b'{"ids": ["' + b"x" * 301 + b'"]}',
        b'{"ids": [' + b'"x",' * 7000 + b'"x"]}',
    ],
)
def test_bodies_that_are_wrong(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/api/part", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


def test_bodies_of_another_type(client: httpx.Client) -> None:
    assert client.post("/api/part", content=b"{}", headers={"content-type": "text/plain"}).status_code == 415


@pytest.mark.parametrize(
    "path",
    ["/api/things/e-none", "/api/documents/d-none", "/api/questions/none", "/api/nothing", "/api/neighbourhood/e-none"],
)
def test_what_is_not_there(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "status"), [("/questions/none", 404), ("/documents/d-none", 404), ("/questions/growth", 200), ("/questions", 200)])
def test_pages_of_what_is_not_there_say_so_to_programs_too(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == status and answer.headers["content-type"].startswith("text/html")


def test_a_file_of_several_documents_leads_to_their_list_whatever_else_has_its_path(tmp_path: Path) -> None:
    # The second stands first in a search for "news/a.csv#": it is newer, and its path holds that text.
    drafts = [Draft("news/a.csv#1", "钱塘区位于杭州市。"), Draft("old/news/a.csv#1", "钱塘区位于杭州市。", date="2024-01-15")]
    write_graph(tmp_path, [draft.pair() for draft in drafts])
    with running(tmp_path) as server:
        answer = httpx.get(f"{server.url}/documents/news/a.csv")
        assert (answer.status_code, answer.headers.get("location")) == (303, "/documents?q=news/a.csv%23")
        assert [httpx.get(f"{server.url}/documents/{path}").status_code for path in ("news/a", "a.csv", "news/%25.csv")] == [404] * 3


def test_columns_and_parameters_of_questions_have_words_in_every_language(client: httpx.Client) -> None:
    words = get(client, "/assets/site-words.json")
    questions = get(client, "/api/questions")
    needed = {f"parameter-{parameter['name']}" for question in questions for parameter in question["parameters"]}
    for question in questions:
        needed |= {f"column-{variable.value}" for variable in Store().query(question["sparql"], prefixes=PREFIXES).variables}  # type: ignore[union-attr]
    assert len(needed) > 60
    for language in ("en", "zh-Hans", "zh-Hant"):
        assert needed - set(words[language]) == set()
