from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kg.ask.wording import wording
from kg.errors import KgError
from kg.view import write_page
from kg.view.assets import SCRIPTS, WEB, inlined, vis_network
from kg.view.model import view_model
from kg.view.options import PageOptions
from kg.view.page import safe_json
from tests.view.hostile_labels import hostile_graph
from tests.view.made_graphs import GraphMaker, district, plan_of_work

WRITE = (
    "from tests.view.made_graphs import district; from kg.view import write_page; write_page(district().view, {path!r})"
)


def table(model: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [dict(zip(model[name]["fields"], row, strict=True)) for row in model[name]["rows"]]


@pytest.fixture(scope="module")
def model() -> dict[str, Any]:
    return view_model(district().store, PageOptions(), labels={"Area": {"zh-Hans": "区域", "en": "Area"}})


def test_every_quote_is_cut_out_of_its_sentence_by_its_offsets(model: dict[str, Any]) -> None:
    sentences = table(model, "sentences")
    records = table(model, "facts") + table(model, "figures")
    quotes = {sentences[r["sentence"]]["text"][r["from"] : r["to"]] for r in records}
    assert {"线路连接下沙", "錢塘區位於杭州市", "錢塘區委"} <= quotes
    assert all(r["from"] < r["to"] and r["quote"] == "" for r in records)


def test_a_quote_that_is_not_in_its_sentence_is_carried_whole() -> None:
    maker = district()
    document = maker.document("table.txt")
    sentence = maker.sentence(document, "前言。", 0)
    a, b = maker.thing("Body", "甲局", document), maker.thing("Area", "乙县", document)
    maker.fact(a, "governs", b, document, sentence, "甲局 乙县", start=400)
    [fact] = [f for f in table(view_model(maker.store, PageOptions()), "facts") if f["quote"]]
    assert (fact["from"], fact["to"], fact["quote"]) == (0, 0, "甲局 乙县")


def test_things_have_all_their_names_and_codes(model: dict[str, Any]) -> None:
    [thing] = [t for t in table(model, "things") if t["id"] == "area-330114"]
    assert {thing["label"], *thing["names"]} == {"钱塘区", "錢塘區", "錢塘"}
    assert (thing["code"], thing["mentions"], thing["type"]) == ("330114", 2, "Area")
    assert "qtq" in thing["initials"].split()


def test_terms_borrow_a_label_where_a_language_has_none(model: dict[str, Any]) -> None:
    [area] = [t for t in model["types"] if t["id"] == "Area"]
    assert area["label"] == {"zh-Hans": "区域", "zh-Hant": "区域", "en": "Area"}
    assert len({(t["shape"], *t["colour"]) for t in model["types"]}) == 7


def test_json_can_neither_end_its_element_nor_its_line() -> None:
    text = "</script><!-- & \u2028\u2029 \x00 \x7f"
    written = safe_json({"label": text})
    assert not set("<>&\u2028\u2029\x00") & set(written)
    assert json.loads(written) == {"label": text}


def test_the_page_allows_exactly_its_own_scripts_and_asks_for_nothing(tmp_path: Path) -> None:
    write_page(hostile_graph().view, tmp_path / "page.html", title="</title><script>1</script>")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    policy = policy.replace("&#39;", "'")
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) == 2
    allowed = re.search(r"script-src ([^;]*)", policy)
    assert allowed is not None
    hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() + "'" for s in scripts]
    assert allowed[1].split() == hashes
    assert not re.findall(r"<(?:link|script|img)[^>]*\b(?:src|href)=(?!\"data:,\")", html)
    assert html.count("<title>") == 1 and "<title>&lt;/title&gt;&lt;script&gt;1" in html


def test_all_modules_are_in_the_page_and_vis_network_is_the_installed_one() -> None:
    assert set(SCRIPTS) == {path.name for path in WEB.glob("*.js")}
    assert "@version 9.1.2" in vis_network()[:600] or "@version" in vis_network()[:600]
    assert "sourceMappingURL" not in vis_network()


def test_text_that_would_end_its_element_is_not_inlined() -> None:
    with pytest.raises(ValueError, match="would end its <script> element"):
        inlined("x = '</SCRIPT>'", "script")
    assert inlined("a\r\nb\rc", "script") == "a\nb\nc"


def test_figures_carry_their_clues_once_and_those_less_sure_are_left_out(model: dict[str, Any]) -> None:
    assert model["clues"] == [["text-other", "subject-clause", "period-sentence", "indicator-listed", "of-Area"]]
    assert sorted((row["confidence"], row["clues"]) for row in table(model, "figures")) == [(0.6, 0), (0.95, -1), (0.95, -1), (0.95, -1)]
    surer = view_model(district().store, PageOptions(min_confidence=0.7))
    assert [row["confidence"] for row in table(surer, "figures")] == [0.95] * 3 and surer["clues"] == []


def test_targets_carry_who_answers_for_them_also_where_the_page_does_not_carry_that_body() -> None:
    for options, bodies in ((PageOptions(), 2), (PageOptions(types=("Area",)), 0)):
        model = view_model(plan_of_work().store, options)
        assert sum(row["type"] == "Body" for row in table(model, "things")) == bodies
        told = {row["indicator"]: [name for _, name in row["responsible"]] for row in table(model, "figures")}
        assert told == {"财政收入": ["税务处", "财政局"], "新增就业": []}


def test_every_word_is_there_in_every_language() -> None:
    words = json.loads((WEB / "words.json").read_text(encoding="utf-8"))
    assert set(words) == {"en", "zh-Hans", "zh-Hant"}
    assert len({frozenset(texts) for texts in words.values()}) == 1
    assert not set(words["en"]) & set(wording()), "words of the page would be overwritten by those for codes"
    used: Iterable[str] = set(
        re.findall(r'KG\.t\("([a-z-]+)"', "".join(p.read_text(encoding="utf-8") for p in WEB.glob("*.js")))
    )
    assert len(set(used)) > 60 and set(used) <= set(words["en"])


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path, root: Path) -> None:
    contents = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        subprocess.run(
            [sys.executable, "-c", WRITE.format(path=str(path))],
            check=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


def test_the_report_counts_what_is_in_the_page(tmp_path: Path) -> None:
    report = write_page(district().view, tmp_path / "page.html", limit=4)
    assert (report.things, report.left_out, report.shown) == (4, 6, 4)
    assert report.bytes == (tmp_path / "page.html").stat().st_size


def test_nothing_to_show_is_said(tmp_path: Path) -> None:
    with pytest.raises(KgError) as caught:
        write_page(district().view, tmp_path / "page.html", since="1900", until="1901")
    assert caught.value.message == "nothing in the graph fits, so there is no page to write"
    assert not (tmp_path / "page.html").exists()


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    write_page(district().view, tmp_path / "made" / "page.html")  # as every other file that is written
    (tmp_path / "folder.html").mkdir()
    for target in (tmp_path / "folder.html", tmp_path / "made" / "page.html" / "page.html"):
        with pytest.raises(KgError, match="cannot be written"):
            write_page(district().view, target)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["folder.html", "made", "made/page.html"]


def test_an_empty_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="nothing in the graph fits"):
        write_page(GraphMaker().view, tmp_path / "page.html")
