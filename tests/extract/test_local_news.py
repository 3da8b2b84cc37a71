"""Local news: whose a text is by its source, its paper and where it was written, and the time that it opens with."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.read import ReadOptions, find, read

SINCE = "2025-01-01/2025-11-20"
QUARTERS = "2025-01-01/2025-09-30"


def _told(extractor: Extractor, folder: Path, text: str, date: str = "2025-11-20") -> list[tuple[str, str, str | None]]:
    """Number, subject (by its key) and period of each figure of a text."""
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    (source,) = find([path])
    (document,) = read(source, ReadOptions(date=date))
    facts = extractor.extract(document)
    keys = {entity.id: entity.key for entity in facts.entities}
    return [(one.quoted, keys.get(one.subject or "", ""), one.period) for one in facts.observations]


@pytest.mark.parametrize(
    ("head", "own", "key"),
    [
        ("【丰收节】\n2025-11-20 08:30  来源：安徽日报\n", "全省", "安徽省"),
        ("安徽日报芜湖11月19日讯（记者 周某）", "全省", "安徽省"),
        ("本报芜湖讯（记者 周某）", "全市", "芜湖市"),
        ("本报庆元11月19日訊（記者 周某）", "全縣", "庆元县"),
        ("本报讯（记者 周某）", "全省", "全省"),
        ("光明日报讯（记者 周某）", "全区", "全区"),  # no paper of the district 光明区
        ("安徽日报杭州11月19日讯（记者 周某）", "全省", "安徽省"),
        ("本报综合讯（记者 周某）", "全县", "全县"),
    ],
)
def test_the_paper_and_the_place_where_a_text_was_written_say_whose_it_is(extractor: Extractor, tmp_path: Path, head: str, own: str, key: str) -> None:
    assert _told(extractor, tmp_path, f"{head}今年，{own}新建粮仓40座。\n") == [("40座", key, "2025")]


@pytest.mark.parametrize(
    "source",
    [
        "记者从庆元县统计局获悉，", "据庆元县发展改革局消息，", "庆元县人民政府新闻办公室19日举行新闻发布会。", "慶元縣水利局近日發布數據，",
        "昨日，庆元县农业农村局召开新闻通气会。",
    ],
)  # fmt: skip
def test_an_organ_that_tells_something_tells_it_of_its_area(extractor: Extractor, tmp_path: Path, source: str) -> None:
    text = f"{source}今年前三季度，改革持续深化。\n“青年英才计划”深入人心。群众生活改善。新增企业310家。\n"
    assert _told(extractor, tmp_path, text) == [("310家", "庆元县", QUARTERS)]


def test_what_a_source_is_no_organ_of_or_tells_of_something_else_is_not_of_its_area(extractor: Extractor, tmp_path: Path) -> None:
    for text, subject in (
        ("国家统计局18日发布数据，前三季度，国内需求扩大。新增企业310万家。", ""),
        ("庆元县统计局、云和县统计局联合发布数据，前三季度，两地经济向好。新增企业310家。", ""),
        ("记者从庆元县教育局获悉，丽水大学扩大招生。今年新增专业4个。", "丽水大学"),
        ("庆元县教育局召开新闻发布会。丽水大学今年招生1.1万人，新增专业4个。", "丽水大学"),
        ("庆元县集团公司发布消息。新增门店310家。", "庆元县集团公司"),
    ):
        assert {told for _, told, _ in _told(extractor, tmp_path, text)} <= {subject, ""}, text


def test_a_text_goes_back_to_its_own_area(extractor: Extractor, tmp_path: Path) -> None:
    text = "记者从丽水市交通运输局获悉，今年以来，全市交通加快建设。\n龙泉市推进路网改造。新建公路9公里。物流成本下降。开通公交线路12条。\n"
    assert _told(extractor, tmp_path, text) == [("9公里", "龙泉市", SINCE), ("12条", "龙泉市", SINCE)]
    text = "记者从丽水市交通运输局获悉，今年以来，全市交通加快建设。\n云景高铁开工建设。群众出行改善。新建农村公路90公里。\n"
    assert _told(extractor, tmp_path, text) == [("90公里", "丽水市", SINCE)]


@pytest.mark.parametrize(
    ("lead", "period"),
    [
        ("今年以来，庆元县坚持改善民生。", SINCE),
        ("今年前三季度，庆元县坚持改善民生。", QUARTERS),
        ("2024年，庆元县坚持改善民生。", "2024"),
        ("去年，慶元縣堅持改善民生。", "2024"),
        ("11月19日，庆元县政府新闻办举行发布会，介绍今年前三季度民生工作情况。\n", QUARTERS),
        ("今年，庆元县坚持改善民生。", None),
        ("近年来，庆元县坚持改善民生。", None),
        ("2021年，庆元县坚持改善民生。", None),
        ("五年来，庆元县坚持改善民生。", None),
        ("今年以来，庆元县坚持改善民生。2022年，改革启动。", None),
        ("今年以来，国际市场波动。各地稳定预期。庆元县坚持改善民生。", None),
    ],
)
def test_the_time_of_the_first_sentence_holds_for_what_is_told_of_its_area(extractor: Extractor, tmp_path: Path, lead: str, period: str | None) -> None:
    assert _told(extractor, tmp_path, f"{lead}改造老旧小区21个。\n") == [("21个", "庆元县", period)]


@pytest.mark.parametrize("later", ["累计建成公园80座。", "现有公园80座。", "总里程达到80公里。", "大桥全长80公里。", "力争新建公园80座。", "计划新建公园80座。", "每年新建公园80座。", "投入使用后，可惠及公园80座。"])
def test_sums_sizes_and_goals_are_of_no_such_time(extractor: Extractor, tmp_path: Path, later: str) -> None:
    told = _told(extractor, tmp_path, f"今年以来，庆元县坚持改善民生。{later}\n")
    assert [number for number, *_ in told] in (["80座"], ["80公里"]) and {period for *_, period in told} == {None}


def test_since_some_day_only_what_was_done_or_flows(extractor: Extractor, tmp_path: Path) -> None:
    text = "今年以来，庆元县坚持改善民生。新增床位90张。旅游收入3亿元。学校在校生2万人。存款余额90亿元。\n"
    assert [period for *_, period in _told(extractor, tmp_path, text)] == [SINCE, SINCE, None, None]


def test_when_something_was_set_is_not_when_it_was_done(extractor: Extractor, tmp_path: Path) -> None:
    text = "今年以来，庆元县坚持改善民生。年初确定的实事建成公园9座。改造老旧小区21个。\n"
    assert "2025-01" not in [period for *_, period in _told(extractor, tmp_path, text)]
