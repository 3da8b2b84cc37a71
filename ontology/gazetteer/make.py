"""Write divisions.tsv, the table of China's administrative divisions, from the four CSV files of its source.

    python ontology/gazetteer/make.py FOLDER        (FOLDER holds provinces.csv cities.csv areas.csv streets.csv)

README.md beside this file names the source and describes the columns. Run it again only when the source has a new year;
what is said about single names (short forms that clash with words, other names) is in ontology/lexicon/areas.yaml and is
read when the gazetteer is loaded, so that changing it needs no new table.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

from kg.text.fold import fold

HERE = Path(__file__).parent
PADDING = 6  # GB/T 2260 writes provinces and cities with trailing zeros: 33 is 330000, 3301 is 330100

# Rows of the source that stand for no place: they only keep the table a tree of four levels.
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}

# Units the statistics office files at street level that are institutions, remainders or bare kinds, and so no one's name for a place.
INSTITUTION = re.compile(
    r"(办公室|监狱|公司|局|厂|所|中心|部|队|站|库|处|室|委员会|管委会|直辖|单位|社区|公安|军区|学校|部分|片区|区域)$|虚拟"
)
BARE_KIND = re.compile(
    r"^[国省市县区]?(国家级?|省级|现代|经济|高新|技术|产业|工业|农业|科技|商贸|旅游|综合|示范|生态|管理|循环|特色|临港|临空|空港|集聚|聚集|"
    r"化工|煤化工|石化|物流|航空|航天|新能源|能源|汽车|水产|食品|建材|新材料|材料|医药|电子|信息|软件|轻工|纺织|装备|制造|机械|陶瓷|冶金|"
    r"民营|创业|中小企业|台湾农民|台商|投资|加工|仓储|文化|创意|大数据|[东西南北中新老]){0,4}"
    r"(开发区|园区?|保税区|管理区|经济区|产业区|工业区|工业园|工业城|城区|度假区|示范区|示范园|集聚区|聚集区|集中区|加工区|风景区|产业园|创业园|"
    r"科技园|物流园|基地|新区|农场|林场|牧场|渔场|养殖场|种畜场|原种场|良种场)$"
)
PLAIN_STREET = re.compile(r"(街道|镇|乡|苏木|民族乡|地区)$")

PROVINCE_SHORT = {
    "内蒙古自治区": "内蒙古|内蒙", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏", "新疆维吾尔自治区": "新疆",
}  # fmt: skip

PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|裕固|保安|独龙|鄂伦春|各"
)
# 蒙古, 哈萨克, 柯尔克孜, 塔吉克 and 锡伯 are also written without 族.
PEOPLE_TAIL = re.compile(rf"(?:(?:(?:{PEOPLES})族)+|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)$")
SELF_GOVERNED = re.compile(r"自治(州|县|旗)$")
SUFFIX = re.compile(r"(特区|(?<=神农架)林区|地区|市|县|区|盟|旗)$")
BANNER_SIDE = re.compile(r"[左右前后中]$|联合$")  # 前旗 is a part of the name: 鄂托克前旗 is never 鄂托克前


def short_forms(name: str, level: str) -> list[str]:
    """Names that leave out the kind of division, by rule; [] where fewer than two characters would remain."""
    if level == "province":
        return PROVINCE_SHORT.get(name, re.sub(r"[省市]$", "", name)).split("|")
    if level == "street":
        return []
    forms: list[str] = []
    if found := SELF_GOVERNED.search(name):
        stem = PEOPLE_TAIL.sub("", name[: found.start()]) or name[: found.start()].removesuffix("族")
        forms.append(stem)
        if len(stem) >= 2:
            forms.append(stem + found.group(1))
    elif not name.endswith(("矿区", "新区")):  # 镇江新区 is not 镇江
        stem = SUFFIX.sub("", name)
        if stem != name and not BANNER_SIDE.search(stem):
            forms.append(stem)
    return [form for form in forms if len(form) >= 2 and form != name]


def rows(folder: Path) -> list[tuple[str, str, str, str]]:
    """(code, name, level, short forms joined by '|'; '-' for a row whose name is no one's name for a place)."""
    table: list[tuple[str, str, str, str]] = []
    cities: dict[str, str] = {}
    for file, level in (("provinces", "province"), ("cities", "city"), ("areas", "county"), ("streets", "street")):
        with open(folder / f"{file}.csv", encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                name = row["name"].strip()
                if name in FILLERS:
                    continue
                forms = "|".join(short_forms(name, level))
                if level == "city":
                    cities[row["code"]] = name
                elif level == "county" and cities.get(row["cityCode"]) == name:
                    # 东莞市, 嘉峪关市: cities without counties stand in the source twice, to keep its tree at four levels.
                    if row["code"] == row["cityCode"].ljust(PADDING, "0"):
                        continue
                    forms = "-"
                if level == "street" and not PLAIN_STREET.search(name):
                    # '（' : the source joins two names of one unit; neither is written so in a text.
                    forms = (
                        "-"
                        if INSTITUTION.search(name) or BARE_KIND.match(name) or "（" in name or len(name) < 4
                        else ""
                    )
                if fold(name) != name:  # 乾西乡: matching is done on folded text, which writes 干西乡
                    forms = (
                        "|".join(filter(None, [forms, fold(name), *map(fold, forms.split("|"))]))
                        if forms != "-"
                        else "-"
                    )
                table.append((row["code"].ljust(PADDING, "0"), name, level, forms))
    return sorted(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=HERE / "divisions.tsv")
    options = parser.parse_args()
    table = rows(options.folder)
    text = "code\tname\tlevel\tforms\n" + "".join("\t".join(row).rstrip("\t") + "\n" for row in table)
    options.output.write_bytes(text.encode("utf-8"))
    print(f"{options.output}: {len(table)} divisions")


if __name__ == "__main__":
    main()
