"""The page in a real browser: what a reader does with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.ask.figures import COLUMNS
from tests.view.conftest import Open, Opened
from tests.view.made_graphs import GraphMaker, district, large, plan_of_work

pytestmark = pytest.mark.browser
QIANTANG = "area-330114"


def panel(opened: Opened) -> str:
    return opened.page.inner_text("#panel")


@pytest.mark.parametrize("typed", ["錢塘區", "钱塘区", "qtq", "qiantang", "330114", "錢塘"])
def test_search_finds_a_thing_in_either_script_and_by_pinyin(open_page: Open, typed: str) -> None:
    opened = open_page()
    opened.search(typed)
    assert opened.page.evaluate("KG.app.state.selected") == QIANTANG
    assert opened.page.inner_text("#panel h2") in ("錢塘區", "钱塘区")


def test_search_says_when_there_is_nothing(open_page: Open) -> None:
    opened = open_page()
    opened.page.fill("#search", "西藏")
    opened.page.wait_for_selector("#suggestions .none")
    assert opened.page.inner_text("#suggestions").startswith("Nothing found")


def test_the_panel_shows_the_sentence_with_the_quote_marked_and_its_file(open_page: Open) -> None:
    opened = open_page()
    opened.search("杭州地铁8号线一期工程")
    marks = opened.page.locator("#panel mark").all_inner_texts()
    assert "线路连接下沙" in marks
    text = panel(opened)
    assert "地铁建设简报" in text and "plan/b.txt" in text and "characters 19–25" in text
    assert "operating" in text and "2021-06-28" in text and "0.80" in text


def test_offsets_of_the_marked_quote_count_code_points(open_page: Open) -> None:
    maker = district()
    document = maker.document("plan/rare.txt", title="rare")
    text = "𠮷野家位于钱塘区。"  # the first character takes two places in a JavaScript string
    sentence = maker.sentence(document, text)
    shop = maker.thing("Body", "𠮷野家", document)
    place = maker.thing("Area", "钱塘区", document, code="330114")
    maker.fact(shop, "locatedIn", place, document, sentence, "位于钱塘区", start=3)
    opened = open_page(maker)
    opened.search("𠮷野家")
    assert opened.page.inner_text("#panel mark") == "位于钱塘区"


def test_figures_stand_in_a_table_with_a_line_of_their_course(open_page: Open) -> None:
    opened = open_page()
    opened.search("錢塘區")
    assert opened.page.locator("#panel .figures tbody").count() == 2
    assert opened.page.locator("#panel .spark").count() == 1
    opened.page.locator("#panel .figures button", has_text="114.22B").click()
    assert opened.page.locator("#panel .detail:visible mark").inner_text() == "錢塘區"


@pytest.mark.parametrize(
    ("language", "base", "clues"),
    [
        ("en", "against the year before",
         "Clues: not told in a report or plan; subject named in the same clause; period told in the same sentence; indicator is known; subject is an area"),
        ("zh-Hans", "比上年", "依据：不是出自报告或规划；主体见于同一分句；时期见于同一句；指标已收录；主体是区域"),
        ("zh-Hant", "比上年", "依據：不是出自報告或規劃；主體見於同一分句；時期見於同一句；指標已收錄；主體是區域"),
    ],
)  # fmt: skip
def test_a_figure_shows_how_sure_it_is_and_by_what_and_against_what_it_is_measured(open_page: Open, language: str, base: str, clues: str) -> None:
    opened = open_page(fragment=f"focus=area-330114&lang={language}")
    row = opened.page.locator("#panel .figures tr", has_text="11%")
    assert row.locator(".confidence").inner_text().split()[-1] == "0.60"
    assert row.locator("td .quiet").last.inner_text() == base
    row.locator("button").click()
    detail = opened.page.locator("#panel .detail:visible")
    assert detail.locator(".clues").inner_text() == clues
    assert opened.page.locator("#panel .figures tr", has_text="2019").locator(".confidence").inner_text().split()[-1] == "0.95"


@pytest.mark.parametrize(("language", "rank", "within"), [("en", "no. 3", "within 全省"), ("zh-Hans", "第 3 位", "范围：全省")])
def test_a_rank_reads_as_one_and_says_what_it_is_within(open_page: Open, language: str, rank: str, within: str) -> None:
    opened = open_page(fragment=f"lang={language}")
    figure = "{ kind: 'rank', value: '3', unit: '', bound: 'exact', base: '', scope: '全省' }"
    assert opened.page.evaluate(f"KG.figureText({figure})") == rank
    assert opened.page.evaluate(f"KG.base({figure}).textContent") == within


@pytest.mark.parametrize(("language", "first"), [("en", "among the first 3"), ("zh-Hant", "前 3 位")])
@pytest.mark.parametrize("kind", ["rank", "target"])
def test_among_the_first_three_is_not_number_three(open_page: Open, language: str, first: str, kind: str) -> None:
    opened = open_page(fragment=f"lang={language}")
    figure = f"{{ kind: '{kind}', value: '3', unit: '', bound: 'below', base: '', scope: '全省' }}"
    assert opened.page.evaluate(f"KG.figureText({figure})") == first


@pytest.mark.parametrize(
    ("language", "told"), [("en", ["67,000", "1.43M people", "20 mu", "3 元/人"]), ("zh-Hans", ["67,000家", "143万人", "20亩", "3元/人"]), ("zh-Hant", ["67,000家", "143萬人", "20畝", "3元/人"])]
)
def test_units_are_told_in_the_language_of_the_page(open_page: Open, language: str, told: list[str]) -> None:
    opened = open_page(fragment=f"lang={language}")
    amounts = [("67000", "家"), ("1430000", "人"), ("20", "亩"), ("3", "元/人")]
    assert [opened.page.evaluate("([value, unit]) => KG.figureText({ kind: 'level', value, unit, bound: 'exact', scope: '' })", list(amount)) for amount in amounts] == told


def test_an_amount_of_half_a_year_is_no_fall_in_a_line_of_years(open_page: Open) -> None:
    opened = open_page()
    points = """(unit) => KG.sparkline([["2021", 8], ["2022", 9], ["2023-01-01/2023-12-31", 10], ["2024-01-01/2024-06-30", 5]]
        .map(([period, value]) => ({ period, value, unit, kind: "level", bound: "exact" }))).querySelector("polyline").getAttribute("points").split(" ").length"""
    assert [opened.page.evaluate(points, unit) for unit in ("CNY", "%")] == [3, 4]
    assert opened.page.evaluate('["2021-06", "2020-02", "2021"].map(KG.lastDay)') == ["2021-06-30", "2020-02-29", "2021-12-31"]


def test_of_ranks_no_line_is_drawn(open_page: Open) -> None:
    opened = open_page()
    line = """(kind) => Boolean(KG.sparkline([["2021", 8], ["2022", 9]].map(([period, value]) => ({ period, value, unit: "", kind, bound: "exact", scope: "" }))))"""
    assert [opened.page.evaluate(line, kind) for kind in ("level", "rank")] == [True, False]


def test_a_stretch_of_the_timeline_filters_figures_by_their_periods(open_page: Open) -> None:
    opened = open_page(fragment="focus=area-330114&lang=en")
    all_ = opened.page.locator("#panel .figures td.amount").count()
    opened = open_page(fragment="focus=area-330114&lang=en&since=2020&until=2020")
    some = opened.page.locator("#panel .figures td.amount").count()
    assert 0 < some < all_
    periods = opened.page.locator("#panel .figures tr:not(.detail) td:last-child").all_inner_texts()
    assert periods and all(period.startswith("2020") for period in periods)
    assert f"{all_ - some} figure" in panel(opened) and "hidden by the filters" in panel(opened)


def test_known_indicators_come_before_others_in_the_panel(open_page: Open) -> None:
    maker = GraphMaker()
    document = maker.document("a.txt")
    sentence = maker.sentence(document, "甲乙丙丁", 0)
    area = maker.thing("Area", "钱塘区", document, code="330114", sentences=(sentence,))
    for start, (name, clue) in enumerate((("热情", "short"), ("地区生产总值", "listed"), ("游客的笑声", "free"), ("出口总额", "listed"))):
        maker.figure(area, name, "1", "CNY", "2021", document, sentence, "甲乙丙丁"[start], start=start, clues=f"text-other indicator-{clue}")
    opened = open_page(maker, fragment="focus=area-330114&lang=zh-Hans")
    assert opened.page.locator("#panel .figures tbody th bdi").all_inner_texts() == ["地区生产总值", "出口总额", "热情", "游客的笑声"]
    maker.figure(area, "热情", "2", "CNY", "2022", document, sentence, "甲", clues="text-other indicator-short")  # of more periods, and known no more than before
    opened = open_page(maker, fragment="focus=area-330114&lang=zh-Hans")
    assert opened.page.locator("#panel .figures tbody th bdi").all_inner_texts() == ["地区生产总值", "出口总额", "热情", "游客的笑声"]


def test_the_filter_by_confidence_leaves_out_figures_too(open_page: Open) -> None:
    opened = open_page(fragment="focus=area-330114&lang=en&min=0.7")
    assert opened.page.locator("#panel .figures tr", has_text="11%").count() == 0
    assert opened.page.locator("#panel .figures tbody").count() == 1
    assert "1 figure is hidden by the filters." in opened.page.locator("#panel").inner_text()
    opened.page.locator("#least").fill("0")
    opened.until("document.querySelectorAll('#panel .figures tbody').length === 2")
    assert "figure is hidden" not in opened.page.locator("#panel").inner_text()


def test_expanding_brings_neighbours_and_collapsing_takes_them_away(open_page: Open) -> None:
    opened = open_page(focus="下沙", hops=1)
    assert opened.shown() == {"下沙", "杭州地鐵8號線一期工程"} or opened.shown() == {"下沙", "杭州地铁8号线一期工程"}
    before = opened.page.evaluate("KG.app.places.get(KG.app.about.focus)")
    opened.search("杭州地鐵8號線")
    opened.page.click("#expand")
    opened.page.wait_for_selector("#collapse")
    assert {"下沙", "杭州地铁集团"} < opened.shown() and len(opened.shown()) == 4
    assert opened.page.evaluate("KG.app.places.get(KG.app.about.focus)") == before  # what stood stays where it was
    opened.page.click("#collapse")
    opened.page.wait_for_selector("#expand")
    assert len(opened.shown()) == 2


def test_a_click_selects_and_a_second_click_expands(open_page: Open) -> None:
    opened = open_page(focus="下沙", hops=1)
    spot = opened.page.evaluate(
        """() => { const thing = KG.app.visible.things.find((one) => one.type === "Project");
        const place = KG.app.network.canvasToDOM(KG.app.places.get(thing.id));
        const box = document.getElementById("graph").getBoundingClientRect();
        return [box.left + place.x, box.top + place.y]; }"""
    )
    opened.page.mouse.click(*spot)
    opened.page.wait_for_selector("#expand")
    opened.page.wait_for_timeout(400)  # two clicks at once would be a double click
    opened.page.mouse.click(*spot)
    opened.page.wait_for_selector("#collapse")
    assert len(opened.shown()) == 4


def test_a_link_restores_the_view(open_page: Open) -> None:
    opened = open_page(focus="下沙", hops=1)
    opened.search("杭州地鐵8號線")
    opened.page.click("#expand")
    opened.page.wait_for_selector("#collapse")
    opened.page.click("#filters label:has-text('Body')")
    opened.until("location.hash.includes('hide=Body')")
    shown, fragment = opened.shown(), opened.page.evaluate("location.hash")[1:]
    assert fragment.startswith("focus=e-")
    opened.reload(fragment)
    opened.page.wait_for_selector("#panel h2")
    assert opened.shown() == shown
    assert opened.page.evaluate("KG.app.state.selected") is not None


def test_back_leads_to_the_thing_before_and_filters_are_no_steps(open_page: Open) -> None:
    opened = open_page(fragment="lang=en")
    opened.search("錢塘區")
    first = opened.page.evaluate("KG.app.state.selected")
    opened.page.click("#filters label:has-text('Body')")
    opened.until("location.hash.includes('hide=Body')")
    opened.page.locator("#panel .facts .thing").first.click()
    opened.until(f"KG.app.state.selected !== '{first}'")
    assert opened.page.input_value("#search") == ""  # which named what was chosen before
    opened.page.go_back()
    opened.until(f"KG.app.state.selected === '{first}' && KG.app.state.hiddenTypes.size === 1")
    opened.page.go_back()
    opened.until("KG.app.state.selected === null")
    opened.page.go_forward()
    opened.until(f"KG.app.state.selected === '{first}'")


def test_a_link_may_lead_to_a_relation(open_page: Open) -> None:
    opened = open_page(fragment="lang=en")
    opened.page.evaluate("KG.app.selectLink(KG.app.visible.links[0].id)")
    opened.page.wait_for_selector("#panel .triple")
    told, fragment = opened.page.inner_text("#panel"), opened.page.evaluate("location.hash")[1:]
    opened.page.go_back()
    opened.page.wait_for_selector("#panel .leading")
    opened.reload(fragment)
    assert opened.page.inner_text("#panel") == told
    opened.reload("lang=en&link=nothing+at+all")
    opened.page.wait_for_selector("#panel .leading")


def test_a_link_may_name_a_thing_by_its_name(open_page: Open) -> None:
    opened = open_page()
    opened.reload("focus=錢塘區&lang=en")
    assert opened.page.evaluate("KG.app.state.selected") == QIANTANG
    opened.reload("focus=nowhere-at-all&lang=en")
    said = "“nowhere-at-all” is not here. Search for it, or begin with one of these."
    assert opened.page.inner_text("#status") == said
    assert opened.page.inner_text("#panel .note[role=alert]") == said  # stays when the message is gone
    opened.page.click("#panel .leading button >> nth=0")
    opened.until("KG.app.state.selected !== null")
    opened.page.keyboard.press("Escape")
    opened.until("KG.app.state.selected === null")
    assert opened.page.locator("#panel .note[role=alert]").count() == 0


def test_the_first_panel_names_central_things_of_each_type(open_page: Open) -> None:
    opened = open_page()
    kinds = opened.page.locator("#panel .leading .kind").all_inner_texts()
    assert [kind.split()[0] for kind in kinds] == ["Project", "Policy", "Body", "Event", "Honor", "Person", "Area"]
    opened.page.click("#panel .leading button:has-text('張三')")
    opened.until("document.querySelector('#panel h2').textContent === '張三'")


def test_filters_that_leave_nothing_say_so_and_are_cleared(open_page: Open) -> None:
    opened = open_page(fragment="since=2099&lang=en")
    assert opened.page.inner_text(".nothing p") == "Nothing fits the filters."
    opened.page.click(".nothing button")
    opened.until("KG.app.visible.things.length > 0")
    assert not opened.page.locator(".nothing").is_visible()


def test_types_confidence_and_dates_filter(open_page: Open) -> None:
    opened = open_page()
    everything = opened.shown()
    opened.page.click("#filters label:has-text('Project')")
    opened.until("!KG.app.visible.things.some((thing) => thing.type === 'Project')")
    opened.page.click("text=Clear filters")
    opened.until(f"KG.app.visible.things.length === {len(everything)}")
    opened.page.locator("#least").fill("0.95")
    opened.until("KG.app.visible.links.length === 1")
    assert opened.shown() == {"杭州地铁集团", "杭州地铁8号线一期工程"} or "杭州地鐵8號線一期工程" in opened.shown()
    opened.page.click("text=Clear filters")
    opened.page.evaluate("KG.app.change((state) => { state.until = '2020'; })")
    opened.until("KG.app.visible.links.length === 3")
    assert "till" not in opened.page.inner_text("#timeline") and "… – 2020" in opened.page.inner_text("#timeline")


def test_dragging_over_the_timeline_filters(open_page: Open) -> None:
    opened = open_page()
    box = opened.page.locator("#timeline .bars").bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + 2, box["y"] + 20)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    opened.page.mouse.up()
    opened.until("KG.app.state.since === '2020-03'")
    assert opened.page.evaluate("KG.app.visible.links.length") == 3
    opened.page.click("text=All dates")
    opened.until("KG.app.visible.links.length === 10")


def test_all_texts_change_with_the_language(open_page: Open) -> None:
    opened = open_page()
    for language, word in (("zh-Hans", "事实"), ("zh-Hant", "事實"), ("en", "Facts")):
        opened.page.select_option("#language", language)
        opened.until(f"document.documentElement.lang === '{language}'")
        assert opened.page.inner_text("#tab-facts") == word
        assert (
            opened.page.locator("#filters")
            .get_by_text({"en": "Area", "zh-Hans": "区域", "zh-Hant": "區域"}[language])
            .count()
        )
    assert opened.page.evaluate(
        "Object.values(KG.words).every((one) => Object.keys(KG.words.en).every((key) => key in one))"
    )


def test_parallel_links_are_bent_apart(open_page: Open) -> None:
    opened = open_page()
    bends = opened.page.evaluate("[...KG.bends(KG.app.visible.links).values()].filter((bend) => bend !== 0)")
    assert len(bends) == 2  # the line lies in the district, and the district undertakes it
    assert bends[0] == bends[1]  # in opposite directions, so to opposite sides


def test_tables_list_what_is_shown_and_sort(open_page: Open) -> None:
    opened = open_page()
    opened.page.click("#tab-facts")
    opened.page.wait_for_selector("#tables tbody tr")
    assert opened.page.locator("#tables tbody tr").count() == 11  # ten links and a status
    opened.page.click("#tables th >> text=Confidence")
    assert opened.page.inner_text("#tables tbody tr >> nth=0 >> .col-confidence") == "0.50"
    opened.page.click("#tab-things")
    opened.page.wait_for_selector("#tables td.col-name")
    assert opened.page.locator("#tables tbody tr").count() == 10


@pytest.mark.parametrize("way", ["png", "svg", "csv", "ttl"])
def test_downloads_hold_what_is_shown(open_page: Open, tmp_path: Path, way: str) -> None:
    opened = open_page(title="錢塘 圖")
    opened.page.click("summary:has-text('Download')")
    with opened.page.expect_download() as download:
        opened.page.click(f"[data-way={way}]")
    target = tmp_path / "download"
    download.value.save_as(target)
    assert download.value.suggested_filename == f"錢塘-圖.{way}"
    content = target.read_bytes()
    if way == "png":
        assert content.startswith(b"\x89PNG") and len(content) > 10_000
    elif way == "svg":
        import xml.etree.ElementTree as tree

        names = {element.text for element in tree.fromstring(content).iter("{http://www.w3.org/2000/svg}title")}
        assert names == opened.shown()
    elif way == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(rows) == 11
        assert {row["quote"] for row in rows} >= {"线路连接下沙", "由杭州地铁集团承建"}
        told = {(row["subject"], row["predicate"], row["object"], row["object_id"][:2]) for row in rows}
        assert {("杭州地铁8号线一期工程", "connects", "下沙", "e-"), ("杭州地铁8号线一期工程", "hasStatus", "operating", "")} <= told
        assert all(
            row["sentence"][int(row["start"]) - (10 if row["document"] == "plan/a.txt" else 0) :].startswith(row["quote"])
            for row in rows
        )
    else:
        told = Store()
        told.load(content, format=RdfFormat.TURTLE)
        known = {(q.subject, q.predicate, q.object) for q in district().store}
        fresh = {(q.subject, q.predicate, q.object) for q in told}
        facts = {
            triple
            for triple in known
            if triple[1].value.endswith(("partOf", "undertakes", "connects", "hasStatus", "#subject"))
        }
        assert facts & fresh == {triple for triple in facts if "/o-" not in str(triple[0])}
        assert {t for t in fresh if "/e-" in str(t[0]) and "altLabel" not in str(t[1])} <= known


def test_figures_are_downloaded_as_a_table_of_numbers(open_page: Open, tmp_path: Path) -> None:
    opened = open_page(title="錢塘 圖")
    found = {}
    for chosen in ("", "钱塘区"):
        if chosen:
            opened.search(chosen)
        opened.page.click("summary:has-text('Download')")
        with opened.page.expect_download() as download:
            opened.page.click("[data-way=figures]")
        download.value.save_as(tmp_path / "figures.csv")
        assert download.value.suggested_filename == "錢塘-圖.figures.csv"
        found[chosen] = list(csv.DictReader(io.StringIO((tmp_path / "figures.csv").read_text(encoding="utf-8-sig"))))
    assert {row["subject"] for row in found["钱塘区"]} == {"钱塘区"} and 0 < len(found["钱塘区"]) <= len(found[""])
    assert all(float(row["value"]) > 0 and row["indicator"] and row["sentence"][:1] for row in found[""])
    shared = set(found[""][0]) - {"subject_type", "title"}
    assert shared < set(COLUMNS) and len(shared) > 15


def test_a_target_shows_who_answers_for_it_and_the_way_to_them(open_page: Open, tmp_path: Path) -> None:
    opened = open_page(plan_of_work(), fragment="focus=area-330114&lang=zh-Hans")
    rows = opened.page.locator("#panel .figures tbody")
    assert rows.filter(has_text="财政收入").locator("td").nth(1).inner_text().split() == ["2025", "责任单位：", "税务处", "财政局"]
    assert "≥ 5%" in rows.filter(has_text="财政收入").inner_text() and "责任单位" not in rows.filter(has_text="新增就业").inner_text()
    assert [row["responsible"] for row in opened.table("chosen-figures", tmp_path)] == ["", "税务处、财政局"]
    opened.page.evaluate("KG.copy = async (text) => { window.copied = text; }")
    opened.page.click("text=复制 Turtle")
    told = Store()
    told.load(opened.page.evaluate("window.copied").encode(), format=RdfFormat.TURTLE)
    known = {(q.subject, q.predicate, q.object) for q in plan_of_work().store}
    copied = {(q.subject, q.predicate, q.object) for q in told if "/o-" in str(q.subject)}
    assert sum(p.value.endswith("#responsible") for _, p, _ in copied) == 2
    assert {p.value.rpartition("#")[2] for _, p, _ in copied - known} <= {"value", "statedIn", "quoted"}  # as other literals, or not in this graph
    rows.locator("button", has_text="税务处").click()
    opened.until("document.querySelector('#panel h2').textContent === '税务处'")
    own = opened.page.locator("#panel .group").first
    assert own.locator("h3").inner_text().split() == ["所负责的指标", "1"]
    assert own.locator(".fact-head").inner_text().split()[:4] == ["钱塘区", "财政收入", "≥", "5%"]
    assert own.locator("mark").inner_text() == "财政收入增长5%以上"
    opened.page.evaluate("KG.app.change((state) => { state.since = state.until = '2024'; })")
    opened.until("!document.querySelector('#panel .group h3')")


def test_of_a_body_that_the_page_does_not_carry_the_name_is_told(open_page: Open) -> None:
    opened = open_page(plan_of_work(), types=["Area"], fragment="focus=area-330114&lang=en")
    assert "Answered for by:" in panel(opened) and "税务处" in panel(opened)
    assert opened.page.locator("#panel .responsible button").count() == 0


def test_every_download_says_what_it_holds_and_all_of_the_page_can_be_taken(open_page: Open, tmp_path: Path) -> None:
    opened = open_page(focus="下沙", hops=0, fragment="lang=en&focus=area-330114")
    opened.until("KG.app.state.selected === 'area-330114'")
    opened.page.evaluate("KG.app.select(null)")
    assert opened.ways() == {"png": "Picture (PNG)", "svg": "Picture (SVG)", "ttl": "Graph (Turtle)", "csv": "Facts shown (CSV) · 7", "all-facts": "All facts (CSV) · 11",
                             "figures": "Figures of what is shown (CSV) · 4", "all-figures": "All figures (CSV) · 4"}  # fmt: skip
    opened.page.evaluate("KG.app.startAgain()")
    opened.until("KG.app.visible.things.length === 1")
    assert opened.ways()["csv"] == "Facts shown (CSV) · 0" and opened.ways()["figures"].endswith("· 0") and opened.ways()["all-figures"].endswith("· 4")
    assert len(opened.table("all-facts", tmp_path)) == 11 and len(opened.table("all-figures", tmp_path)) == 4
    # What the filters hide is in no file.
    opened.page.evaluate("KG.app.change((state) => { state.least = 0.8; state.hiddenTypes.add('Policy'); })")
    opened.until("KG.app.state.least === 0.8")
    assert {float(row["confidence"]) >= 0.8 and "Policy" not in (row["subject_type"], row["object_type"]) for row in opened.table("all-facts", tmp_path)} == {True}
    assert len(opened.table("all-figures", tmp_path)) == 3


def test_of_nothing_no_picture_is_offered(open_page: Open) -> None:
    opened = open_page(fragment="lang=en&since=1950&until=1951")
    assert opened.page.locator(".nothing").inner_text().startswith("Nothing fits the filters.")
    assert "png" not in opened.ways() and opened.ways()["all-facts"].endswith("· 0")


def test_on_a_phone_filters_are_put_away_by_a_touch_beside_them_and_by_escape(open_page: Open) -> None:
    opened = open_page(fragment="lang=en")
    opened.page.set_viewport_size({"width": 390, "height": 800})
    toggle = opened.page.locator("#filter-toggle")
    for away in (lambda: opened.page.mouse.click(380, 500), lambda: opened.page.keyboard.press("Escape")):
        toggle.click()
        assert opened.page.locator("#filters").is_visible() and toggle.get_attribute("aria-expanded") == "true"
        opened.page.locator("#filters input[type=checkbox]").first.click()  # in them one can go on
        assert opened.page.locator("#filters").is_visible()
        away()
        assert not opened.page.locator("#filters").is_visible() and toggle.get_attribute("aria-expanded") == "false"
    assert opened.page.evaluate("document.activeElement.id") == "filter-toggle"


def test_on_paper_nothing_is_cut_off_and_the_colours_are_light(open_page: Open, tmp_path: Path) -> None:
    import pypdfium2

    opened = open_page(large(60, 900), fragment="lang=en")
    opened.page.click("#theme")
    opened.until("KG.app && document.documentElement.dataset.theme === 'dark'")
    opened.page.evaluate("""() => { const ink = getComputedStyle(document.body);
        for (const turn of ["beforeprint", "afterprint"]) addEventListener(turn, () => { window[turn] = [document.documentElement.dataset.theme, ink.color]; }); }""")
    hub = opened.page.evaluate("[...KG.app.visible.things].sort((a, b) => b.degree - a.degree)[0].id")
    opened.page.evaluate(f"KG.app.select('{hub}')")
    opened.until("document.querySelector('#panel.filled')")
    while opened.page.locator("#panel button.more").count():
        opened.page.locator("#panel button.more").first.click()
    pages = pypdfium2.PdfDocument(opened.page.pdf(format="A4", path=tmp_path / "page.pdf"))
    assert len(pages) > 3
    printed = "".join(page.get_textpage().get_text_range() for page in pages).replace("\r", "").replace("\n", "")
    last = opened.page.locator("#panel .facts .fact-head bdi").last.inner_text()
    assert last in printed and "Confidence at least" not in printed and "Timeline" not in printed
    assert opened.page.evaluate("window.beforeprint") == ["light", "rgb(29, 35, 41)"]
    assert opened.page.evaluate("window.afterprint[0]") == "dark"


def test_copying_gives_turtle_and_citations(open_page: Open) -> None:
    opened = open_page()
    opened.search("杭州地铁集团")
    opened.page.evaluate("KG.copy = async (text) => { window.copied = text; }")
    opened.page.click("text=Copy Turtle")
    turtle = opened.page.evaluate("window.copied")
    told = Store()
    told.load(turtle.encode(), format=RdfFormat.TURTLE)
    assert len(list(told.query("SELECT * { ?s a <https://w3id.org/kgo/ns#Statement> }"))) == 1  # type: ignore[arg-type]
    opened.page.click("text=Copy citations")
    citation = opened.page.evaluate("window.copied")
    assert citation.startswith("“钱塘区推进") and "地铁建设简报. 2020-03-02. plan/b.txt, characters 26–35." in citation


def test_everything_works_by_keyboard_alone(open_page: Open) -> None:
    opened = open_page(focus="下沙", hops=1)
    keys = opened.page.keyboard
    keys.press("Tab")
    assert opened.page.evaluate("document.activeElement.textContent") == "Skip to search"
    keys.press("Enter")
    keys.type("8hx")
    opened.page.wait_for_selector("#suggestion-0")
    keys.press("ArrowDown")
    keys.press("Enter")
    opened.until("document.activeElement.id === 'panel'")
    keys.press("Tab")  # close
    keys.press("Tab")  # expand
    assert opened.page.evaluate("document.activeElement.id") == "expand"
    keys.press("Enter")
    opened.page.wait_for_selector("#collapse")
    assert opened.page.evaluate("document.getElementById('panel').contains(document.activeElement)")
    keys.press("Escape")
    opened.until("KG.app.state.selected === null && document.activeElement.id === 'panel'")
    opened.page.focus("#graph")
    keys.press("Escape")
    opened.until("KG.app.state.selected === null")
    keys.press("ArrowRight")
    opened.until("KG.app.state.selected !== null")
    first = opened.page.evaluate("KG.app.state.selected")
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        keys.press(key)
        opened.page.wait_for_timeout(50)
    keys.press("/")
    assert opened.page.evaluate("document.activeElement.id") == "search"
    assert first
    opened.page.focus("#tab-graph")
    keys.press("ArrowRight")
    opened.until("KG.app.state.view === 'facts'")
    assert opened.page.evaluate("document.activeElement.id") == "tab-facts"


def test_every_control_has_a_name_and_focus_goes_in_reading_order(open_page: Open) -> None:
    opened = open_page()
    opened.search("錢塘區")
    nameless = opened.page.evaluate(
        """[...document.querySelectorAll("button, input, select, [tabindex], [role=img], summary")].filter((one) =>
        one.tabIndex >= 0 && !one.textContent.trim() && !one.getAttribute("aria-label") && !one.labels?.length
        && !one.getAttribute("aria-labelledby")).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    opened.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    seen: list[str] = []
    opened.page.focus(".skip")
    for _ in range(60):
        part = opened.page.evaluate(
            "document.activeElement.closest('header, #filters, #graph, .zoom, #timeline, #panel')?.id || document.activeElement.closest('header, .zoom')?.tagName || ''"
        )
        if part and (not seen or seen[-1] != part):
            seen.append(part)
        opened.page.keyboard.press("Tab")
    assert seen[:6] == ["HEADER", "filters", "graph", "DIV", "timeline", "panel"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_reaches_wcag_aa(open_page: Open, theme: str) -> None:
    opened = open_page()
    opened.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    opened.reload("lang=en")
    opened.search("錢塘區")
    worst = opened.page.evaluate(
        """() => { const parse = (text) => text.match(/[\\d.]+/g).map(Number);
        const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
        const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
        const ratio = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
        const paper = (one) => { for (; one; one = one.parentElement) { const c = parse(getComputedStyle(one).backgroundColor);
          if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
        const texts = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility?.() && one.closest("svg") === null &&
          [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && !one.closest("#status, :disabled, script, noscript"));
        const found = texts.map((one) => [ratio(parse(getComputedStyle(one).color), paper(one)), one.className || one.tagName]);
        const background = parse(getComputedStyle(document.body).backgroundColor);
        const hex = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
        const marks = KG.app.about.types.map((type) => [ratio(hex(KG.colourOf(type)), background), type.id]);
        const least = (list) => list.sort((a, b) => a[0] - b[0])[0];
        return { text: least(found), count: found.length, mark: least(marks) }; }"""
    )
    assert worst["count"] > 50
    assert worst["text"][0] >= 4.5, worst
    assert worst["mark"][0] >= 3, worst


def test_on_a_narrow_screen_nothing_is_cut_off_and_filters_open(open_page: Open) -> None:
    opened = open_page()
    opened.page.set_viewport_size({"width": 390, "height": 780})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not opened.page.locator("#filters").is_visible()
    opened.page.click("#filter-toggle")
    assert opened.page.locator("#filters").is_visible()
    opened.page.click("#filter-toggle")
    opened.search("錢塘區")
    assert opened.page.locator("#panel").is_visible()
    opened.page.click("#panel .close")
    opened.page.wait_for_selector("#panel", state="hidden")


def test_names_of_links_go_when_what_was_pointed_at_is_left(open_page: Open) -> None:
    opened = open_page()
    drawn = "KG.app.names().filter(({ id }) => id === null).length"
    opened.search("錢塘區")
    opened.until(f"{drawn} === 5")
    opened.page.keyboard.press("Escape")
    opened.until(f"{drawn} === 0")


def test_all_that_is_shown_is_in_sight_at_first(open_page: Open) -> None:
    opened = open_page()
    opened.page.wait_for_timeout(200)
    outside = opened.page.evaluate(
        """KG.app.visible.things.filter(({ id }) => { const { x, y } = KG.app.network.canvasToDOM(KG.app.network.getPosition(id));
        const box = document.getElementById("graph"); return x < 0 || y < 0 || x > box.clientWidth || y > box.clientHeight; }).length"""
    )
    assert outside == 0


OVERLAPS = """() => { const names = KG.app.names(); let found = [];
  names.forEach((a, i) => names.slice(i + 1).forEach((b) => {
    if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) found.push(a.text + " / " + b.text); }));
  return found; }"""


@pytest.mark.parametrize("width", [1360, 390])
def test_names_never_cover_each_other(open_page: Open, width: int) -> None:
    opened = open_page(large(400, 1500))
    opened.page.set_viewport_size({"width": width, "height": 820})
    for act in ("", "KG.app.select(KG.app.visible.things[0].id)", "KG.app.expand(KG.app.visible.things[0].id)"):
        opened.page.evaluate(act)
        opened.page.wait_for_timeout(300)
        assert opened.page.evaluate("KG.app.names().length") > 5
        assert opened.page.evaluate(OVERLAPS) == []


def test_a_click_on_a_name_is_a_click_on_its_thing(open_page: Open) -> None:
    opened = open_page()
    opened.page.wait_for_timeout(300)
    spot = opened.page.evaluate(
        """() => { const scale = KG.app.network.getScale(); const name = KG.app.names().find(({ text }) => text === "張三");
        const place = KG.app.network.canvasToDOM({ x: (name.left + name.right) / 2 / scale, y: (name.top + name.bottom) / 2 / scale });
        const box = document.getElementById("graph").getBoundingClientRect();
        return [box.left + place.x, box.top + place.y]; }"""
    )
    opened.page.mouse.click(*spot)
    opened.until("document.querySelector('#panel h2').textContent === '張三'")


def test_beside_a_chosen_thing_the_table_lists_its_facts_alone(open_page: Open) -> None:
    opened = open_page(fragment="view=facts&lang=en")
    rows, caption = "document.querySelectorAll('.tables tbody tr').length", "document.querySelector('.tables caption').textContent"
    every = opened.page.evaluate(rows)
    opened.search("張三")
    opened.until(f"{caption}.includes('張三')")
    own = opened.page.evaluate("KG.app.source.thing(KG.app.state.selected).then(({ facts }) => facts.length)")
    assert 0 < opened.page.evaluate(rows) == own < every
    assert all("張三" in row for row in opened.page.locator(".tables tbody tr").all_text_contents())
    opened.page.get_by_role("button", name="Facts of all things shown").click()
    opened.until(f"{rows} === {every}")
    assert opened.page.evaluate("KG.app.state.selected") is None


@pytest.mark.parametrize("width", [390, 768])
def test_where_a_table_has_no_room_its_rows_are_cards(open_page: Open, width: int) -> None:
    opened = open_page(fragment="view=facts&lang=en")
    opened.page.set_viewport_size({"width": width, "height": 780})
    sentence = opened.page.locator(".tables td.col-sentence").first
    assert sentence.bounding_box()["x"] + sentence.bounding_box()["width"] <= width  # type: ignore[index]
    assert sentence.evaluate("(cell) => getComputedStyle(cell, '::before').content") == '"Sentence"'


IN_SIGHT = """() => { const scale = KG.app.network.getScale(); const box = document.getElementById("graph");
  const zoom = document.querySelector(".zoom").getBoundingClientRect(); const own = box.getBoundingClientRect();
  return KG.app.names().map((name) => { const [a, b] = [[name.left, name.top], [name.right, name.bottom]]
      .map(([x, y]) => KG.app.network.canvasToDOM({ x: x / scale, y: y / scale }));
    const cut = a.x < 0 || b.x > box.clientWidth || a.y < 0 || b.y > box.clientHeight;
    const under = b.x > zoom.left - own.left && b.y > zoom.top - own.top && a.x < zoom.right - own.left && a.y < zoom.bottom - own.top;
    return cut || under ? name.text : null; }).filter(Boolean); }"""


@pytest.mark.parametrize("width", [1366, 820, 390])
def test_no_name_is_cut_off_or_lies_under_the_buttons(open_page: Open, width: int) -> None:
    opened = open_page(large(200, 500))
    opened.page.set_viewport_size({"width": width, "height": 850})
    for fragment in ("lang=en", "all=200&lang=en"):
        opened.reload(fragment)
        opened.page.wait_for_timeout(300)
        assert opened.page.evaluate("KG.app.names().length") > 10
        assert opened.page.evaluate(IN_SIGHT) == []


def test_a_narrow_screen_begins_with_what_it_has_room_for(open_page: Open) -> None:
    opened = open_page(large(400, 1500))
    wide = len(opened.shown())
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.reload("lang=en")
    opened.page.wait_for_timeout(300)
    narrow = len(opened.shown())
    assert 10 < narrow < wide
    assert opened.page.evaluate("KG.app.names().length") > narrow * 0.6
    # Shapes can be told, and the picture is no band: it takes most of the height.
    smallest, span, height = opened.page.evaluate(
        """(() => { const { network, visible } = KG.app; const scale = network.getScale();
        const spots = visible.things.map(({ id }) => network.canvasToDOM(network.getPosition(id)).y);
        return [Math.min(...visible.things.map(({ id }) => network.body.nodes[id].options.size)) * scale,
          Math.max(...spots) - Math.min(...spots), document.getElementById("graph").clientHeight]; })()"""
    )
    assert smallest >= 4.5
    assert span > height * 0.6


def test_names_with_a_common_beginning_are_cut_so_that_they_differ(open_page: Open) -> None:
    opened = open_page()
    names = ["临江市国民经济和社会发展第十四个五年规划纲要", "临江市国民经济和社会发展第十五个五年规划纲要", "临江市", "临江市水利局"]
    short = opened.page.evaluate("(names) => KG.shortenApart(names)", names)
    assert short == ["临江市…第十四个五年规…", "临江市…第十五个五年规…", "临江市", "临江市水利局"]


def test_parts_of_a_picture_are_packed_without_overlap(open_page: Open) -> None:
    opened = open_page()
    boxes = opened.page.evaluate(
        """() => { const boxes = [[90, 40], [30, 80], [60, 20], [100, 10], [20, 20]].map(([wide, high]) => ({ wide, high }));
        const { high, wide } = KG.packed(boxes, 120); return [high, wide, boxes]; }"""
    )
    high, wide, placed = boxes
    assert wide <= 120 and high <= 110
    for i, a in enumerate(placed):
        for b in placed[i + 1 :]:
            apart = a["left"] + a["wide"] <= b["left"] or b["left"] + b["wide"] <= a["left"] or a["top"] + a["high"] <= b["top"] or b["top"] + b["high"] <= a["top"]
            assert apart, (a, b)


def test_the_search_hint_names_things_of_this_graph(open_page: Open) -> None:
    opened = open_page()
    hint = opened.page.get_attribute("#search", "placeholder") or ""
    assert any(name in hint for name in opened.shown()), hint


@pytest.mark.parametrize(
    ("language", "value", "shown"), [("zh-Hant", 1.26e12, "1.26萬億"), ("zh-Hant", 5.2e8, "5.2億"), ("zh-Hans", 1.26e12, "1.26万亿"), ("en", 1.26e12, "1.26T")]
)
def test_large_numbers_are_written_as_readers_of_each_script_do(open_page: Open, language: str, value: float, shown: str) -> None:
    script = "([language, value]) => { KG.setLanguage(language); return KG.shortNumber(value); }"
    assert open_page().page.evaluate(script, [language, value]) == shown


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ("2024-01-01/2024-06-30", "2024-01 – 06"), ("2024-01-01/2024-06-28", "2024-01-01 – 2024-06-28"),
        ("2024-02-01/2024-02-28", "2024-02-01 – 2024-02-28"), ("2023-02-01/2023-02-28", "2023-02"),
    ],
)  # fmt: skip
def test_a_span_is_of_whole_months_only_if_it_ends_with_one(open_page: Open, period: str, shown: str) -> None:
    assert open_page().page.evaluate("(period) => KG.periodText(period)", period) == shown
