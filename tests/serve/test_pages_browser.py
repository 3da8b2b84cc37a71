"""The served pages in a real browser: explorer over HTTP, reader and back, questions, figures, editor, nothing hostile."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.serve.conftest import Running
from tests.serve.made_graph import Draft, plan_of_work, write_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WAIT = 40_000  # milliseconds; machines that run tests are busy
AREA = "area-330114"


@dataclass
class Visit:
    """A page in the browser, and all that went wrong in it or left for elsewhere."""

    page: Page
    server: Running
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.server.url + path)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("html[data-ready]", timeout=WAIT)

    def until(self, expression: str) -> None:
        end = time.monotonic() + WAIT / 1000
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            self.page.wait_for_timeout(30)

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text(timeout=WAIT)


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, server: Running) -> Iterator[Open]:
    """Opens a path of the server; fails afterwards if a page had an error or asked anybody else."""
    opened: list[Visit] = []

    def open_(path: str, **options: Any) -> Visit:
        options = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "reduced_motion": "reduce", **options}
        page = browser.new_page(**options)
        page.set_default_timeout(WAIT)
        result = Visit(page, server)
        opened.append(result)
        page.on("pageerror", lambda error: result.errors.append(str(error)))
        page.on("console", lambda message: result.errors.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: result.errors.append(f"a dialog: {dialog.message}"))
        page.on("request", lambda request: result.outside.append(request.url) if not request.url.startswith(
            (server.url, "blob:", "data:", "about:")) else None)  # fmt: skip
        result.go(path)
        return result

    yield open_
    for one in opened:
        one.page.close()
        assert one.errors == []
        assert one.outside == []


def test_explorer_search_expand_and_evidence(visit: Open) -> None:
    seen = visit("/")
    assert "Explorer" in seen.text("#site [aria-current]")
    box = seen.page.locator("#search")
    box.fill("cqs")
    seen.page.wait_for_selector("#suggestion-0")
    box.press("Enter")
    seen.until("document.querySelector('#panel h2')?.textContent === '重庆市'")
    assert "重庆市与杭州地铁集团合作" in seen.text("#panel .sentence mark")
    assert AREA not in seen.page.evaluate("location.hash")
    assert "focus=area-500000" in seen.page.evaluate("location.hash")


def test_deep_link_to_the_reader_and_back(visit: Open) -> None:
    seen = visit(f"/#focus={AREA}")
    seen.until("document.querySelector('#panel h2')?.textContent === '钱塘区'")
    seen.page.locator("#panel .facts a.read").first.click()
    seen.page.wait_for_url("**/documents/d-*")
    seen.ready()
    seen.until("document.querySelectorAll('.chosen').length > 0")
    quote = seen.page.evaluate("[...document.querySelectorAll('.chosen')].map((mark) => mark.textContent).join('')")
    at = seen.page.evaluate("location.hash.match(/at=(\\d+)-(\\d+)/).slice(1).map(Number)")
    assert len(quote) == at[1] - at[0]
    seen.page.locator(".text .named").first.click()
    seen.page.locator("#to-graph").click()
    seen.page.wait_for_url("**/#focus=*")
    seen.ready()
    seen.until("document.querySelector('#panel h2')?.textContent.includes('区')")


def test_reader_marks_every_mention_and_fact(visit: Open, server: Running) -> None:
    import httpx

    listed = httpx.get(server.url + "/api/documents").json()["documents"][0]
    reading = httpx.get(f"{server.url}/api/documents/{listed['id']}").json()
    seen = visit(f"/documents/{listed['id']}")
    assert seen.page.evaluate("document.querySelector('.text').textContent") == reading["text"]
    said = set(
        seen.page.evaluate(
            "[...document.querySelectorAll('[data-facts]')].flatMap((mark) => mark.dataset.facts.split(' '))"
        )
    )
    assert said == {record["id"] for record in (*reading["facts"], *reading["figures"])}
    hrefs = set(seen.page.evaluate("[...document.querySelectorAll('.text a.named')].map((mark) => mark.hash)"))
    assert hrefs >= {f"#focus={AREA}", "#focus=area-330100"}
    seen.page.locator(".text .said", has_text="1142.15").first.click()
    seen.until("document.querySelector('.side .facts') !== null")
    assert "地區生產總值" in seen.text(".side .facts")


def test_hostile_names_stay_text(visit: Open, server: Running) -> None:
    import httpx

    listed = httpx.get(server.url + "/api/documents", params={"q": "建设简报"}).json()["documents"][0]
    for path in (f"/documents/{listed['id']}", "/documents", "/", "/#focus=" + _id(server, "<script>"), "/figures"):
        seen = visit(path)
        assert seen.page.evaluate("[...document.scripts].every((script) => script.src.startsWith(location.origin))")
    assert "<script>alert(1)</script>" in visit(f"/documents/{listed['id']}").text(".text")


def _id(server: Running, name: str) -> str:
    import httpx

    found: str = httpx.get(server.url + "/api/search", params={"q": name}).json()["results"][0]["thing"]["id"]
    return found


def test_documents_are_searched(visit: Open) -> None:
    seen = visit("/documents")
    assert seen.page.locator(".documents li").count() == 2
    seen.page.locator("#words").fill("上半年")
    seen.until("document.querySelectorAll('.documents li').length === 1")
    assert "q=" in seen.page.url


def test_a_question_is_asked_by_its_form(visit: Open) -> None:
    seen = visit("/questions")
    assert seen.page.locator(".cards li").count() > 25
    seen.page.locator("#filter").fill("figures-of")
    seen.page.locator(".cards a").first.click()
    seen.page.wait_for_url("**/questions/figures-of")
    seen.ready()
    subject = seen.page.locator("#p-subject")
    subject.fill("qtq")
    seen.page.wait_for_selector("#p-subject-0")
    subject.press("ArrowDown")
    subject.press("Enter")
    assert subject.input_value() == "钱塘区"
    seen.page.locator("form button[type=submit]").click()
    seen.page.wait_for_selector("#answer table")
    assert seen.page.locator("#answer tbody tr").count() == 2
    assert "钱塘区" in seen.text("#answer > p") or "錢塘區" in seen.text("#answer > p")
    # The address restores question and answer.
    again = visit(seen.page.url.removeprefix(seen.server.url))
    again.page.wait_for_selector("#answer table")


def test_a_question_asked_wrongly_is_answered_with_words(visit: Open) -> None:
    seen = visit("/questions/figures-of?subject=nobody")
    seen.until("document.querySelector('#answer .failure') !== null")
    assert "nobody" in seen.text("#answer .failure")
    assert [error for error in seen.errors if "400" in error]
    seen.errors.clear()


@pytest.mark.parametrize(
    ("path", "language", "says"),
    [
        ("growth?area=火星", "zh-CN", "区域：本图谱中没有名为“火星”的条目。"),
        ("growth?area=火星", "zh-TW", "區域：本圖譜中沒有名為“火星”的條目。"),
        ("in-force?on=昨天", "zh-CN", "日期：“昨天”不适用于此栏。"),
        ("growth?area=火星", "en-GB", "Area: nothing in this graph is called “火星”."),
        ("projects-by-status?status=foo", "zh-CN", "状态：“foo”不适用于此栏。 可用："),
        ("growth?from=2021", "en-GB", "Area: a value is needed."),
    ],
)
def test_what_does_not_fit_is_said_in_the_language_of_the_page(visit: Open, path: str, language: str, says: str) -> None:
    seen = visit(f"/questions/{path}", locale=language)
    seen.until("document.querySelector('#answer .failure') !== null")
    assert seen.text("#answer .failure").startswith(says)
    assert "--" not in seen.text("#answer")
    seen.errors.clear()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("kind=foo", "Kind: “foo” does not fit this field. It may be level"),
        ("area=火星", "Area: nothing in this graph is called “火星”."),
        ("since=later", "From: “later” does not fit this field."),
    ],
)
def test_figures_asked_wrongly_are_answered_with_words(visit: Open, asked: str, says: str) -> None:
    seen = visit(f"/figures?{asked}")
    assert seen.text("#rows .failure").startswith(says)
    assert not seen.page.locator("#main table").is_visible()
    seen.errors.clear()


def test_one_is_told_in_the_singular(visit: Open) -> None:
    assert visit("/figures?unit=CNY").text("#rows") == "1 figure"


def test_figures_are_filtered(visit: Open) -> None:
    seen = visit("/figures")
    assert seen.page.locator("tbody tr").count() == 3
    seen.page.locator("#unit").select_option("CNY")
    seen.until("document.querySelectorAll('tbody tr').length === 1")
    assert "unit=CNY" in seen.page.url
    assert "format=csv" in (seen.page.locator("a[download]").get_attribute("href") or "")


@pytest.mark.parametrize(
    ("language", "base", "clues"),
    [
        ("en-GB", "year on year", "Clues: told in a report or plan; subject is the area of the report; period told in the same sentence; indicator is known; subject is an area"),
        ("zh-CN", "同比", "依据：出自报告或规划；主体是报告的地区；时期见于同一句；指标已收录；主体是区域"),
    ],
)  # fmt: skip
def test_every_page_tells_how_sure_a_figure_is_and_by_what(visit: Open, language: str, base: str, clues: str) -> None:
    seen = visit("/figures?kind=growth", locale=language)
    assert seen.text(".col-confidence").split()[-1] == "0.60"
    assert seen.text(".col-period .base") == base
    assert seen.text(".col-sentence .clues") == clues
    seen.go(f"/#focus={AREA}")
    row = seen.page.locator("#panel .figures tr:not(.detail)", has_text="11%")
    assert row.locator(".confidence").inner_text().split()[-1] == "0.60" and row.locator(".base").inner_text() == base
    row.locator("button").click()
    assert seen.page.locator("#panel .detail:visible .clues").inner_text() == clues
    document = seen.page.evaluate("fetch('/api/figures?kind=growth').then((answer) => answer.json()).then(({ figures }) => figures[0].document.id)")
    seen.go(f"/documents/{document}")
    seen.page.locator(".reading [data-facts]", has_text="同比增長11%").click()
    assert seen.text(".side .clues") == clues and seen.text(".side .base") == base


@pytest.fixture
def plan(browser: Browser, start: Callable[..., Any], tmp_path: Path) -> Iterator[Page]:
    """A page of a server over a plan with targets for which bodies answer; its address is the server's."""
    write_graph(tmp_path / "graph", plan_of_work())
    with start(tmp_path / "graph") as server:
        page = browser.new_page(locale="zh-CN", base_url=server.url)
        page.set_default_timeout(WAIT)
        yield page
        page.close()


def test_who_answers_for_a_target_stands_in_the_table_the_explorer_and_the_reader(plan: Page) -> None:
    told = ["责任单位：", "税务处", "财政局"]
    plan.goto("/figures")
    cells = plan.locator("tbody .col-indicator")
    cells.nth(1).wait_for()
    assert sorted(cell.split() for cell in cells.all_inner_texts()) == [["新增就业"], ["财政收入", *told]]
    plan.goto("/#focus=area-330114")
    plan.wait_for_selector("#panel .responsible")
    assert plan.locator("#panel .figures td:not([colspan])", has_text="责任单位").inner_text().split() == ["2025", *told]
    plan.goto("/documents/plan.txt")
    plan.locator(".reading [data-facts]", has_text="财政收入增长5%以上").click()
    assert plan.locator(".side .facts li div.quiet").inner_text().split() == told
    plan.locator(".side .responsible a").first.click()
    plan.wait_for_selector("#panel h2 >> text=税务处")


def test_the_reader_is_used_by_keyboard(plan: Page) -> None:
    plan.goto("/documents/plan.txt")
    plan.wait_for_selector("html[data-ready]")
    stops = []
    for _ in range(30):
        plan.keyboard.press("Tab")
        text = plan.evaluate("document.activeElement.closest('.text') && document.activeElement.textContent")
        if text:
            stops.append(text)
        if text == "新增就业2000人":
            break
    assert stops == ["财政收入增长5%以上", "财政局", "税务处", "新增就业2000人"]
    plan.keyboard.press("Enter")
    assert plan.locator(".side.filled .facts li").count() == 1 and plan.evaluate("document.activeElement.className").startswith("side")
    plan.keyboard.press("Escape")
    assert plan.locator(".side.filled").count() == 0 and plan.evaluate("document.activeElement.textContent") == "新增就业2000人"
    plan.keyboard.press("Enter")
    plan.keyboard.press("Tab")
    plan.keyboard.press("Enter")  # the button that closes
    assert plan.locator(".side.filled").count() == 0 and plan.evaluate("document.activeElement.textContent") == "新增就业2000人"


def test_targets_of_many_bodies_are_no_chart(plan: Page) -> None:
    plan.goto("/questions/who-is-responsible")
    plan.click("form button[type=submit]")
    plan.wait_for_selector("#answer tbody tr")
    assert plan.locator("#answer thead th").all_inner_texts()[:2] == ["机构", "任务或指标"]
    assert plan.locator("#answer tbody tr").count() == 2 and plan.locator("#answer svg.chart").count() == 0


def test_figures_that_the_panel_does_not_hold_are_a_click_away(browser: Browser, start: Callable[..., Any], tmp_path: Path) -> None:
    draft = Draft("a.txt", "钱塘区：" + "".join(f"第{i}项产值{i}元。" for i in range(1, 204)))
    area = draft.thing("Area", "钱塘区", code="330114")
    for i in range(1, 204):
        draft.figure(area, f"第{i}项产值", "level", str(i), "CNY", "2021", f"产值{i}元")
    write_graph(tmp_path / "graph", [draft.pair()])
    with start(tmp_path / "graph") as server:
        page = browser.new_page(locale="en-GB")
        page.goto(f"{server.url}/#focus=area-330114")
        link = page.locator("#panel .beyond a")
        link.wait_for(timeout=WAIT)
        assert link.inner_text() == "3 more figures, all as a table"
        assert page.locator("#panel h3").first.inner_text().split() == ["Figures", "200+"]
        link.click()
        page.wait_for_selector("html[data-ready]", timeout=WAIT)
        page.wait_for_selector("tbody tr", timeout=WAIT)
        assert page.locator("#rows").inner_text() == "203 figures · 钱塘区"
        page.close()


def test_of_a_hub_the_table_says_that_it_has_the_first_facts_and_where_all_are(browser: Browser, start: Callable[..., Any], tmp_path: Path) -> None:
    draft = Draft("a.txt", "钱塘区：" + "".join(f"第{i}号工程。" for i in range(1, 31)))
    area = draft.thing("Area", "钱塘区", code="330114")
    for i in range(1, 31):
        draft.fact(draft.thing("Project", f"第{i}号工程"), "locatedIn", area, f"第{i}号工程")
    write_graph(tmp_path / "graph", [draft.pair()])
    with start(tmp_path / "graph") as server:
        page = browser.new_page(locale="en-GB")
        page.goto(f"{server.url}/#focus=area-330114&view=facts")
        way = page.locator("#tables caption a")
        way.wait_for(timeout=WAIT)
        assert page.locator("#tables caption").inner_text().startswith("24 of the 30 facts of 钱塘区 ")
        assert page.locator("#panel h3").first.inner_text().split()[-1] == "24+"
        way.click()
        page.wait_for_selector("#answer tbody tr", timeout=WAIT)
        assert page.locator("#answer tbody tr").count() == 30
        page.close()


def test_the_figures_page_is_filtered_by_confidence(visit: Open) -> None:
    seen = visit("/figures?min-confidence=0.7")
    assert seen.page.locator("tbody tr").count() == 2
    seen.page.locator("#min-confidence").fill("0.5")
    seen.until("document.querySelectorAll('tbody tr').length === 3")
    assert "min-confidence=0.5" in seen.page.url
    seen = visit("/figures?min-confidence=2", locale="zh-CN")
    assert seen.text("#rows .failure").startswith("可信度不低于")
    seen.errors.clear()


def test_an_address_may_name_the_subject_as_the_field_is_headed(visit: Open) -> None:
    seen = visit("/figures?subject=%E9%92%B1%E5%A1%98%E5%8C%BA")
    assert seen.page.locator("#area").input_value() == "钱塘区"
    assert "area=" in (seen.page.locator("a[download]").get_attribute("href") or "")


@pytest.mark.parametrize(("language", "base"), [("zh-TW", "同比"), ("en-GB", "year on year")])
def test_answers_tell_in_the_language_of_the_page_what_a_growth_is_measured_against(visit: Open, language: str, base: str) -> None:
    seen = visit("/questions/growth?area=%E9%92%B1%E5%A1%98%E5%8C%BA", locale=language)
    seen.page.wait_for_selector("#answer table")
    assert seen.page.locator("#answer .col-base").all_inner_texts() == [base]


def test_who_builds_what_is_told_in_words_and_leads_to_the_sentence(visit: Open) -> None:
    seen = visit("/questions/who-builds-what?area=%E9%92%B1%E5%A1%98%E5%8C%BA", locale="zh-TW")
    seen.page.wait_for_selector("#answer table")
    assert {"地點", "階段"} <= set(seen.page.locator("#answer .col-aspect").all_inner_texts())
    sentence = seen.page.locator("#answer .col-sentence").first.inner_text()
    seen.page.locator("#answer .col-source a").first.click()
    seen.page.wait_for_url("**/documents/*#at=*")
    seen.ready()
    start, end = seen.page.evaluate("location.hash.match(/at=(\\d+)-(\\d+)/).slice(1).map(Number)")
    assert seen.page.evaluate(f"[...document.querySelector('article .text').textContent].slice({start}, {end}).join('')") == sentence
    assert sentence.startswith(seen.page.locator(".chosen").first.inner_text())
    seen.page.evaluate("location.hash = 'says=%E0%A4%A'")  # no text at all: the page stays
    assert seen.page.locator(".chosen").count() > 0


def test_relations_are_told_in_the_language_of_the_page(visit: Open) -> None:
    seen = visit("/questions/facts-of?thing=%E9%92%B1%E5%A1%98%E5%8C%BA", locale="zh-CN")
    seen.page.wait_for_selector("#answer table")
    assert "位于" in seen.page.locator("#answer .col-predicate").all_inner_texts()


@pytest.mark.parametrize(("language", "head", "unit"), [("zh-CN", "目标值", "元"), ("zh-TW", "目標值", "元"), ("en-GB", "Target", "yuan")])
def test_tables_of_questions_use_the_words_of_the_page(visit: Open, language: str, head: str, unit: str) -> None:
    seen = visit("/questions/figures-of?subject=area-330114".replace("area-330114", "%E9%92%B1%E5%A1%98%E5%8C%BA"), locale=language)
    seen.page.wait_for_selector("#answer table")
    assert unit in seen.page.locator("#answer tbody td").all_inner_texts()
    assert seen.page.evaluate("KG.t('column-target')") == head


def test_the_editor_runs_a_query_completes_and_keeps(visit: Open) -> None:
    seen = visit("/query#query=" + "SELECT%20DISTINCT%20%3Fs%20%7B%20%3Fs%20a%20kgo%3AArea%20%7D")
    seen.until("typeof Yasgui === 'function'")
    assert seen.page.evaluate("KG.editor.get()") == "SELECT DISTINCT ?s { ?s a kgo:Area }"
    assert seen.page.locator("#yasgui textarea").first.get_attribute("aria-label") == "SPARQL"
    seen.page.locator(".yasqe_queryButton").click()
    seen.page.wait_for_selector(".yasr_results td")
    assert seen.page.locator(".yasr_results tbody tr").count() == 4
    seen.page.evaluate("KG.editor.set('SELECT * { ?s kgo:partO }')")
    seen.page.evaluate("KG.editor.editor.getTab().getYasqe().setCursor(0, 22)")
    seen.page.evaluate("KG.editor.editor.getTab().getYasqe().focus()")
    seen.page.keyboard.press("Control+Space")
    seen.page.wait_for_selector(".CodeMirror-hints", state="attached")
    seen.until(
        "KG.editor.get().includes('kgo:partOf') || document.querySelector('.CodeMirror-hints')?.textContent.includes('partOf')"
    )
    seen.page.locator("#name").fill("areas")
    seen.page.locator("#name").press("Enter")
    seen.until("document.querySelectorAll('#kept option').length === 2")
    seen.page.locator("#examples").select_option("1")
    assert seen.page.evaluate("KG.editor.get()").startswith("PREFIX ")


@pytest.mark.parametrize("path", ["/", "/documents", "/questions", "/figures", "/query"])
def test_languages_and_colours(visit: Open, path: str) -> None:
    seen = visit(path, color_scheme="dark", locale="zh-TW")
    assert seen.page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == [
        "zh-Hant",
        "dark",
    ]
    assert "圖譜" in seen.text("#site")
    seen.page.locator("#language").select_option("en")
    seen.until("document.querySelector('#site').textContent.includes('Questions')")
    assert seen.page.evaluate("document.documentElement.lang") == "en"


def test_keyboard_alone(visit: Open) -> None:
    seen = visit("/documents")
    names = []
    for _ in range(12):
        seen.page.keyboard.press("Tab")
        names.append(seen.page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    assert "words" in names and "language" in names and "Questions" in names
    seen.page.locator(".documents a").first.focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/documents/d-*")


def test_narrow_screens_do_not_scroll_sideways(visit: Open) -> None:
    for path in ("/documents", "/questions", "/figures", "/questions/figures-of"):
        seen = visit(path, viewport={"width": 390, "height": 800})
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_an_address_without_anything_has_ways_on(visit: Open) -> None:
    seen = visit("/nonsense", locale="zh-CN")
    assert seen.text("h1") == "没有此页"
    seen.page.click("#app a:has-text('文件')")
    seen.page.wait_for_url("**/documents")
    seen.errors = [error for error in seen.errors if "404" not in error]
    missing = visit("/documents/d-00000000000000000000", locale="zh-TW")
    assert "沒有這份文件" in missing.text("#main")
    missing.errors = [error for error in missing.errors if "404" not in error]


def test_figures_that_nothing_fits_say_so(visit: Open) -> None:
    seen = visit("/figures?indicator=qqqq")
    assert "Nothing fits the filters." in seen.text("#main .note")
    assert not seen.page.locator("#main table").is_visible()


@pytest.mark.parametrize("path", ["/figures", "/questions/figures-of?subject=area-330114"])
def test_on_a_narrow_screen_rows_are_cards_on_every_page(visit: Open, path: str) -> None:
    seen = visit(path.replace("area-330114", "%E9%92%B1%E5%A1%98%E5%8C%BA"), viewport={"width": 390, "height": 800})
    seen.page.wait_for_selector("td.col-sentence")
    sentence = seen.page.locator("td.col-sentence").first
    box = sentence.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert sentence.evaluate("(cell) => getComputedStyle(cell, '::before').content") == '"Sentence"'
    assert seen.page.evaluate("(() => { const wide = document.querySelector('.wide'); return wide.scrollWidth <= wide.clientWidth; })()")


@pytest.mark.parametrize("path", ["/", "/figures"])
def test_on_a_narrow_screen_every_page_can_be_reached_and_no_control_is_cut(visit: Open, path: str) -> None:
    seen = visit(path, viewport={"width": 390, "height": 800})
    places = seen.page.evaluate(
        """[...document.querySelectorAll('#site a, #site select, #site button, header select, header .icon')].map((one) => {
        const { left, right, width } = one.getBoundingClientRect(); return [one.textContent.slice(0, 20), left, right, width]; })"""
    )
    assert len(places) >= 7
    assert [place for place in places if place[1] < 0 or place[2] > 390 or place[3] < 20] == []


def test_an_example_has_an_answer_in_the_graph_at_hand(visit: Open) -> None:
    # Its own example is a thing of another graph.
    seen = visit("/questions/policies-issued-by")
    seen.page.locator("#example").click()
    seen.page.wait_for_selector("#answer #rows, #answer .note")
    assert seen.page.locator("#answer .failure").count() == 0
    about = visit("/questions/figures-of")
    about.page.locator("#example").click()
    about.page.wait_for_selector("#answer table")
    assert about.page.locator("#answer tbody tr").count() > 0


def test_the_chart_of_a_question_names_the_indicator(visit: Open) -> None:
    seen = visit("/questions/figures-of")
    heading = seen.page.evaluate(
        """(async () => { const found = { columns: ["area", "indicator", "kind", "value", "unit"], parameters: { indicator: [{ name: "粮食产量", type: "Indicator" }] }, sparql: "",
        rows: [["甲市", 3], ["乙市", 4]].map(([area, value]) => ({ area, indicator: "粮食产量", kind: "level", value, unit: "t" })) };
        KG.ask = async () => found; document.querySelector("#p-subject").value = "x"; document.querySelector("form").requestSubmit();
        while (!document.querySelector("figcaption")) await new Promise((done) => setTimeout(done, 20));
        return document.querySelector("figcaption").textContent; })()"""
    )
    assert "粮食产量 · level · t" in heading


def test_the_figures_page_is_put_in_order(visit: Open) -> None:
    seen = visit("/figures?sort=smallest")
    assert seen.page.locator("#sort").input_value() == "smallest"
    values = "[...document.querySelectorAll('tbody td.number')].map((cell) => Number(cell.title))"
    smallest = seen.page.evaluate(values)
    assert len(smallest) == 3 and smallest == sorted(smallest)
    seen.page.locator("#sort").select_option("largest")
    seen.until(f"JSON.stringify({values}) === '{str(smallest[::-1]).replace(' ', '')}'")
    assert "sort=largest" in seen.page.url and "sort=largest" in (seen.page.locator("a[download]").get_attribute("href") or "")


def test_charts_have_round_ticks_and_none_is_drawn_of_ranks(visit: Open) -> None:
    seen = visit("/questions/figures-of")
    ticks = "[[0, 8.1], [3.2, 7.9], [-3, 12], [5, 5], [0, 1234567]].map(([low, high]) => KG.ticks(low, high))"
    assert seen.page.evaluate(ticks) == [
        [0, 2.5, 5, 7.5, 10], [2, 4, 6, 8], [-5, 0, 5, 10, 15], [4, 6], [0, 500000, 1000000, 1500000]]  # fmt: skip
    drawn = """(kind) => (async () => { const found = { columns: ["area", "indicator", "kind", "value"], parameters: {}, sparql: "",
        rows: [["甲市", 3], ["乙市", 4]].map(([area, value]) => ({ area, indicator: "粮食产量", kind, value, bound: "exact" })) };
        KG.ask = async () => found; document.querySelector("#p-subject").value = "x"; document.querySelector("form").requestSubmit();
        await new Promise((done) => setTimeout(done, 300));
        return [document.querySelectorAll("figure").length, document.querySelectorAll("#answer tbody tr").length]; })()"""
    assert seen.page.evaluate(drawn, "level") == [1, 2]
    assert seen.page.evaluate(drawn, "rank") == [0, 2]


def test_questions_stand_by_what_they_are_about(visit: Open) -> None:
    seen = visit("/questions", locale="zh-CN")
    assert seen.page.locator(".questions h2").all_inner_texts() == ["项目", "政策", "数据", "地方、机构与人物", "活动与日期", "事物与原文"]
    seen.page.locator("#filter").fill("targets")
    seen.until("document.querySelectorAll('.cards li').length === 1")
    assert seen.page.locator(".questions h2").all_inner_texts() == ["数据"]


def test_targets_are_dashed_beside_their_results_and_no_name_covers_another(visit: Open) -> None:
    seen = visit("/questions/figures-of")
    drawn = seen.page.evaluate(
        """(async () => { const found = { columns: ["area", "indicator", "target", "result", "unit", "period"], parameters: {}, sparql: "",
        rows: [["甲", 6, 6.1, 2022], ["甲", 6, 6.2, 2023], ["甲", 7, null, 2024], ["乙", 5, null, 2022], ["乙", 7, null, 2024]]
          .map(([indicator, target, result, period]) => ({ area: "钱塘区", indicator, target, result, unit: "%", period: String(period) })) };
        KG.ask = async () => found; document.querySelector("#p-subject").value = "x"; document.querySelector("form").requestSubmit();
        while (!document.querySelector("figure")) await new Promise((done) => setTimeout(done, 20));
        const all = (selector) => [...document.querySelectorAll(`figure ${selector}`)];
        return { lines: all("polyline").map((line) => line.parentNode.classList.value), names: all(".series .name").map((name) => name.textContent),
          heights: all(".series .name").map((name) => Number(name.getAttribute("y"))), told: document.querySelector("figcaption").textContent }; })()"""
    )
    assert drawn["lines"] == ["series s0", "series s0 aim", "series s1 aim"]
    assert drawn["names"] == ["甲", "乙"]  # not the area, which all have
    assert abs(drawn["heights"][0] - drawn["heights"][1]) >= 15
    assert "Result" in drawn["told"] and "Target" in drawn["told"]
    assert seen.page.evaluate("KG.spread([50, 50, 98, 99], 10, 0, 100)") == [50, 60, 90, 100]


def test_a_document_is_found_by_its_path(visit: Open, server: Running) -> None:
    import httpx

    listed = {one["path"]: one["id"] for one in httpx.get(server.url + "/api/documents").json()["documents"]}
    seen = visit("/documents/plan/a.txt")
    assert seen.page.url == f"{server.url}/documents/{listed['plan/a.txt']}"
    assert seen.page.locator(".text .said").count() > 0
    assert httpx.get(server.url + "/documents/plan/none.txt").status_code == 404


def test_an_empty_cell_is_no_evidence(visit: Open) -> None:
    seen = visit("/documents/plan/a.txt")
    said = seen.page.evaluate(
        """(() => { const text = "甲区\\t—\\t-5.2\\n"; const reading = { text, start: 0, end: text.length, mentions: [], things: [], facts: [], headings: [], noise: [],
        figures: [{ id: "o-1", start: 0, end: text.length - 1 }] };
        return [...KG.reader(reading, new Map(), new Map(), () => {}).text.querySelectorAll(".said")].map((mark) => mark.textContent); })()"""
    )
    assert said == ["甲区", "-5.2"]


def test_a_long_table_of_figures_is_downloaded_whole(browser: Browser, start: Callable[..., Any], tmp_path: Path) -> None:
    draft = Draft("news/a.txt", "".join(f"钱塘区第{n}街道新建公园{n}座。\n" for n in range(1, 1203)))
    area = draft.thing("Area", "钱塘区", code="330114")
    for n in range(1, 1203):
        draft.figure(area, "新建公园", "change", str(n), "座", "2021", f"第{n}街道新建公园{n}座")
    write_graph(tmp_path / "g", [draft.pair()])
    with start(tmp_path / "g") as server:
        page = browser.new_page(locale="en-GB")
        page.goto(f"{server.url}/figures")
        page.wait_for_selector("html[data-ready]", timeout=WAIT)
        with page.expect_download(timeout=WAIT) as download:
            page.get_by_role("link", name="CSV", exact=True).click()
        data = Path(download.value.path()).read_bytes()
        page.close()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf") and sorted(int(row["value"]) for row in rows) == list(range(1, 1203))


def test_the_source_of_an_answer_leads_to_its_sentence(visit: Open) -> None:
    seen = visit("/questions/facts-of?thing=钱塘区")
    row = seen.page.locator("#answer tbody tr", has=seen.page.locator(".col-source a")).first
    sentence = row.locator(".col-sentence").inner_text()
    row.locator(".col-source a").click()
    seen.page.wait_for_url("**/documents/d-*#at=*")
    seen.ready()
    start, end = seen.page.evaluate("location.hash.match(/at=(\\d+)-(\\d+)/).slice(1).map(Number)")
    assert seen.page.evaluate("document.querySelector('.text').textContent")[start:end] == sentence
    seen.until("document.querySelectorAll('.chosen').length > 0")
    gone = visit("/documents/plan%2Fa.txt#says=此句不在文中")
    assert "not in this document" in gone.text("#status")


@pytest.mark.parametrize(("language", "called"), [("zh-CN", "隶属于"), ("zh-TW", "隸屬於"), ("en-GB", "part of")])
def test_relations_of_an_answer_have_the_names_of_the_page(visit: Open, language: str, called: str) -> None:
    seen = visit("/questions/facts-of?thing=钱塘区", locale=language)
    assert called in seen.page.locator("#answer td.col-predicate").all_inner_texts()


def test_an_answer_says_what_it_left_out_or_that_it_found_nothing(visit: Open) -> None:
    assert visit("/questions/facts-of?thing=钱塘区&top=1").text("#rows").startswith("The first 1 row; there may be more")
    assert visit("/questions/facts-of?thing=钱塘区&top=400").text("#rows").endswith("rows")
    assert "“area”" in visit("/questions/facts-of?thing=钱塘区&area=杭州市").text("#answer .note")
    empty = visit("/questions/timeline?thing=地區生產總值")
    assert empty.text("#rows") == "Nothing was found"
    assert (empty.page.locator("#answer li a").get_attribute("href") or "").startswith("/figures?indicator=")


def test_back_leads_to_what_was_asked_before(visit: Open) -> None:
    seen = visit("/questions/facts-of")
    for name in ("钱塘区", "杭州市"):
        seen.page.fill("#p-thing", name)
        seen.page.locator("form button[type=submit]").click()
        seen.until(f"document.querySelector('#answer .quiet')?.textContent.includes('{name}')")
    seen.page.go_back()
    seen.until("document.querySelector('#answer .quiet')?.textContent.includes('钱塘区')")
    assert seen.page.input_value("#p-thing") == "钱塘区"
    seen.page.go_back()
    seen.until("document.querySelector('#answer').textContent === ''")


def test_words_that_no_title_has_are_looked_for_in_the_texts(visit: Open) -> None:
    seen = visit("/documents?q=9座車站")
    assert seen.text("[role=status]") == "0 documents"
    seen.page.locator("main a", has_text="9座車站").click()
    seen.page.wait_for_url("**/questions/sentences-with?*")
    seen.ready()
    assert "設9座車站" in seen.text("#answer td.col-sentence")


def test_on_a_narrow_screen_what_is_said_is_told_beside_the_words_and_closed_again(visit: Open) -> None:
    seen = visit("/documents/plan%2Fa.txt", viewport={"width": 390, "height": 500})
    seen.page.locator(".text .said").last.click()
    side = seen.page.locator(".side")
    assert side.is_visible()
    mark, panel = seen.page.locator(".chosen").first.bounding_box(), side.bounding_box()
    assert mark and panel and mark["y"] + mark["height"] <= panel["y"]
    side.locator(".close").click()
    assert not side.is_visible()
