"""Figures as the words, clauses and sentences around them tell: whose, of what, of which kind and of when."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.review.examples import example_document

REPORT = "衡南县人民政府工作报告\n一、2024年工作回顾\n{}\n二、2025年工作安排\n{}\n"

CASES = [
    ("花椒产量由全省第九位前移到第六位。", [("花椒产量", "rank", "9", None), ("花椒产量", "rank", "6", None)]),
    ("衡南縣進出口、工業投資分列全省第3和末位。", [("進出口", "rank", "3", None)]),
    ("衡南县位列全国百强县第86位、全国工业百强县第58位。", [("全国百强县", "rank", "86", None), ("全国工业百强县", "rank", "58", None)]),
    ("衡南县综合实力位列全国百强县第86位。", [("综合实力", "rank", "86", None)]),
    ("上半年，衡南县工业增长6%，比全国、全省分别高0.6个和1.1个百分点。", [("工业", "growth", "6", "2023-01-01/2023-06-30"), ("工业增速比全国高", "level", "0.6", "2023-01-01/2023-06-30"), ("工业增速比全省高", "level", "1.1", "2023-01-01/2023-06-30")]),
    ("衡南縣投資增長5%，分別高於全國和全省0.6個、1.1個百分點。", [("投資", "growth", "5", None), ("投資增速高於全國", "level", "0.6", None), ("投資增速高於全省", "level", "1.1", None)]),
    ("衡南县单位产值能耗相当于2018年的52%。", [("单位产值能耗相当于2018年", "share", "52", None)]),
    ("衡南县生猪出栏22万头、存栏13万头。", [("生猪出栏", "level", "220000", None), ("生猪存栏", "level", "130000", None)]),
    ("去年，衡南縣生豬年末存欄18萬頭。", [("生豬存欄", "level", "180000", "2022-12-31")]),
    ("衡南县外贸时隔三年重返20亿元。", [("外贸", "level", "2000000000", None)]),
    ("今年，衡南县力争完成交通投资30亿元，比上年增长12%。", [("完成交通投资", "target", "3000000000", "2023"), ("完成交通投资", "target", "12", "2023")]),
    ("衡南縣計劃今年完成水利投資3億元，同比增長8%。", [("完成水利投資", "target", "300000000", "2023"), ("完成水利投資", "target", "8", "2023")]),
    ("衡南县力争全年茶叶产量5万吨，去年茶叶产量4万吨，比上年增长8%。", [("茶叶产量", "target", "50000", "2023"), ("茶叶产量", "level", "40000", "2022"), ("茶叶产量", "growth", "8", "2022")]),
    ("衡南县完成投资目标的72%，低于序时进度3个百分点。", [("完成投资", "share", "72", None), ("完成投资低于序时进度", "level", "3", None)]),
    ("自2022年以来，衡南县新建公园30个。全县有公园90个。", [("新建公园", "level", "30", "2022-01-01/2023-07-15"), ("公园", "level", "90", None)]),
    ("今年以来，衡南县新建公园30个。接待游客9万人次。", [("新建公园", "level", "30", "2023-01-01/2023-07-15"), ("接待游客", "level", "90000", "2023-01-01/2023-07-15")]),
    ("衡南縣城鄉居民收入比由上年同期的1.76縮小為1.73。", [("城鄉居民收入比", "level", "1.76", None), ("城鄉居民收入比", "level", "1.73", None)]),
    ("衡南县消费拉动经济增长1.2个百分点。", [("消费拉动经济增长", "change", "1.2", None)]),
    ("会议提出，衡南县投资增长5%左右，新建公路90公里。", [("投资", "target", "5", None), ("新建公路", "target", "90", None)]),
    ("衡南縣印發《工業行動方案》，提出三年內培育企業50家。", [("培育企業", "target", "50", None)]),
    ("会议指出，去年衡南县投资增长5%，新建公路90公里。", [("投资", "growth", "5", "2022"), ("新建公路", "level", "90", "2022")]),
    ("衡南县围绕年度目标，新建公路90公里。", [("新建公路", "level", "90", None)]),
    ("去年，衡南縣確保糧食安全，新建糧庫5座。", [("新建糧庫", "level", "5", "2022")]),
    ("下一步，衡南县将铁路里程提高到90公里。", [("铁路里程", "target", "90", None)]),
    ("接下来，衡南县将迎来强降雨，降雨量达到50毫米。", [("降雨量", "level", "50", None)]),
    ("衡南县提前实现培育企业50家的目标。", [("提前实现培育企业", "level", "50", None)]),
    ("去年，衡南縣失業率為5.1%，低於5.5%的預期目標。", [("失業率", "share", "5.1", "2022")]),
    ("如果投资下降5%，衡南县收入将减少3亿元。", []),
    ("如果你到衡南县，去年收入增长3%。", [("收入", "growth", "3", "2022")]),
    ("今后五年，衡南县新建公路90公里。", [("新建公路", "target", "90", "2023/2028")]),
    ("衡南县今年提出投资增长5%、新增就业3万人的目标。", [("投资", "target", "5", "2023"), ("新增就业", "target", "30000", "2023")]),
    ("今年，衡南县自来水普及率将提升至88%。", [("自来水普及率", "target", "88", "2023")]),
    ("去年，轻工企业实现营业收入24亿元；实现利润1.5亿元。", [("轻工企业实现营业收入", "level", "2400000000", "2022"), ("轻工企业利润", "level", "150000000", "2022")]),
    ("春节假期刚过，各地建设正忙。衡南县开工项目31个。", [("开工项目", "level", "31", None)]),
    ("5月份，衡南縣人民幣貸款增加3億元。", [("人民幣貸款", "change", "300000000", "2023-05")]),
    ("去年，衡南县羊肉产量翻番，由全省第七位升至第四位。", [("羊肉产量", "growth", "1", "2022"), ("羊肉产量", "rank", "7", None), ("羊肉产量", "rank", "4", "2022")]),
    ("去年，衡南縣蓮子產量佔全省的近一半。", [("蓮子產量佔全省", "share", "50", "2022")]),
    ("衡陽市投資額增長5%，其中，衡南縣、祁東縣分別增長4%、6%。", [("投資額", "growth", "5", None), ("投資額", "growth", "4", None), ("投資額", "growth", "6", None)]),
    ("衡阳市连续14年位居“最具活力城市”第1名。", [("“最具活力城市”", "rank", "1", None)]),
    ("去年，衡南縣營商環境評價排名提升5位至全省第24位。", [("營商環境評價", "rank", "24", "2022")]),
    ("最大的工业项目、总投资60亿元的衡南电厂开工。", [("总投资", "level", "6000000000", None)]),
    ("衡南县计划明年打造示范街12条。", [("打造示范街", "target", "12", "2024")]),
    ("衡南县2025年底前，建成示范街12条。", [("建成示范街", "target", "12", "2025")]),
    ("去年四季度以来，衡南县新建公园30个。", [("新建公园", "level", "30", "2022-10-01/2023-07-15")]),
    ("7月14日，衡南县将近300户牧民转场。", [("牧民转场", "level", "300", "2023-07-14")]),
    ("去年，衡南县优良天数增加超22天。", [("优良天数", "change", "22", "2022")]),
    ("去年，衡南县实际使用外资、死亡人数分别下降12%和22%。", [("实际使用外资", "growth", "-12", "2022"), ("死亡人数", "growth", "-22", "2022")]),
    ("衡南县规模以上工业增加值增长8%，新设立外资企业增长11%。", [("规模以上工业增加值", "growth", "8", None), ("新设立外资企业", "growth", "11", None)]),
    ("衡南縣苹果國內市場佔有率居全國第一。", [("苹果國內市場佔有率", "rank", "1", None)]),
    ("衡南县蚕茧产量占全国12%，产值居全国第三位。", [("蚕茧产量占全国", "share", "12", None), ("蚕茧产值", "rank", "3", None)]),
    ("衡南县个体工商户、旅客吞吐量分别增长5%和6%。", [("个体工商户", "growth", "5", None), ("旅客吞吐量", "growth", "6", None)]),
    ("衡南縣個體工商戶、小微企業貸款分別增長5%和6%。", [("個體工商戶貸款", "growth", "5", None), ("小微企業貸款", "growth", "6", None)]),
    ("衡南县护理型床位居全省第三位。", [("护理型床位", "rank", "3", None)]),
    ("衡南县常住人口突破80万人大关。", [("常住人口", "level", "800000", None)]),
    ("衡南县评比表彰项目压减37%。", [("评比表彰项目", "growth", "-37", None)]),
    ("衡南县12个口岸恢复通航，公布30名技能大奖获得者。", [("口岸", "level", "12", None), ("技能大奖获得者", "level", "30", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), CASES, ids=[case[0][:16] for case in CASES])
def test_what_and_when(extractor: Extractor, text: str, figures: list[tuple[str, str, str, str | None]]) -> None:
    facts = extractor.extract(example_document(text, "2023-07-15"))
    assert [(one.indicator, one.kind, str(one.value), one.period) for one in facts.observations] == figures


SUBJECTS = [
    ("龙泉工业园位于衡南县东部。该园区规划面积12平方公里。", [("龙泉工业园", "规划面积")]),
    ("新疆棉花面积3700万亩。兵团棉花面积1300万亩，机采率达97%。", [("新疆", "棉花面积"), ("兵团", "棉花面积"), ("兵团", "机采率")]),
    ("永州经开区面积43平方公里。园区现有企业168家。", [("永州经开区", "面积"), ("永州经开区", "现有企业")]),
    ("永零高速公路今天通车。该线全长86公里。", [("永零高速公路", "全长")]),
    ("有关报告称，约21万伊拉克平民死于冲突。", [("伊拉克", "伊拉克平民死于冲突")]),
    ("岱山縣、嵊泗縣各建成碼頭15座。", [("岱山縣", "建成碼頭"), ("嵊泗縣", "建成碼頭")]),
    ("杭州、宁波、温州3市分别投入资金2亿元。", [("杭州", "投入资金"), ("宁波", "投入资金"), ("温州", "投入资金")]),
    ("岱山县、嵊泗县分别建成码头15座、泊位33个。", []),
    ("杭州税收增长5%，比全国和全省平均水平分别快2个和1个百分点。", [("杭州", "税收"), ("杭州", "税收增速比全国快"), ("杭州", "税收增速比全省平均水平快")]),
]


@pytest.mark.parametrize(("text", "figures"), SUBJECTS, ids=[case[0][:16] for case in SUBJECTS])
def test_whose(extractor: Extractor, text: str, figures: list[tuple[str, str]]) -> None:
    facts = extractor.extract(example_document(text, "2023-07-15"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [(names.get(one.subject or ""), one.indicator) for one in facts.observations] == figures


def test_what_a_work_costs_is_no_goal_of_a_year(extractor: Extractor) -> None:
    text = REPORT.format("全县总值增长5%。", "推进龙泉水库三期建设，总投资9.6亿元，年内完成投资3亿元。新建学校23所，完成投资2亿元。")
    facts = extractor.extract(example_document(text, "2025-01-15"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [(names.get(one.subject or ""), one.indicator, one.kind, one.period) for one in facts.observations[1:]] == [
        ("龙泉水库三期", "总投资", "level", None),
        ("龙泉水库三期", "完成投资", "target", "2025"),
        ("衡南县", "新建学校", "target", "2025"),
        ("衡南县", "完成投资", "target", "2025"),
    ]


def test_what_grows_with_a_goal_of_a_report_is_one(extractor: Extractor) -> None:
    text = REPORT.format("全县总值增长5%。", "力争完成交通投资30亿元，比上年增长12%。")
    facts = extractor.extract(example_document(text, "2025-01-15"))
    assert [(one.kind, one.period) for one in facts.observations] == [("growth", "2024"), ("target", "2025"), ("target", "2025")]


def test_a_work_is_taken_up_in_a_plan_too(extractor: Extractor) -> None:
    text = REPORT.format("全县总值增长5%。", "加快推进双牌水库工程，概算投资3.2亿元，当年完成投资1.5亿元。抓好衡山风电场建设，该项目装机容量15万千瓦，全部并网后年发电3亿千瓦时。")
    facts = extractor.extract(example_document(text, "2025-01-15"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [(names.get(one.subject or ""), one.indicator) for one in facts.observations[1:]] == [
        ("双牌水库工程", "概算投资"),
        ("双牌水库工程", "完成投资"),
        ("衡山风电场", "装机容量"),
        ("衡山风电场", "年发电"),
    ]


def test_a_mean_of_five_years_is_of_those_years(extractor: Extractor) -> None:
    facts = extractor.extract(example_document(REPORT.format("五年年均新增就业3万人。", "总值增长5%。"), "2025-01-15"))
    assert next((one.indicator, one.period) for one in facts.observations) == ("新增就业", "2020-01-01/2024-12-31")
