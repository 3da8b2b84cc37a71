"""The same text as others would have typed, copied or saved it: what it says does not change."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.extractor import Extractor
from kg.model import Document, Facts
from kg.text.fold import fold

_HAN = "\u4e00-\u9fff"
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW_MARKS = str.maketrans("，：；（）？！％", ",:;()?!%")
_CHINESE_DIGITS = "零一二三四五六七八九"
_NOT_COMPARED = re.compile(r"[\s\u200b“”‘’「」『』\"《》〈〉]")


def _lines(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(line) if line.strip() else line for line in text.split("\n"))


def _with_gaps(text: str) -> str:
    return re.sub(rf"([{_HAN}])([0-9A-Za-z])", r"\1 \2", re.sub(rf"([0-9A-Za-z%％])([{_HAN}])", r"\1 \2", text))


def _wrapped(line: str) -> str:
    return "\n".join(line[at : at + 40] for at in range(0, len(line), 40))


def _percent_in_words(found: re.Match[str]) -> str:
    whole, _, part = found[1].partition(".")
    tens, ones = divmod(int(whole), 10)
    words = (("" if tens == 1 else _CHINESE_DIGITS[tens]) + "十" if tens else "") + (_CHINESE_DIGITS[ones] if ones or not tens else "")
    return "百分之" + words + ("点" + "".join(_CHINESE_DIGITS[int(digit)] for digit in part) if part else "")


VARIANTS: dict[str, Callable[[str], str]] = {
    "digits of full width": lambda text: text.translate(_WIDE_DIGITS),
    "marks of half width": lambda text: text.translate(_NARROW_MARKS),
    "corner brackets for quotation marks": lambda text: text.replace("“", "「").replace("”", "」"),
    "straight quotation marks": lambda text: re.sub("[“”]", '"', text),
    "gaps between Chinese and Latin characters": _with_gaps,
    "lines broken at 40 characters": _lines(_wrapped),
    "a blank line behind each": lambda text: text.replace("\n", "\n\n"),
    "indented lines": _lines(lambda line: "\u3000\u3000" + line),
    "list marks before all lines but the first": lambda text: re.sub(r"\n(?=\S)", "\n● ", text),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "characters nobody sees": lambda text: text.replace("，", "，\u200b"),
    "percentages in words": lambda text: re.sub(r"(?<![\d.,－-])(\d{1,2}(?:\.\d+)?)[%％]", _percent_in_words, text),
    "marks of footnotes": lambda text: re.sub(rf"(?<=[{_HAN}])(?=。\n)", "[1]", text),
    "a line of source and day below the title": lambda text: text.replace("\n", "\n发布时间：2025-01-20 09:15　来源：某日报　浏览次数：356\n", 1),
    "a heading with a gap before each paragraph": lambda text: re.sub("(?m)^(?=[^，。\n]{2,}，.{40,}。)", "主要工作情况\u3000", text),
    "a numbered heading with a blank before each paragraph": lambda text: re.sub("(?m)^(?=[^，。\n]{2,}，.{40,}。)", "（二）主要情况 ", text),
    "what a site prints below": lambda text: text + "\n【打印本页】 【关闭窗口】\n上一篇：某市部署明年工作\n下一篇：某县去年完成投资35亿元\n",
}


def told(extractor: Extractor, document: Document) -> set[tuple[object, ...]]:
    """What a document tells, wherever it stands there and however it is punctuated."""
    return told_of(extractor.extract(document))


def told_of(facts: Facts) -> set[tuple[object, ...]]:
    """The same, of facts that are found."""
    name = {entity.id: _bare(entity.name) for entity in facts.entities}
    return {
        *((entity.type, name[entity.id]) for entity in facts.entities),
        *((name[r.subject], r.predicate, name.get(r.object or "", r.value), r.date) for r in facts.relations),
        *((name.get(o.subject or ""), _bare(o.indicator), o.kind, o.value, _bare(o.unit), o.period) for o in facts.observations),
    }


def _bare(name: str) -> str:
    return _NOT_COMPARED.sub("", fold(name))
