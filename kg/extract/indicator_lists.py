"""Names that share their words: of a list with one head, and of a sum named like the part that came to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

MEASURE_NOUN = re.compile(
    r"(?:产量|产能|产值|增加值|总额|余额|收入|支出|贷款|存款|投资|出口|进口|进出口|销量|销售额|消费|零售额|数量|规模|占比|比重|比例|面积"
    r"|成交额|成交量|花费|人数|人次|吞吐量|发送量|用电量|覆盖率|普及率|增速|利润)$"
)
_MEASURE_HEAD = re.compile(f"(?:(?:产业|行业|制造业|工业|企业|居民|职工)(?:年均|人均|实现|完成)?)?{MEASURE_NOUN.pattern}")
_MEASURE_END = re.compile(r"[数量率额值比积度]$")
# A last name that begins with a word longer than the first name shares no more than its head with it: 服装、化妆品销售额.
_LONG_WORD = re.compile(
    r"[新小大高多]|化妆品|日用品|农产品|天然气|集装箱|有色|金银|管理|个体|太阳能|人工|机器人|电子|生物|装备|信息|工程|食品|通讯|家用|建筑|文化|体育|基本医"
)
_INSURANCE = 4  # characters of what an insurance is for: 基本养老、失业、工伤保险
_COORDINATED = re.compile(r"[一-龥]{2}[和与及][一-龥]{2}")
_OWN_WORK = re.compile(r"(?:就|创|毕|失|营|作|从)业$")
_NEW = re.compile(
    r"(?:累计)?(?:新(?:增[设設]?|建成?|[设設]立?|[开開]工?|[认認]定|培育|改[扩擴]?建|[组組]建|登[记記]|布局|[挂掛]牌|引[进進]|[签簽][约約]|投入?|入[选選]|[获獲][批评評])|[净淨]增|增[加设設])(?:建[设設]|[认認]定|培育|[认認][证證])?(?:各[类類])?(?=..)"
)


def without_new(name: str) -> str:
    """What a sum is of, named like the part that came to it.

    >>> without_new("新建綠道"), without_new("新增上市公司总量"), without_new("筹措住房")
    ('綠道', '上市公司总量', '筹措住房')
    """
    return name[found.end() :] if (found := _NEW.match(name)) else name


def completed(parts: Sequence[str], place: int, text: str) -> str:
    """One of several coordinated names as `text` writes them, with the words that only the last of them has.

    `parts` are the names in folded form, parted in `text` by one character each.

    >>> completed(["太阳能电池", "新能源汽车产量"], 0, "太陽能電池、新能源汽車產量")
    '太陽能電池產量'
    >>> completed(["城镇", "农村居民收入"], 0, "城镇、农村居民收入")
    '城镇居民收入'
    """
    written = _written(parts, place, text)
    own, last = parts[place], parts[-1]
    if place == len(parts) - 1:
        return written
    at = last.find(own[-1:])
    if own[-2:] != last[max(0, at - 1) : at + 1] and (_OWN_WORK.search(own) or _OWN_WORK.search(last, 0, at + 1)):
        at = -1  # 就业 and 创业 share no head
    if 0 <= at < len(last) - 1:
        return written + text[len(text) - len(last) + at + 1 :]
    if _MEASURE_END.search(own) or MEASURE_NOUN.search(own):
        return written
    if (at := last.find("保险", 1)) > 0 and "保险" not in own and len(own) <= _INSURANCE:
        return written + text[len(text) - len(last) + at :]
    if len(own) <= 2 and len(last) > 2 * len(own) + 1 and not _LONG_WORD.match(last) and not _COORDINATED.search(last):
        return written + text[len(text) - len(last) + len(own) :]
    head = _MEASURE_HEAD.search(last)
    return written + text[len(text) - len(head[0]) :] if head else written


def with_head(parts: Sequence[str], place: int, head: str, text: str) -> str:
    """One of several names before 等 as `text` writes them, with the `head` that stands behind 等; parts and head are folded.

    >>> with_head(["有色", "電氣機械行業"], 0, "行業利潤", "有色、電氣機械行業等行業利潤")
    '有色行業利潤'
    >>> with_head(["有色", "電氣機械行業"], 1, "行業利潤", "有色、電氣機械行業等行業利潤")
    '電氣機械行業利潤'
    """
    said = 2 if parts[place].endswith(head[:2]) else 0  # a name that ends with the head's first word has it once
    return _written(parts, place, text) + text[len(text) - len(head) + said :]


def _written(parts: Sequence[str], place: int, text: str) -> str:
    start = sum(len(part) + 1 for part in parts[:place])
    return text[start : start + len(parts[place])]
