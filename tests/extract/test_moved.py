"""A report tells the same of whichever place it is, however it is titled: its facts move with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document
from kg.read import ReadOptions, SourceFile, read_bytes
from kg.text.fold import fold

CORPUS = Path(__file__).parents[2] / "corpus"
REPORT = (CORPUS / "zhejiang-report-2025.md").read_text(encoding="utf-8")
BODY = re.sub("浙江中欧班列[^\n]*|，全省总数增至8个", "", REPORT[REPORT.index("## 2024年") :]).replace("## 2024年做成了什么", "一、2024年工作回顾").replace("## 2025年要做什么", "各位代表！\n二、2025年工作安排").replace("预期目标是", "主要预期目标是")
# What the place is called, what it calls its own, its government
PLACES = {
    "湖南省": ("湖南", "全省", "省人民政府"),
    "广西壮族自治区": ("广西", "全区", "自治区人民政府"),
    "重庆市": ("重庆", "全市", "市人民政府"),
    "德清县": ("德清", "全县", "县人民政府"),
    "澄白市": ("澄白", "全市", "市人民政府"),  # no table has it, nor those below
    "沣岚县": ("沣岚", "全县", "县人民政府"),  # a table has a 岚县
    "沅坪镇": ("沅坪", "全镇", "镇人民政府"),
}
TITLES = [
    "{place}2025年政府工作报告\n各位代表：\n现在，我代表{government}，向大会报告工作。\n",
    "{place}政府工作报告（摘要）\n",
    "【全文】2025年{place}政府工作报告\n",
    "《2025年{place}政府工作报告》\n",
    "{place}\n政府工作报告\n（2025年1月15日）\n",
    "政府工作报告\n——2025年1月15日在{place}第五届人民代表大会第三次会议上\n",
    "政 府 工 作 报 告\n——2025年1月15日在{place}第五届人民代表大会第三次会议上\n",
    "各位代表：\n现在，我代表{place}人民政府，向大会报告工作，请予审议。\n",
    "江苏等地陆续召开两会\n近日，江苏、湖北等地两会相继召开。\n2025年{place}政府工作报告\n——2025年1月15日在{place}第五届人民代表大会第三次会议上\n各位代表：\n",
]
PLAIN = "2025年{place}政府工作报告\n"


def _told(extractor: Extractor, text: str, stem: str = "a") -> list[tuple[str, str, str | None]]:
    """Of whom each figure is that is of an area or of nobody, with its value and period."""
    (document,) = read_bytes(text.encode(), SourceFile(Path(f"{stem}.txt"), f"{stem}.txt"), ReadOptions(date="2025-01-20", whole=True)).documents
    facts = extractor.extract(document)
    entities = {entity.id: entity for entity in facts.entities}
    whose = [(entities[one.subject] if one.subject else None, one) for one in facts.observations if one.start >= document.text.index("工作回顾")]
    return [(entity.key if entity else "", f"{one.kind} {one.value}", one.period) for entity, one in whose if entity is None or entity.type == "Area"]


def _moved(place: str) -> str:
    short, whole, _ = PLACES[place]
    return BODY.replace("浙江省", place).replace("浙江", short).replace("全省", whole)


def _wanted(extractor: Extractor, place: str) -> list[tuple[str, str, str | None]]:
    told = _told(extractor, PLAIN.format(place="浙江省") + BODY)
    assert len(told) > 10 and {"浙江省"} <= {whose for whose, *_ in told}
    return [(whose.replace("浙江省", place), what, when) for whose, what, when in told]


@pytest.mark.parametrize("place", PLACES)
def test_figures_move_with_the_place(extractor: Extractor, place: str) -> None:
    assert _told(extractor, PLAIN.format(place=place) + _moved(place)) == _wanted(extractor, place)


@pytest.mark.parametrize("place", ["湖南省", "沣岚县", "沅坪镇"])
@pytest.mark.parametrize("title", TITLES)
def test_figures_stay_the_same_under_another_title(extractor: Extractor, place: str, title: str) -> None:
    head = title.format(place=place, government=PLACES[place][2])
    assert _told(extractor, head + _moved(place)) == _wanted(extractor, place)


@pytest.mark.parametrize("place", ["湖南省", "德清县"])
def test_the_name_of_the_file_tells_whose_a_report_is(extractor: Extractor, place: str) -> None:
    assert _told(extractor, _moved(place), f"2025年{place}政府工作报告") == _wanted(extractor, place)


def test_a_report_that_nothing_names_is_of_no_place_in_passing(extractor: Extractor) -> None:
    told = {whose for whose, *_ in _told(extractor, _moved("沣岚县").replace("沣岚县", "全县").replace("沣岚", "本县") + "加强与上海合作，对接上海。上海企业来县投资。")}
    assert told <= {"全县", ""}


@pytest.mark.parametrize("title", ["2025年澄昌高新技术产业开发区工作报告", "澄昌高新技术产业开发区2025年政府工作报告", "昆山经济技术开发区管委会2025年工作报告"])
def test_a_zone_reports_as_counties_do(extractor: Extractor, title: str) -> None:
    zone = title.replace("2025年", "").partition("开发区")[0] + "开发区"
    told = _told(extractor, f"{title}\n{BODY.replace('浙江省', zone).replace('浙江', '').replace('全省', '全区')}")
    assert zone in {whose for whose, *_ in told}
    assert not {whose for whose, *_ in told} & {"上海市", "江苏省", "昆山市"}


@pytest.mark.parametrize(
    "text",
    [
        "澄白市委、市政府召开推进会\n澄白市新开工项目46个。",
        "記者從澄白縣教育局獲悉，今年澄白縣新建小學3所。",
        "据澄白县统计局消息，澄白县粮食产量3万吨。",
        "澄白市2023年经济运行情况\n上半年，全市生产总值增长6.1%。",
        "该电站位于澄白旗，澄白旗用电量增长3%。",
    ],
)
def test_a_news_of_a_place_that_no_table_has(extractor: Extractor, text: str) -> None:
    facts = extractor.extract(example_document(text))
    (area,) = (entity for entity in facts.entities if entity.type == "Area")
    assert fold(area.name).startswith("澄白") and [one.subject for one in facts.observations] == [area.id]


@pytest.mark.parametrize("text", ["由自治县人民政府公布。", "须经城市人民政府批准。", "位于丘陵山区，", "有关市政府要落实责任。", "省、自治区、直辖市人民政府报国务院。", "市人民政府和全市政府部门2023年工作。"])
def test_what_only_looks_like_a_place(extractor: Extractor, text: str) -> None:
    assert not any(entity.found_by == "titled-place" for entity in extractor.extract(example_document(text)).entities)
