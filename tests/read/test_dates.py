from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.read import ReadOptions
from kg.read.dates import date_in_name, full_dates, parse_date
from kg.read.head import date_of, title_of


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2021年7月15日", ["2021-07-15"]),
        ("2021-07-15和2021/7/16", ["2021-07-15", "2021-07-16"]),
        ("2021.07.15", ["2021-07-15"]),
        ("二〇二一年七月十五日", ["2021-07-15"]),
        ("中華民國112年8月18日", ["2023-08-18"]),
        ("112年8月18日", ["2023-08-18"]),
        ("第112年8月", []),
        ("二○二一年十二月三十一日", ["2021-12-31"]),
        ("一九九八年十月二日", ["1998-10-02"]),
        ("2021年2月30日", []),
        ("2021年7月", []),
        ("12021-07-15", []),
        ("2021-07/15", []),
    ],
)
def test_full_dates(text: str, days: list[str]) -> None:
    assert [day for _, _, day in full_dates(text)] == days


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2021-07-15T10:00:00+08:00", "2021-07-15"),
        ("2021年7月15日 10:00", "2021-07-15"),
        ("20210715", "2021-07-15"),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("113-05-06", "2024-05-06"),
        ("1709600000", "2024-03-05"),
        ("1709600000000", "2024-03-05"),
        ("05/03/2024", None),  # the fifth of March or the third of May
        ("2021-07", "2021-07"),
        ("2021年7月", "2021-07"),
        ("2021年", "2021"),
        ("2021", "2021"),
        ("yesterday", None),
        ("", None),
        ("2021-13-01", None),
    ],
)
def test_parse_date(value: str, date: str | None) -> None:
    assert parse_date(value) == date


@pytest.mark.parametrize(
    ("stem", "date"),
    [
        ("qiantang-2021-07-15", "2021-07-15"),
        ("20230101", "2023-01-01"),
        ("杭州市生活垃圾管理条例(2019-08-15)", "2019-08-15"),
        ("2025年安徽省政府工作报告", "2025"),
        ("report_2021_7_5", "2021-07-05"),
        ("2021年7月工作要点", "2021-07"),
        ("budget-2024", "2024"),
        ("prov25", None),
        ("no20211399", None),
        ("12345678", None),
    ],
)
def test_date_in_name(stem: str, date: str | None) -> None:
    assert date_in_name(stem) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("某条例\n2015年6月26日 某市通过\n2019年8月1日 某省批准\n第一条 2003年1月1日前的除外。", "2019-08-01"),
        ("某市条例\n（2015年6月26日某市通过 2015年8月1日某省批准，自2016年1月1日起施行）\n第一条 为了保护，制定本条例。", "2015-08-01"),
        ("（2015年6月26日某市通过 2018年8月1日某省某某自治区人民代表大会常务委员会第三次会议修正）\n第一条 为了保护。", "2018-08-01"),
        ("2024年3月1日讯 2025年1月1日起施行的条例公布\n正文。", "2024-03-01"),
        ("2024年3月1日讯 某市称2025年1月1日条例公布\n正文。", "2024-03-01"),
        ("（2024年3月1日讯）2025年1月1日条例公布\n正文。", "2024-03-01"),
        ("（2015年6月26日某市通过 2019年1月1日前公布细则）\n第一条 为了保护。", "2015-06-26"),
        ("清单\n2024年12月31日前全面发布清单\n正文。", None),
        ("清单\n各区2024年12月31日前全面发布清单\n正文。", None),
        ("2024年12月31日之前各区要全面发布清单，各单位要抓紧。", None),
        ("通知\n2024年12月31日将举行大会\n2024年3月1日", "2024-03-01"),
        ("中标公告\n开标时间：2021年7月8日\n某公司\n2021年7月13日", "2021-07-13"),
        ("通知\n各区：\n现通知如下。\n某市人民政府\n2021年6月30日\n（此件公开发布）\n附件\n名单" + "\n某区某街道某村" * 80, "2021-06-30"),
        ("2025年政府工作报告\n来源：某日报\n——2025年1月20日在某省会议上\n各位代表：", "2025-01-20"),
        ("报告\n2025年1月14日在某市会议上某市市长作政府工作报告。", "2025-01-14"),
        ("通知\n各区：\n现通知如下。\n某市人民政府\n2021年6月30日", "2021-06-30"),
        ("通知\n各区：\n现通知如下。\n某市人民政府\n二〇二一年六月三十日\n抄送：市委。", "2021-06-30"),
        ("开园\n园区于2021年6月28日开园，此前筹备了两年。", None),
        ("开园\n某城园区\n园区由两家公司共同出资，于2021年6月28日开园", None),
        ("开园\n园区开园。2021年6月28日，园区迎来首批客人，此前筹备了两年。", "2021-06-28"),
        ("开园\n" + "新华社某城2021年6月28日电 " + "园区开园，" * 20 + "客人很多。", "2021-06-28"),
        ("开园\n本文发布于2021年6月28日 浏览300次", "2021-06-28"),
        ("标题\n" + "字" * 500 + "2021年6月28日开园。" + "字" * 500, None),
        ("没有日期。", None),
    ],
)
def test_date_of_text(text: str, date: str | None) -> None:
    assert date_of(text) == date


@pytest.mark.parametrize(("text", "title"), [("某区工作总结\n修了路。", "某区工作总结"), ("主要做了以下工作：\n修了路。", ""), ("修了路。\n", ""), ("2021-06-28 某城\n某桥开工\n修了路。", "某桥开工"), ("2021年6月28日会议纪要\n修了路。", "2021年6月28日会议纪要")])
def test_words_that_lead_in_are_no_title(text: str, title: str) -> None:
    assert title_of(text, (), ()) == title


@pytest.mark.parametrize("bad", ["15 July", "2021-02-30", "2021/07/15", "21"])
def test_the_date_option_must_be_iso(bad: str) -> None:
    with pytest.raises(KgError, match="is no date"):
        ReadOptions(date=bad)


def test_impossible_options_are_refused() -> None:
    with pytest.raises(KgError, match="no heading level 7"):
        ReadOptions(split_heading=7)
    with pytest.raises(KgError, match="encoding 'klingon'"):
        ReadOptions(encoding="klingon")


def test_the_days_of_a_list_are_not_that_of_the_page() -> None:
    entries = [f"某区召开第{at}次会议 2024-0{at}-11" for at in range(1, 6)]
    assert date_of("工作动态\n" + "\n".join(entries)) is None
    assert date_of("工作动态\n" + entries[0]) == "2024-01-11"


def test_a_day_in_a_row_of_a_table_is_that_of_the_row() -> None:
    assert date_of("公示表\n单位\t处罚日期\n甲公司\t2024/3/5\n") is None
    assert date_of("通报\n发布机构：\t某区\t成文日期：\t2024-01-20\n") == "2024-01-20"


@pytest.mark.parametrize("attached", ["附件：1.春耕行动分工表", "（此件公开发布）", "抄送：各县农业局。"])
def test_a_paper_is_of_the_day_of_its_signature_above_what_is_attached(attached: str) -> None:
    told = "关于做好春耕工作的通知\n起草说明 2023年5月8日\n" + "各县要认真落实各项措施。\n" * 60
    assert date_of(f"{told}某市农业局\n2024年3月1日\n{attached}\n" + "项目表列明各县任务。\n" * 20) == "2024-03-01"
