"""Whose figure it is, where the nearest name is not the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from kg.extract.extractor import Extractor
from kg.extract.names.mentions import MentionRef
from kg.extract.observations.named import Named
from kg.extract.review.examples import example_document, figures_alone
from kg.model import Document

CASES: Sequence[tuple[str, Mapping[str, str], Sequence[str | None]]] = [
    # The whole country, said in so many words, ends what was spoken of before.
    ("珠海综保区通过验收，全国综保区达到156个。2022年，全国综保区进出口值6.56万亿元。", {"珠海": "Area"}, [None, None]),
    ("湖南推进100个项目。近年来，我國在校博士生數量突破50萬人。", {"湖南": "Area"}, ["湖南", None]),
    # What stands before the colon of an item is what its figures are of; of several, what holds for each is of each, and a sum of none.
    ("一、甲区、乙区：月最低工资标准为2260元。\n二、丙县：月最低工资标准为2010元。", {"甲区": "Area", "乙区": "Area", "丙县": "Area"}, ["甲区", "乙区", "丙县"]),
    ("一、甲区、乙区：常住人口90万人。", {"甲区": "Area", "乙区": "Area"}, [None]),
    ("1.甲大桥：全长12公里，总投资24亿元；设计时速100公里。\n丁县经济增长5%。", {"甲大桥": "Project", "丁县": "Area"}, ["甲大桥"] * 3 + ["丁县"]),
    # A station is only where a line ends, and who approves has no cost.
    ("甲高铁北起乙站，南至丙站，线路全长482公里。", {"甲高铁": "Project", "乙站": "Project", "丙站": "Project"}, ["甲高铁"]),
    ("甲水库开工。工程获乙省发展改革委核准，总投资82亿元。", {"甲水库": "Project", "乙省发展改革委": "Body"}, ["甲水库"]),
    ("甲水库开工。丙公司经理介绍，项目历时5年，总投资82亿元。", {"甲水库": "Project", "丙公司": "Body"}, ["甲水库"]),
    ("甲高速是乙国第二条高速公路，项目全长135公里，总投资98亿元。", {"甲高速": "Project", "乙国第二条高速公路": "Project"}, ["甲高速", "甲高速"]),
    ("甲工程正式通水。这项被列入国家乙水利工程的项目，建有6座泵站。", {"甲工程": "Project", "国家乙水利工程": "Project"}, ["甲工程"]),
    # Within an event a place goes on to tell; a hall and not the games in it has room; of what is built without a name nobody's is the size.
    ("甲论坛昨天闭幕。论坛期间，乙区签约项目26个，总投资340亿元。", {"甲论坛": "Event", "乙区": "Area"}, ["乙区", "乙区"]),
    ("甲论坛昨天闭幕。论坛期间，签约项目26个，总投资340亿元。", {"甲论坛": "Event", "乙区": "Area"}, ["甲论坛", "甲论坛"]),
    ("甲运动会主场馆乙体育场昨天封顶。场馆可容纳4万名观众。", {"甲运动会": "Event", "乙体育场": "Project"}, ["乙体育场"]),
    ("甲委员会批准新建一座天然气接收站，设计年接收能力600万吨。", {"甲委员会": "Body"}, [None]),
    ("甲高铁通车。甲高铁乙大桥已经建成。丙公司经理介绍，项目历时5年，总投资82亿元。", {"甲高铁": "Project", "乙大桥": "Project", "丙公司": "Body"}, [None]),
    ("线路由甲公司建设，乙院参与设计。全线桥隧比高达89%。", {"甲公司": "Body", "乙院": "Body"}, [None]),
    # 这条线 is what was named last, through all its clauses, and of nobody where that was not found; who holds a meeting is not told of.
    ("甲地铁8号线加快建设。乙集团经理介绍，这条线全长16公里，设车站12座。", {"甲地铁8号线": "Project", "乙集团": "Body"}, ["甲地铁8号线", "甲地铁8号线"]),
    ("难题是隧洞。乙集团经理介绍，该隧洞全长28公里，最大埋深1450米。", {"乙集团": "Body"}, [None, None]),
    ("省委农村工作会议提出，2025年甲省粮食产量稳定在125亿斤，新建农田100万亩。", {"省委": "Body", "省委农村工作会议": "Event", "甲省": "Area"}, ["甲省", "甲省"]),
    # A place that issues its own plan tells of itself; a mode that is adopted is not measured.
    ("甲省乙市今天发布《乙市文旅规划》，到2025年文旅产业增加值比重达到16%。", {"甲省": "Area", "乙市": "Area", "乙市文旅规划": "Policy"}, ["乙市"]),
    ("甲中心采取“楼上研发”模式，现入驻公司54家。", {"甲中心": "Project", "“楼上研发”模式": "Policy"}, ["甲中心"]),
    # 公司 in a later paragraph is the firm of the headline.
    ("甲电器发布公告\n甲电器拟扩产。\n公司成立于1991年。2021年，公司实现营业收入86亿元。", {"甲电器": "Body"}, ["甲电器"]),
    ("甲电器与乙电器发布公告\n甲电器拟扩产。\n公司成立于1991年。2021年，公司实现营业收入86亿元。", {"甲电器": "Body", "乙电器": "Body"}, [None]),
    # An organ that publishes is a source.
    ("国家统计局今天（2月10日）发布数据显示，1月份居民消费价格指数上涨2.1%。", {"国家统计局": "Body"}, [None]),
    ("甲信息中心在梳理各地台账后发现，2023年粮食产量320万吨。", {"甲信息中心": "Body"}, [None]),
    ("甲信息中心对每日客流数据分析发现，客运量增长3%。", {"甲信息中心": "Body"}, [None]),
    ("甲集团对乙地投资建厂，发现人才紧缺。2023年营业收入320亿元。", {"甲集团": "Body"}, ["甲集团"]),
    ("第六届进博会昨天（2月3日）公布首批名单，涵盖了206家企业。", {"第六届进博会": "Event"}, ["第六届进博会"]),
    # So is a paper that reports; a place of many in brackets, or from where those come who are counted, has no figure of its own.
    ("甲网讯（记者 乙）据统计，9月份出口增长6%。", {"甲网": "Body"}, [None]),
    ("甲地区（包括乙市、丙市）进出口90亿元。其中，出口60亿元。", {"甲地区": "Area", "乙市": "Area", "丙市": "Area"}, ["甲地区", "甲地区"]),
    ("这是乙市外贸的缩影。甲地区进出口90亿元。其中，出口60亿元，进口30亿元。", {"甲地区": "Area", "乙市": "Area"}, ["甲地区"] * 3),
    ("甲口岸旅客12万人次。其中，乙市居民5万人次。", {"甲口岸": "Project", "乙市": "Area"}, ["甲口岸", "甲口岸"]),
    ("甲省对丙国、中国香港进出口增长3%。", {"甲省": "Area", "丙国": "Area", "中国": "Area", "香港": "Area"}, ["甲省"]),
    ("甲局会同乙局下拨资金3亿元。", {"甲局": "Body", "乙局": "Body"}, ["甲局"]),
    # What somebody says is no name in quotation marks; a line's ends in brackets have no figures; a person's land is not the village's.
    ("“甲口岸作为乙车北上唯一口岸，车流增长。今年查验车辆13万辆次。”某站介绍。", {"甲口岸": "Project"}, ["甲口岸"]),
    ("随着甲班列（乙市—丙市）开出，今年累计发送货物97万标箱。", {"甲班列": "Project", "乙市": "Area", "丙市": "Area"}, [None]),
    ("张某家住甲县乙村，近两年流转25亩土地。", {"张某": "Person", "甲县": "Area", "乙村": "Area"}, []),
    ("竞争加剧，加上中国低价冲击，机械业则受需求带动，年增16%。", {"中国": "Area"}, [None]),
    # A sum behind a list is not of the last of it; a base that was not found is not the river's.
    ("3处灌区分别是甲灌区、乙灌区和丙省丁灌区。工程总投资336亿元。", {"甲灌区": "Project", "乙灌区": "Project", "丁灌区": "Project", "丙省": "Area"}, [None, None]),
    ("甲江下游大型风光基地首批项目开工，装机容量43万千瓦。", {"甲江": "Area"}, [None]),
    # A partner named as an example of several has no figures.
    ("同期，对线路沿线国家进出口5万亿元，其中对甲国等乙地区增长44%。对其他成员国进出口3万亿元。", {"甲国": "Area", "乙地区": "Area"}, [None] * 3),
    # One of those counted, what a figure is compared with, what something comes to be, and an event that only tells have no such figure.
    ("包括甲新区在内的6个园区实现收入90亿元。", {"甲新区": "Area"}, [None, None]),
    ("甲厂将成为全县最大的乙加工厂，年产干椒900吨。", {"甲厂": "Project", "乙加工厂": "Project"}, ["甲厂"]),
    ("某航运年会今天发布消息，目前航线达90条。", {"某航运年会": "Event"}, [None]),
    ("甲部对4万户企业问卷调查显示，35%的企业有招工需求。", {"甲部": "Body"}, [None, None]),
    # Those hurt are of the place of those killed; how long the way takes is of the road.
    ("甲国当地时间4月1日晚上，乙州丙城一家酒吧发生枪击，造成3人死亡、5人受伤。", {"甲国": "Area", "乙州": "Area", "丙城": "Area"}, ["丙城", "丙城"]),
    ("甲高速全线四车道。通车后，乙市到丙县的车程缩短至30分钟。", {"甲高速": "Project", "乙市": "Area", "丙县": "Area"}, ["甲高速"]),
    # What is not named has no figure of the place in which it is.
    ("在甲市，这家企业正在扩产，厂房面积扩大了6200平方米。", {"甲市": "Area"}, [None]),
    ("甲集团去年扩产。这家企业厂房面积扩大了6200平方米。", {"甲集团": "Body"}, ["甲集团"]),
    ("甲市一家工厂发生爆炸，造成2人受伤。", {"甲市": "Area"}, ["甲市"]),
    ("油轮在甲造船交付。该船载重量15万吨。", {"甲造船": "Body"}, [None]),
    ("甲园由乙县投资建设。总投资4873万元。", {"乙县": "Area"}, [None]),
    ("甲联通管已通水。乙园区整体设施完工后，可引进企业17家。", {"甲联通管": "Project"}, [None]),
    ("甲隧道位于乙湖畔，全长887米。", {"乙湖": "Area"}, [None]),
    ("甲市项目加快建设。投产后，年产零部件40万套。", {"甲市": "Area"}, [None]),
    ("甲市集中开工项目26个，总投资90亿元，达产后新增年产值15亿元。", {"甲市": "Area"}, ["甲市"] * 3),
    ("甲产业园等85个项目竣工，竣工率76%；乙工厂等20个项目开工。", {"甲产业园": "Project", "乙工厂": "Project"}, [None] * 3),
    ("甲总署党委委员李某指出，目前口岸达311个。", {"甲总署": "Body"}, [None]),
    ("端午节前售出粽子9000个。", {"端午节": "Event"}, [None]),
    # Where a line ends is not what is so long.
    ("该铁路起点为甲市，终点为乙州的丙港，全长600公里。", {"甲市": "Area", "乙州": "Area", "丙港": "Project"}, [None]),
    # What is put to use, and what only an office tells of.
    ("甲省乡村焕新。落实增收长效机制，务工就业稳定在98万人。", {"甲省": "Area", "增收长效机制": "Policy"}, ["甲省"]),
    ("甲省乡村局指标进位：脱贫人口人均纯收入全国第四。", {"甲省": "Area", "甲省乡村局": "Body"}, ["甲省"]),
    # A river is not the place of harm, and an office that records is a source.
    ("甲江发生洪水，造成7万间房屋倒塌。", {"甲江": "Area"}, [None]),
    ("甲处录得旅客138万人次。", {"甲处": "Body"}, [None]),
    ("乙地收获七成，丙地和丁地过四成半。", {"乙地": "Area", "丙地": "Area", "丁地": "Area"}, ["乙地"]),
    # Companies that were not found are not the zone told of before.
    ("甲区扩大市场，两家企业销售额近30亿元；丁电子持续加大研发，产值增长9%。", {"甲区": "Area"}, [None, None]),
    # What the country began is what is told of.
    ("我国启动国家储备林建设工程。十年来累计落实建设资金1400亿元。", {"国家储备林建设工程": "Project"}, ["国家储备林建设工程"]),
    # Of two places the nearer; of A's B, A where A made it.
    ("忻州定襄的43家企业完成改造。", {"忻州": "Area", "定襄": "Area"}, ["定襄"]),
    ("常州排定的太湖治理的227个工程已开工209个。", {"常州": "Area", "太湖治理": "Project"}, ["常州", "常州"]),
    ("在山西运城，当地部门设立了31个服务站。", {"山西": "Area", "运城": "Area"}, ["运城"]),
    ("江西的500万亩早稻抽穗，在吉安，当地探索新模式，安装设备300套。", {"江西": "Area", "吉安": "Area"}, ["江西", "吉安"]),
    # What goes on is of whom the figure before is; a place of the day.
    ("全国铁路发送旅客685万人次，客流集中的甲地区今天发送旅客55万人次，同比增长4%。", {"甲地区": "Area"}, [None, "甲地区", "甲地区"]),
    # Of more places than are named; of each.
    ("贵州有暴雨。甲市、乙市等地最高气温达35℃。", {"贵州": "Area", "甲市": "Area", "乙市": "Area"}, [None]),
    ("甲市、乙市等地销售额均增长20%。", {"甲市": "Area", "乙市": "Area"}, ["甲市", "乙市"]),
    ("甲市、乙市等36个重点城市客流量增长25%。", {"甲市": "Area", "乙市": "Area"}, [None, None]),
    ("甲省乙市、丙省丁市等16个城市上榜。", {"甲省": "Area", "乙市": "Area", "丙省": "Area", "丁市": "Area"}, [None]),
    ("甲地博览会签约项目111个。其中，合同项目98个。", {"甲地": "Area", "甲地博览会": "Event"}, ["甲地博览会", "甲地博览会"]),
    ("甲博览会开幕，吸引来自甲国、乙国等14个国家和地区的300多家企业参展。", {"甲博览会": "Event", "甲国": "Area", "乙国": "Area"}, ["甲博览会", "甲博览会"]),
    ("甲县建设乙水库，全长28公里的丙渠，改善灌溉。", {"甲县": "Area"}, []),
    ("甲省培育团队，扶持企业乙市丙公司上市。遴选4个县。", {"甲省": "Area", "乙市": "Area", "丙公司": "Body"}, ["甲省"]),
    ("扶持企业乙市丙公司上市。遴选4个县。", {"乙市": "Area", "丙公司": "Body"}, [None]),
    # A length is of what is built, not of the town that holds a ceremony; a river has one.
    ("甲市举行乙大桥开工仪式，大桥由丙局承建，全长29公里。", {"甲市": "Area", "丙局": "Body"}, [None]),
    ("甲市举行乙大桥开工仪式，大桥由丙局承建，全长29公里。", {"甲市": "Area", "乙大桥": "Project", "丙局": "Body"}, ["乙大桥"]),
    ("甲江发源于丁山，全长290公里。", {"甲江": "Area"}, ["甲江"]),
    ("上海，一座基地不久前刚刚动工，总投资35亿元。", {"上海": "Area"}, [None]),
    ("台风过境上海，造成3人受伤。", {"上海": "Area"}, ["上海"]),
    # Each of a list of places has its own; the rates told apart are of those whose amounts were told.
    ("甲市新开工项目120个，其中乙区30个、丙区25个。", {"甲市": "Area", "乙区": "Area", "丙区": "Area"}, ["甲市", "乙区", "丙区"]),
    ("甲市总值3万亿元，乙市2万亿元，分别增长5%和2%。", {"甲市": "Area", "乙市": "Area"}, ["甲市", "乙市", "甲市", "乙市"]),
    ("甲市、乙市总值分别为3万亿元、2万亿元，分别增长5%和2%。", {"甲市": "Area", "乙市": "Area"}, ["甲市", "乙市", "甲市", "乙市"]),
    ("甲市总值3万亿元、乙市总值2万亿元，分别增长5%和2%。", {"甲市": "Area", "乙市": "Area"}, ["甲市", "乙市", "甲市", "乙市"]),
    # The nearer of a country and its capital; the place that is attacked, not who attacks or tells.
    ("甲国首都乙城发生爆炸，造成3人死亡。", {"甲国": "Area", "乙城": "Area"}, ["乙城"]),
    ("丙国卫生部门表示，甲国对乙国城市丁城发射导弹，造成5人死亡。", {"甲国": "Area", "乙国": "Area", "丁城": "Area", "丙国": "Area"}, ["丁城"]),
    # Organs that act together; those that only publish or issue together.
    ("丙省受灾。今天，甲部、乙部再次紧急预拨14.6亿元救灾资金。", {"丙省": "Area", "甲部": "Body", "乙部": "Body"}, ["甲部"]),
    ("甲部、乙部发布数据显示，税收增长3%。", {"甲部": "Body", "乙部": "Body"}, [None]),
    ("甲部、乙部等十部门印发通知，全年募集100万个岗位。", {"甲部": "Body", "乙部": "Body"}, [None]),
    # Where a route leads; what is only carried out; rates of areas.
    ("通过深化甲建设，宽带接入用户数接近2亿。", {"甲建设": "Policy"}, [None]),
    ("乙市建成甲网络，医保参保率稳定在96%。", {"乙市": "Area", "甲网络": "Project"}, ["乙市"]),
    # The last scene before 当地 and 这里; a region of a country.
    ("在陇南，播种效率提高。在眉山，玉米苗长势喜人。今年，当地育苗时间缩短了10天。", {"陇南": "Area", "眉山": "Area"}, ["眉山"]),
    ("在陇南，播种效率提高。眉山玉米苗长势喜人。今年，当地育苗时间缩短了10天。", {"陇南": "Area", "眉山": "Area"}, ["眉山"]),
    ("在甲国南部受灾严重的地区，共有500栋建筑受损。", {"甲国": "Area"}, ["甲国"]),
    ("在我国西南麦区四川省，这里的800万亩小麦进入花期。", {"四川省": "Area"}, ["四川省"]),
    # A year between a name and what is measured parts nothing.
    ("全球最大的企业宁德时代2022年市场占有率为37%，连续六年排名全球第一。", {"宁德时代": "Body"}, ["宁德时代", "宁德时代"]),
    # Bought from, not told of.
    ("今年，浙江进口非洲农产品161.5亿元。", {"浙江": "Area", "非洲": "Area"}, ["浙江"]),
    ("今年，中国进口非洲农产品161.5亿元。", {"中国": "Area", "非洲": "Area"}, ["中国"]),
    # What is counted; what time is counted from.
    ("青岛海关监管中欧班列1459列。", {"青岛海关": "Body", "中欧班列": "Project"}, ["青岛海关"]),
    ("党的十八大以来，新增湿地1200万亩。", {"党的十八大": "Event"}, [None]),
    # 该 takes up what was named before the place in which it lies; what began is told of, a meeting is not.
    ("甲隧道贯通。该隧道位于乙县境内，长2177米。", {"甲隧道": "Project", "乙县": "Area"}, ["甲隧道"]),
    ("大型客机“云雀7号”在乙市下线，该客机翼展35米。", {"云雀7号": "Project", "乙市": "Area"}, ["云雀7号"]),
    ("环保督察自2019年启动以来，已完成整改任务1275项。", {"环保督察": "Event"}, ["环保督察"]),
    ("新建甲站总建筑面积45.3万平方米。", {"甲站": "Project"}, ["甲站"]),
    # Who won something is told of what was won.
    ("乙学会发布消息，15名演员获得百合奖。", {"乙学会": "Body", "百合奖": "Honor"}, ["百合奖"]),
    # One value for each of several, and one for all of them.
    ("2022年，杭州、宁波地区生产总值分别增长4.7%、5.4%。", {"杭州": "Area", "宁波": "Area"}, ["杭州", "宁波"]),
    ("2022年，杭州、宁波和温州出口均增长6%以上。", {"杭州": "Area", "宁波": "Area", "温州": "Area"}, ["杭州", "宁波", "温州"]),
    # What was begun, held or opened with in the clause before is gone on to tell of.
    ("教育部启动急救教育试点，拟选1000所学校。", {"教育部": "Body", "急救教育试点": "Policy"}, ["急救教育试点"]),
    ("项目数量增长32.2%，中部增速最高，达到45.7%。", {"中部": "Area"}, [None, "中部"]),
    ("在天文台举办的“星图特展”上，首次展出了12幅底片。", {"天文台": "Body", "星图特展": "Event"}, ["星图特展"]),
    # Compared with the country, or counted in it.
    ("中西部出口快速增长，增速高出全国4.8个百分点。", {"中西部": "Area"}, ["中西部"]),
    ("各地落实新规，优化全国5000多个服务站。", {"新规": "Policy"}, [None]),
    # 都 of 首都 says nothing of several; a person's figure is none.
    ("首都机场、大兴机场共起降航班734架次。", {"首都机场": "Project", "大兴机场": "Project"}, ["首都机场"]),
    ("种粮大户李四今年流转了1000亩耕地。", {"李四": "Person"}, []),
    # Who claims or foresees is a source; who announces its own, the subject.
    ("某国卫生部称，冲突已造成29人受伤。", {"某国卫生部": "Body"}, [None]),
    ("甲油田宣布，累计生产原油突破25亿吨。", {"甲油田": "Body"}, ["甲油田"]),
    # Who is at work inside it; of what a title consists.
    ("在甲医院监护病房，40多名医护人员坚守岗位。", {"甲医院": "Body"}, ["甲医院"]),
    ("《某条例》共八章66条。", {"某条例": "Policy"}, ["某条例"]),
    # Not what it is a part of; each of two by its whole name.
    ("甲铁路是国家“乙通道”的重要组成部分，线路全长699公里。", {"甲铁路": "Project", "乙通道": "Project"}, ["甲铁路"]),
    ("今年春运，甲铁路、乙铁路分别发送旅客9万、16万人次。", {"甲铁路": "Project", "乙铁路": "Project"}, ["甲铁路", "乙铁路"]),
    # Places that are counted; what is cut.
    ("已有来自31个非洲国家的百余名艺术家参加活动，创作290幅作品。", {"非洲国家": "Area"}, [None, None, None]),
    ("小微企业新增减税降费超过1.3万亿元，今年中小企业超过8万家。", {"减税降费": "Policy"}, [None, None]),
    # What is unlike another, is the first of a country's, or stands for others before 等, is told of; not those.
    ("雲雀號升空。與此前的百靈號不同，重量達20噸。", {"雲雀號": "Project", "百靈號": "Project"}, ["雲雀號"]),
    ("甲鐵路通車。該線是乙國第一條高鐵，全長142公里。", {"甲鐵路": "Project", "乙國": "Area"}, ["甲鐵路"]),
    ("乙市出新。花燈節等活動吸引遊客160萬人次。", {"乙市": "Area", "花燈節": "Event"}, ["乙市"]),
    # What a dash leads up to; what goods pass through.
    ("甲縣探明首個億噸級大礦——乙礦，儲量達到1.2億噸。", {"甲縣": "Area", "乙礦": "Project"}, ["乙礦"]),
    ("乙市加快發展。今年經甲口岸進出口總值達500億元。", {"乙市": "Area", "甲口岸": "Project"}, ["甲口岸"]),
    # Who speaks for a body is no subject; the dead are of the place, not of those who fight.
    ("甲会主席李四17日在会上表示，今年出口增长2%。", {"甲会": "Body"}, [None]),
    ("甲军与乙军在丙城交火，已造成20人死亡。", {"甲军": "Body", "乙军": "Body", "丙城": "Area"}, ["丙城"]),
    # What somebody builds has its size, whether it was found or not; what somebody earns by it is their own.
    ("甲集团在乙县建设的丙风电场并网，装机容量80万千瓦，年发电量20亿千瓦时。", {"甲集团": "Body", "乙县": "Area", "丙风电场": "Project"}, ["丙风电场"] * 2),
    ("甲集团在乙县建设的丙风电场项目并网，装机容量80万千瓦，年发电量20亿千瓦时。", {"甲集团": "Body", "乙县": "Area"}, [None, None]),
    ("甲市建设丙粮仓，仓容达到90万吨。", {"甲市": "Area", "丙粮仓": "Project"}, ["丙粮仓"]),
    ("甲集团在乙县建设丙电站，营业收入达30亿元。", {"甲集团": "Body", "乙县": "Area", "丙电站": "Project"}, ["甲集团"]),
    ("甲高铁起自乙站，终至丙站，设计时速350公里。", {"甲高铁": "Project", "乙站": "Project", "丙站": "Project"}, ["甲高铁"]),
    ("甲市加快发展。由乙集团投资30亿元建设的丙电站开工。", {"甲市": "Area", "乙集团": "Body", "丙电站": "Project"}, ["丙电站"]),
    ("甲市全省动工建设的大型厂房超百个，总造价超3亿元。", {"甲市": "Area"}, ["甲市", "甲市"]),
    ("甲市总值2000亿元，稳居乙省第二位。", {"甲市": "Area", "乙省": "Area"}, ["甲市", "甲市"]),
    ("甲集团投资建设的乙电站累计发电量突破900亿千瓦时。", {"甲集团": "Body", "乙电站": "Project"}, ["乙电站"]),
    ("甲港区、乙港区合计完成货物吞吐量4亿吨。", {"乙港区": "Area"}, [None]),
    # A part of a country, a place in the clause before, the last turn to the whole country, several places as examples.
    ("甲国西南部乙省发生地震，造成14人受伤。", {"甲国": "Area", "乙省": "Area"}, ["乙省"]),
    ("据报道，在丁城，体感温度降到零下35摄氏度。", {"丁城": "Area"}, ["丁城"]),
    ("安徽改造3个小区。今年，我国扩大投资。全年新增岗位50万个。", {"安徽": "Area"}, ["安徽", None]),
    ("甲省、乙省等20个省份出台办法。", {"甲省": "Area", "乙省": "Area"}, [None]),
    ("乙区承接丙市项目232个。", {"乙区": "Area", "丙市": "Area"}, ["乙区"]),
    ("甲社4日援引乙部的消息称，63名人员获救。", {"甲社": "Body", "乙部": "Body"}, [None]),
    # A place is named only with the office of a guest.
    ("丙论坛今天开幕。甲国总理李四和1500多位代表参加。", {"丙论坛": "Event", "甲国": "Area", "李四": "Person"}, ["丙论坛"]),
    # A paper whose title names one work tells of that.
    ("关于甲大桥工程可行性研究报告的批复\n乙市发展改革委：\n一、全长12公里。\n二、项目总投资8亿元。", {"甲大桥工程": "Project", "乙市": "Area"}, ["甲大桥工程"] * 2),
    ("关于甲大桥等项目的通知\n乙市各单位：\n总投资8亿元。", {"甲大桥": "Project", "乙市": "Area"}, [None]),
    # What is only carried out is not told of.
    ("国家推进结构改革。市场加快复苏，新建商场30家。", {"结构改革": "Policy"}, [None]),
    # A statistic of areas is not of the project told of before.
    ("神舟十六号发射。前5个月，规模以上工业增加值增长3.6%。", {"神舟十六号": "Project"}, [None]),
    # Where news was written is no subject; what opens behind it is.
    ("【甲市】乙运河累计完成投资超过90亿元，占总投资的38%。", {"甲市": "Area", "乙运河": "Project"}, ["乙运河", "乙运河"]),
    ("本报甲市2024年3月5日讯 乙省加快援建，安排资金19亿元，实施项目83个。", {"甲市": "Area", "乙省": "Area"}, ["乙省", "乙省"]),
    # What several have together is of none of them.
    ("甲市、乙市两市总值之和占全省的40%。", {"甲市": "Area", "乙市": "Area"}, [None]),
    # 该项目 is the whole; of a project that is not named, a figure is nobody's.
    ("甲通道乙海大桥铺装完成。该项目全长24公里，总投资460亿元。", {"甲通道": "Project", "乙海大桥": "Project"}, ["甲通道", "甲通道"]),
    ("甲高铁乙海大桥合龙。该工程线路总长2公里。", {"甲高铁": "Project", "乙海大桥": "Project"}, ["乙海大桥"]),
    ("甲高铁三期工程开工。该项目全长24公里。", {"甲高铁": "Project", "甲高铁三期": "Project"}, ["甲高铁三期"]),
    ("甲区管委会与乙集团签约，共建基地，项目一期投资50亿元。", {"甲区管委会": "Body", "乙集团": "Body"}, [None]),
    # What will be built is of the kind that is told, not of a work beside it.
    ("甲湾机场造地工程成陆，总面积20平方公里。机场建成后，年旅客吞吐能力将达4300万人次。", {"甲湾机场造地工程": "Project"}, ["甲湾机场造地工程", None]),
    ("甲湾机场改扩建工程开工。机场建成后，年旅客吞吐能力将达4300万人次。", {"甲湾机场改扩建工程": "Project"}, ["甲湾机场改扩建工程"]),
    # An office aims at what is its area's.
    ("甲省新能源装机达到2000万千瓦。甲省能源局将落实规划，力争到2025年底装机突破3000万千瓦。", {"甲省": "Area", "甲省能源局": "Body"}, ["甲省", "甲省"]),
    # A place inside the name of a work or body is not what is told of.
    ("甲乙高铁丙省段完成投资12亿元。", {"甲乙高铁丙省段": "Project", "丙省": "Area"}, ["甲乙高铁丙省段"]),
    ("丁市大学丙城研究院建成3个平台。", {"丁市大学丙城研究院": "Body", "丙城": "Area"}, ["丁市大学丙城研究院"]),
    # A part, and what became of an amount, are of whom that was told.
    ("甲市发改局局长通报，一季度甲市生产总值300亿元，其中工业投资增长8%。", {"甲市发改局": "Body", "甲市": "Area"}, ["甲市", "甲市"]),
    ("甲港发送旅客213万人次，恢复到2019年的83%。", {"甲港": "Project"}, ["甲港", "甲港"]),
    # What several do together.
    ("丙省受灾。甲市、乙市两市转移群众4万人。", {"丙省": "Area", "甲市": "Area", "乙市": "Area"}, [None]),
    ("甲市、乙市两市总值分别增长4%、5%。", {"甲市": "Area", "乙市": "Area"}, ["甲市", "乙市"]),
    ("丁省推进建设，甲市、乙市、丙县共签约项目30个，总投资90亿元；甲市开工9个。", {"丁省": "Area", "甲市": "Area", "乙市": "Area", "丙县": "Area"}, [None, None, "甲市"]),
    ("甲市、乙市今年以来合计发放补贴3亿元。", {"甲市": "Area", "乙市": "Area"}, [None]),
    ("甲市、乙市共建产业园，甲市引进企业30家。", {"甲市": "Area", "乙市": "Area"}, ["甲市"]),
    ("甲市、乙市已分别签约项目30个、20个。", {"甲市": "Area", "乙市": "Area"}, ["甲市", "乙市"]),
    # Goods, a school or a park without a name; whose paper tells; what people live in; states that are not named.
    ("甲政府援助的物资启运。该批物资包括急救包3万个。", {"甲政府": "Body"}, [None]),
    ("乙城的一所小学扩建。这所小学共有学生200名。", {"乙城": "Area"}, [None]),
    ("乙城小学扩建。这所小学共有学生200名。", {"乙城小学": "Body"}, ["乙城小学"]),
    ("甲市引进企业400家。在这个园区里，开年就引进企业50家。", {"甲市": "Area"}, ["甲市", None]),
    ("乙城科技园区开园。这个园区开年就引进企业50家。", {"乙城科技园区": "Area"}, ["乙城科技园区"]),
    ("乙市的一家服装企业赶制新衣。今年前2个月，企业出口销售额130万元。", {"乙市": "Area"}, [None]),
    ("乙市《早报》近日报道称，军工企业市值增长9%。", {"乙市": "Area"}, [None]),
    ("甲派出所民警20名。在常住人口3000人的镇上，民警走访。", {"甲派出所": "Body"}, ["甲派出所", None]),
    ("甲国提供的战机抵达。去年以来，西方国家已提供资金650亿元。", {"甲国": "Area"}, [None]),
    # Items of a digest that places head; one place alone is where the news was written.
    ("各地动态\n【甲省】一季度，新登记企业30万户。\n【乙省】坚持创新。一季度，工业增长8%。\n【财经】一季度，消费增长5%。", {"甲省": "Area", "乙省": "Area"}, ["甲省", "乙省", None]),
    ("甲省：企业增多\n一季度，新登记企业30万户。\n乙省：工业向好\n一季度，工业增长8%。\n消费回暖\n一季度，消费增长5%。", {"甲省": "Area", "乙省": "Area"}, ["甲省", "乙省", None]),
    ("【甲省】一季度，新登记企业30万户。", {"甲省": "Area"}, [None]),
    # What the nation gives; what a meeting only hears of.
    ("丙省建设一批园区。中央财政安排补助资金120亿元。", {"丙省": "Area"}, [None]),
    ("会议听取了甲局关于整治的汇报。累计建成管网286公里。", {"甲局": "Body"}, [None]),
    # What is told of a part is not told of the whole; where guests come from; a system that is only built up.
    ("甲高铁是乙高铁通道的重要组成部分，建成后运行时间将缩短至1小时。", {"甲高铁": "Project", "乙高铁": "Project"}, ["甲高铁"]),
    ("丙活动在丁市举行。戊地教师代表等300多人参加活动。", {"丙活动": "Event", "丁市": "Area", "戊地": "Area"}, ["丙活动"]),
    ("己体系稳步构建。快递网点扎根3万多个乡镇。105个基地完成布局。", {"己体系": "Policy"}, [None, None]),
    # Only where something is the first of its kind.
    ("甲国首条高铁在乙市开通。列车日均运送旅客8万人次。", {"甲国": "Area", "乙市": "Area"}, [None]),
    ("甲地区首台机组投产。单台机组年发电量100亿度。", {"甲地区": "Area"}, [None]),
    # Places with which the items of a list open, or that are listed as examples in the clause before.
    ("甲国榴莲、乙国龙眼、丙国百香果等9种水果获准进口。", {"甲国": "Area", "乙国": "Area", "丙国": "Area"}, [None]),
    ("甲城北山、乙省丁城等滑雪城市，客房预订量增长三成。", {"甲城": "Area", "乙省": "Area", "丁城": "Area"}, [None]),
    # Only where something lies that was not found.
    ("沙岭风电场位于甲平原腹地，60台风机并网发电。", {"甲平原": "Area"}, [None]),
    ("位于甲市的首个虚拟实训基地，每年培训学员3万人。", {"甲市": "Area"}, [None]),
    ("甲电场位于乙平原腹地，60台风机并网发电。", {"甲电场": "Project", "乙平原": "Area"}, ["甲电场"]),
    # The dead are of the place that their own sentence names, but not of whose papers tell.
    ("甲省发生地震，造成6人遇难。地震还在乙国丙城等地造成5人遇难。", {"甲省": "Area", "乙国": "Area", "丙城": "Area"}, ["甲省", "丙城"]),
    ("据甲国媒体报道，超过20人受伤。", {"甲国": "Area"}, [None]),
    ("地震已在甲国和乙国造成2万人遇难。", {"甲国": "Area", "乙国": "Area"}, [None]),
    ("甲国中西部和南部多州遭遇风暴，造成4人死亡。", {"甲国": "Area", "中西部": "Area"}, ["甲国"]),
    # Whose act is called for; what work is done along with.
    ("居民发起签名，要求甲公司撤回计划，已收集签名1万份。", {"甲公司": "Body"}, [None]),
    ("结合乙行动总要求，甲集团走访用户，梳理问题20多项。", {"甲集团": "Body", "乙行动": "Policy"}, ["甲集团"]),
    # An organ of which the paragraph told has no figure of the sentences after, a museum has; a paper none of what is aimed at.
    ("甲州应急部门发布警告。当天，附近有约900名居民撤离。", {"甲州": "Area", "甲州应急部门": "Body"}, ["甲州"]),
    ("甲市妇联启动服务季。目前，已有30篇文章刊出。", {"甲市妇联": "Body"}, [None]),
    ("甲博物馆正式揭牌。目前，馆藏藏品3万件。", {"甲博物馆": "Body"}, ["甲博物馆"]),
    ("甲省推出乙行动方案，力争到2025年货运量增长20%。", {"甲省": "Area", "乙行动方案": "Policy"}, ["甲省"]),
    ("甲部启动乙试点，拟选90所学校。", {"甲部": "Body", "乙试点": "Policy"}, ["乙试点"]),
    # Who tells is not told of; of places told of in turn the last is; a paper's own parts are its own.
    ("甲评级公司的报告称，乙国风险上升。甲评级公司指出，今年贷款下降20%。", {"甲评级公司": "Body", "乙国": "Area"}, ["乙国"]),
    ("甲省落实任务。乙省设立示范县。在丙市，系统派上了用场。利用卫星，网格员等900人开展巡田。", {"甲省": "Area", "乙省": "Area", "丙市": "Area"}, ["丙市"]),
    ("甲省推出乙清单，涵盖事项30项。", {"甲省": "Area", "乙清单": "Policy"}, ["乙清单"]),
    # Of two places of which one was not found, of neither; what a figure is a multiple of has its own.
    ("甲州和没找到的乙州仍有40万用户停电。", {"甲州": "Area"}, [None]),
    ("甲船所载水果重70公斤，是乙船所载的约2倍。", {"甲船": "Project", "乙船": "Project"}, ["甲船", "甲船"]),
    # What is measured of two places is of neither alone, nor of what they lie in; 均 says that it is of each.
    ("甲省稳步发展。乙市、丙市经济总量突破800亿元。", {"甲省": "Area", "乙市": "Area", "丙市": "Area"}, [None]),
    ("甲省稳步发展。乙市、丙市经济总量均突破800亿元。", {"甲省": "Area", "乙市": "Area", "丙市": "Area"}, ["乙市", "丙市"]),
    ("甲省稳步发展。乙市经济总量突破800亿元。", {"甲省": "Area", "乙市": "Area"}, ["乙市"]),
    # Those who came, told by how many lands they are from.
    ("地震在甲国两国造成2万人遇难。", {"甲国": "Area"}, [None]),
    # What leads the others; nobody's where that was not found, but not where it only opens what is told.
    ("甲市投资增长6%，增速居前的是乙县，增长8%；丙县，增长7%。", {"甲市": "Area", "乙县": "Area", "丙县": "Area"}, ["甲市", "乙县", "丙县"]),
    ("甲市投資增長6%，其中增速最快的為乙縣，達8%。", {"甲市": "Area", "乙縣": "Area"}, ["甲市", "乙縣"]),
    ("甲市投资增长6%，增速居前的行业是：化工，增长8%。", {"甲市": "Area"}, ["甲市"]),
    ("甲市改革深化，最大的变化是服务优化，新增企业300家。", {"甲市": "Area"}, ["甲市"]),
    ("甲博览会在乙市开幕。来自68个国家的1000多名代表出席。", {"甲博览会": "Event", "乙市": "Area"}, ["甲博览会", "甲博览会"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "subjects"), CASES, ids=[case[0][:14] for case in CASES])
def test_subject(extractor: Extractor, text: str, names: Mapping[str, str], subjects: Sequence[str | None]) -> None:
    document = Document("d", "d", "", text, "txt", "", date="2023-07-15")
    mentions = sorted(
        MentionRef(at, at + len(name), name, kind)
        for name, kind in names.items() for at in range(len(text)) if text.startswith(name, at)
    )  # fmt: skip
    found = figures_alone(extractor, document, mentions)
    assert [one.subject for one in found] == list(subjects)


def test_this_county_is_the_one_named_last_by_whatever_name(extractor: Extractor) -> None:
    text = "高铁经过环江毛南族自治县、都安瑶族自治县。环江去年脱贫。如今，该县接待游客580万人次。"
    facts = extractor.extract(Document("d", "d", "", text, "txt", "", date="2023-07-15"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [names.get(one.subject or "") for one in facts.observations] == ["环江毛南族自治县"]


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("甲港吞吐量居全国第10位。", ["甲港"]),
        ("甲港年旅客吞吐量增长16%，突破8700万人次、居全国第3位。", ["甲港"] * 3),
        ("丁市生产总值增长5%，居全区第2位。", ["丁市", "丁市"]),
        ("丁市工业增加值增长7%，居全国第一方阵。", ["丁市"]),
    ],
)
def test_in_a_report_a_rank_is_of_whom_the_figure_before_is(extractor: Extractor, sentence: str, subjects: Sequence[str]) -> None:
    text = f"2024年某省政府工作报告\n一、2023年工作回顾\n{sentence}"
    document = Document("d", "d", "", text, "txt", "", title="2024年某省政府工作报告", date="2024-01-20")
    names = {"甲港": "Project", "丁市": "Area", "全区": "Area"}
    mentions = sorted(MentionRef(at, at + len(n), n, k) for n, k in names.items() for at in range(len(text)) if text.startswith(n, at))
    found = figures_alone(extractor, document, mentions, "某省")
    assert [one.subject for one in found] == list(subjects)


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("甲中心挂牌成立，高新技术企业突破7000家。", ["某省"]),
        ("甲中心挂牌成立，实现产值30亿元、增长5%。", ["甲中心", "甲中心"]),
        ("甲政府自觉接受监督，办理建议20件。", ["甲政府"]),
        ("甲通道沿线省份进出口增长12%。", ["某省"]),
        ("甲通道货运量增长12%。", ["甲通道"]),
    ],
)
def test_in_a_report_a_clause_turns_from_a_body_to_the_area(extractor: Extractor, sentence: str, subjects: Sequence[str]) -> None:
    text = f"2024年某省政府工作报告\n一、2023年工作回顾\n{sentence}"
    document = Document("d", "d", "", text, "txt", "", title="2024年某省政府工作报告", date="2024-01-20")
    names = {"甲中心": "Body", "甲政府": "Body", "甲通道": "Project"}
    mentions = sorted(MentionRef(at, at + len(n), n, k) for n, k in names.items() for at in range(len(text)) if text.startswith(n, at))
    assert [one.subject for one in figures_alone(extractor, document, mentions, "某省")] == list(subjects)


def test_in_a_report_a_policy_is_named_in_what_is_measured_of_it(extractor: Extractor) -> None:
    text = "2024年某市政府工作报告\n一、2023年工作回顾\n甲保险参保率达97%。"
    document = Document("d", "d", "", text, "txt", "", title="2024年某市政府工作报告", date="2024-01-20")
    at = text.index("甲保险")
    found = figures_alone(extractor, document, [MentionRef(at, at + 3, "甲保险", "Policy")], "某市")
    assert [(one.subject, one.indicator) for one in found] == [("某市", "甲保险参保率")]


def test_in_a_report_a_part_is_of_whom_the_whole_was_told(extractor: Extractor) -> None:
    text = "2024年某市政府工作报告\n一、2023年工作回顾\n甲科技园引进企业41家，其中外资企业7家。"
    document = Document("d", "d", "", text, "txt", "", title="2024年某市政府工作报告", date="2024-01-20")
    at = text.index("甲科技园")
    found = figures_alone(extractor, document, [MentionRef(at, at + 4, "甲科技园", "Area")], "某市")
    assert [one.subject for one in found] == ["甲科技园", "甲科技园"]


def test_in_a_plan_a_place_has_the_task_that_its_sentence_gives_it(extractor: Extractor) -> None:
    text = (
        "江苏省储能产业发展行动方案（2026—2028年）\n一、主要目标\n到2028年，全省建成储能电站150座。\n二、重点任务\n"
        "（一）盐城市依托大丰区打造示范基地，2027年底前推广换电重卡3000辆。\n（二）南通市、苏州市重点推广换电重卡1万辆。"
    )
    facts = extractor.extract(example_document(text, "2026-04-22"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [names[one.subject or ""] for one in facts.observations] == ["江苏省", "盐城市", "江苏省"]


def test_in_a_report_what_passes_a_port_is_of_the_port_in_the_next_clause_too(extractor: Extractor) -> None:
    text = "2025年浙江省政府工作报告\n一、2024年工作回顾\n宁波舟山港货物吞吐量达到13亿吨，集装箱吞吐量达到3900万标箱，分别增长4%和11%。"
    facts = extractor.extract(example_document(text, "2025-01-20"))
    port = next(entity.id for entity in facts.entities if entity.name == "宁波舟山港")
    assert [one.subject for one in facts.observations] == [port] * 4


@pytest.mark.parametrize(("last", "subject"), [("规上工业增加值增长9.1%", "钱塘区"), ("全市规上工业增加值增长9.1%", "杭州市"), ("萧山区新增就业3万人，带动全市增长9.1%", "杭州市")])
def test_in_a_report_a_place_has_the_further_figures_of_the_sentence_that_it_opens(extractor: Extractor, last: str, subject: str) -> None:
    facts = extractor.extract(example_document(f"杭州市2025年政府工作报告\n一、2024年工作\n钱塘区引进企业56家，{last}。", "2025-02-01"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert names[facts.observations[0].subject or ""] == "钱塘区"
    assert names[facts.observations[-1].subject or ""] == subject


def test_this_project_is_the_whole_of_which_a_part_was_named(extractor: Extractor) -> None:
    text = "【珠海】深中通道伶仃洋大桥主塔封顶，明年通车。该项目线路总长31公里，连接深圳市和中山市。"
    facts = extractor.extract(example_document(text, "2023-10-20"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [names[one.subject or ""] for one in facts.observations] == ["深中通道"]
    assert {names[r.subject] for r in facts.relations if r.predicate == "connects"} == {"深中通道"}


def test_what_is_measured_of_areas_only_is_of_the_one_in_the_headline(extractor: Extractor) -> None:
    text = "前三季度无锡经济稳中向好\n全市经济向好。\n服务业平稳运行。前三季度服务业增加值增长7.8%，营业收入高于全省4.9个百分点。"
    facts = extractor.extract(example_document(text, "2024-10-24"))
    names = {entity.id: entity.name for entity in facts.entities}
    assert names[facts.observations[0].subject or ""] == "无锡"


def test_heading_of_the_aims_of_a_year_looks_ahead(extractor: Extractor) -> None:
    text = "镇原县2024年政府工作报告\n回顾2023年工作成果\n全县粮食产量9万吨。\n展望2024年工作目标\n总值增长7%，财政收入增长6%。"
    facts = extractor.extract(example_document(text, "2024-01-20"))
    assert [(one.kind, one.period) for one in facts.observations] == [("level", "2023"), ("target", "2024"), ("target", "2024")]


def test_statements_parted_by_semicolons_are_looked_at_once(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    between = Named.between

    def counted(self: Named, start: int, end: int) -> list[MentionRef]:
        nonlocal looks
        looks += 1
        return between(self, start, end)

    monkeypatch.setattr(Named, "between", counted)
    counts = []
    for statements in (50, 100):
        looks = 0
        extractor.extract(example_document("各地加快建设，" + "".join(f"新建厂房{n + 2}座；" for n in range(statements)) + "。"))
        counts.append(looks)
    assert counts[1] < 3 * counts[0]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("安徽前三季度外贸向好\n前三季度，安徽全省进出口增长5%。安徽深入实施“暖民心”行动，新增托位3万个。改造小区500个。", ["安徽", "安徽", "安徽"]),
        ("“暖民心”行动成效初显\n“暖民心”行动深入实施。前三季度新增托位3万个。", ["“暖民心”行动"]),
    ],
)  # fmt: skip
def test_what_an_area_carries_out_has_none_of_its_figures(text: str, whose: list[str], extractor: Extractor) -> None:
    facts = extractor.extract(example_document(text))
    names = {entity.id: entity.name for entity in facts.entities}
    assert [names.get(one.subject or "") for one in facts.observations] == whose
