"""Several papers, laws or articles in one file are documents of their own; one paper with what belongs to it stays one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Document

ReadAs = Callable[..., list[Document]]

NOTICE = """嘉禾县人民政府办公室关于印发嘉禾县城市绿地管理办法的通知
嘉政办发〔2023〕8号
各乡镇人民政府，县直各单位：
《嘉禾县城市绿地管理办法》已经县政府同意，现印发给你们，请认真遵照执行。
嘉禾县人民政府办公室
2023年3月6日
嘉禾县城市绿地管理办法
第一条　为加强城市绿地管理，制定本办法。
第二条　本办法自2023年4月1日起施行，有效期五年。
"""
OPINION = """桂阳县人民政府文件
桂政发〔2022〕15号
桂阳县人民政府关于加快烟叶产业发展的意见
各乡镇人民政府：
为加快我县烟叶产业发展，到2024年，全县种植烟叶18万亩，收购烟叶45万担，实现税收2.6亿元。
本意见自印发之日起施行。
桂阳县人民政府
2022年9月20日
"""
COMMUNIQUE = """2022年资兴市国民经济和社会发展统计公报
资兴市统计局
2023年4月10日
2022年全市地区生产总值410.5亿元，比上年增长5.3%。全年一般公共预算收入23.6亿元，增长7.2%，其中税收收入15.1亿元。
"""
LAW = """资兴市{}条例
（2021年8月27日市人民代表大会常务委员会通过）
目录
第一章　总则
第二章　附则
第一章　总则
第一条　为了加强管理，根据有关法律、行政法规，结合本市实际，制定本条例。
第二条　本条例适用于本市行政区域内的相关活动和监督管理工作。
"""
RESULTS = """郴州市苏仙区2023年民生实事完成情况
今年以来，苏仙区扎实推进民生实事，新增学位2160个，完成投资1.8亿元，完成年度任务的120%。
区人民医院新院区建成投用，开放床位500张，全区城镇新增就业6100人，超额完成了全年目标任务。
"""
BELOW_SIGNATURE = [
    "桂阳县人民政府办公室　　　　2022年9月21日印发\n附件\n烟叶种植任务分解表\n",
    "主题词：烟叶　产业　意见\n附件\n烟叶种植任务分解表\n",
    "公开方式：主动公开\n抄报：郴州市人民政府\n",
    "附表1　烟叶种植任务分解表\n",
    "附：烟叶种植任务分解表\n",
]
ARTICLES = [
    "嘉善县召开项目推进会\n本报讯（记者 王明）5月8日，嘉善县召开重点项目推进会。今年以来，全县开工重点项目32个，完成投资58.6亿元，同比增长12.4%。\n",
    "平湖市启动小区改造\n嘉兴日报讯 平湖市计划投资6.8亿元，改造老旧小区45个。市住房和城乡建设局牵头组织实施，各街道负责具体推进。会议指出，要按期完成。\n",
    "一路一策解难题\n南浔区农村公路建设提速\n新华社杭州5月9日电（记者 李明）湖州市南浔区今年计划新建和改造农村公路120公里，总投资5.4亿元。截至4月底，全区已完成投资2.1亿元。\n",
    "德清县获评试点\n2023-05-12 09:20　来源：浙江日报\n浙江省公布第二批共同富裕试点名单，德清县入选。近年来，该县城乡居民收入比缩小到1.57，农村居民人均可支配收入达到48950元。\n",
    "（记者 王明）一季度，海盐县规模以上工业增加值52.3亿元，增长8.2%。其中，核电关联产业产值增长15.6%，全县新增规上企业14家。\n",
]


@pytest.mark.parametrize(
    ("texts", "titles", "days"),
    [
        ([NOTICE, OPINION], ["嘉禾县人民政府办公室关于印发嘉禾县城市绿地管理办法的通知", "桂阳县人民政府关于加快烟叶产业发展的意见"], ["2023-03-06", "2022-09-20"]),
        ([OPINION, COMMUNIQUE], ["桂阳县人民政府关于加快烟叶产业发展的意见", "2022年资兴市国民经济和社会发展统计公报"], ["2022-09-20", "2023-04-10"]),
        ([OPINION, RESULTS], ["桂阳县人民政府关于加快烟叶产业发展的意见", "郴州市苏仙区2023年民生实事完成情况"], ["2022-09-20", None]),
        ([LAW.format("古树名木保护"), LAW.format("燃气管理")], ["资兴市古树名木保护条例", "资兴市燃气管理条例"], ["2021-08-27"] * 2),
        ([LAW.format("古树名木保护"), LAW.format("燃气管理").replace("第二章　附则", "第二章　奖惩办法\n第三章　附则", 1)], ["资兴市古树名木保护条例", "资兴市燃气管理条例"], ["2021-08-27"] * 2),
        (ARTICLES, ["嘉善县召开项目推进会", "平湖市启动小区改造", "一路一策解难题", "德清县获评试点", ""], [None, None, None, "2023-05-12", None]),
        ([ARTICLES[0], COMMUNIQUE], ["嘉善县召开项目推进会", "2022年资兴市国民经济和社会发展统计公报"], [None, "2023-04-10"]),
    ],
    ids=["two papers", "a paper and a communique", "a paper and a text without a number", "two laws", "a law whose contents have a chapter on rules", "a page of a newspaper", "an article and a communique"],
)
def test_each_is_a_document(read_as: ReadAs, texts: list[str], titles: list[str], days: list[str | None]) -> None:
    documents = read_as("a.txt", "\n".join(texts))
    assert [document.id for document in documents] == [f"folder/a.txt#{number:02d}" for number in range(1, len(texts) + 1)]
    assert [document.title for document in documents] == titles
    assert ["".join(document.text.split()) for document in documents] == ["".join(text.split()) for text in texts]
    assert [document.date for document in documents] == days
    assert len(read_as("a.txt", "\n".join(texts), whole=True)) == 1


def test_a_title_of_two_lines(read_as: ReadAs) -> None:
    broken = OPINION.replace("加快烟叶", "加快烟叶\n")
    assert [document.text.split("\n")[0] for document in read_as("a.txt", NOTICE + broken)] == [NOTICE.split("\n")[0], "桂阳县人民政府文件"]
    below = broken.replace("桂阳县人民政府文件\n桂政发〔2022〕15号\n", "").replace("的意见\n", "的意见\n桂政发〔2022〕15号\n")
    assert [document.text.split("\n")[0] for document in read_as("a.txt", NOTICE + below)] == [NOTICE.split("\n")[0], "桂阳县人民政府关于加快烟叶"]


def test_the_day_of_a_page_is_that_of_its_articles(read_as: ReadAs) -> None:
    documents = read_as("a.txt", "嘉兴日报\n2023年5月10日　星期三\n" + "\n".join(ARTICLES[:3]))
    assert [(document.date, document.date_basis) for document in documents] == [("2023-05-10", "text")] * 3
    assert documents[0].text.startswith("嘉兴日报\n")


@pytest.mark.parametrize(
    "text",
    [
        NOTICE,
        OPINION,
        COMMUNIQUE,
        LAW.format("燃气管理"),
        ARTICLES[0],
        "索引号：0025　发文字号：嘉政办发〔2023〕8号\n" + NOTICE,
        ARTICLES[0] + "（记者 王明）\n责任编辑：李明\n",
        "要闻\n" + ARTICLES[0] + "记者 王明\n相关阅读\n平湖市启动小区改造\n",
        NOTICE + "附件：\n1.嘉禾县城市绿地分布表\n2.《湖南省人民政府关于加强城市绿化工作的意见》（湘政发〔2020〕3号）\n",
        "工作要点\n一、落实《桂阳县人民政府关于加快烟叶产业发展的意见》\n桂政发〔2022〕15号要求，全县种植烟叶18万亩。各乡镇要抓好落实，确保按时完成全年任务，并于年底前报告。\n",
        OPINION + "附件\n桂阳县烟叶产业发展领导小组成员名单\n领导小组下设办公室，办公室设在县农业农村局，承担领导小组日常工作，协调解决有关问题，督促落实各项任务，完成领导交办的其他事项。\n",
        OPINION + "（此件公开发布）\n一、任务分解\n全县新建烤房1200座，投资9600万元，由县农业农村局会同县烟草专卖局组织实施，各乡镇具体落实，于年底前完成全部建设任务。\n",
        *(OPINION + below + RESULTS.partition("\n")[2] for below in BELOW_SIGNATURE),
        COMMUNIQUE + 2 * RESULTS.replace("郴州市苏仙区2023年民生实事完成情况", COMMUNIQUE.partition("\n")[0]),
        LAW.format("燃气管理") + LAW.partition("\n")[2].replace("第一章　总则\n第一条", "第一章　奖惩办法\n第一条"),
        "决定如下：\n将第一条修改为：\n“第一条　为了加强管理，制定本条例。”\n将第二条修改为：\n“第二条　本条例自公布之日起施行。”\n",
    ],
)
def test_one_paper_stays_one(read_as: ReadAs, text: str) -> None:
    (document,) = read_as("a.txt", text)
    assert document.id == "folder/a.txt"


def test_pages_of_the_web_and_records_are_not_cut(read_as: ReadAs) -> None:
    text = f"{NOTICE}\n\n{OPINION}"
    assert len(read_as("a.md", text)) == 1
    assert len(read_as("a.html", "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>")) == 1


def test_articles_in_traditional_characters(read_as: ReadAs) -> None:
    texts = [f"（見習記者 王明）嘉善縣召開重點項目推進會，今年以來開工重點項目{number}個，完成投資58.6億元，同比增長12.4%，其中工業項目投資增長明顯。\n" for number in (21, 32)]
    assert len(read_as("a.txt", "責任編輯：李明\n".join(texts))) == 2
