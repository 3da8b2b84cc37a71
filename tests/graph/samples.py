"""A small document with facts of every kind, written by hand, for the tests of the graph."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kg.model import Antecedent, Attribute, Document, Entity, Facts, Mention, Observation, Relation, Sentence

TEXT = (
    "杭州市錢塘區印發《製造業行動計劃》（錢政發〔2021〕3號）。6月28日，地鐵8號線開通。"
    "上半年錢塘區地區生產總值1142.15億元，同比增長11%左右，增速居全市第一。王某任區長。"
)
_ENDS = [i + 1 for i, char in enumerate(TEXT) if char == "。"]
SENTENCES = tuple(Sentence(i, start, end) for i, (start, end) in enumerate(zip([0, *_ENDS], _ENDS, strict=False)))


def document(name: str = "news/a.txt", text: str = TEXT, date: str | None = "2021-07-15") -> Document:
    return Document(
        id=name, stem=name, path=name, text=text, format="txt", sha256="ab" * 32, title="錢塘區半年報", date=date,
        date_basis="filename", publisher="錢塘發布", url="https://example.org/a?b=c d",
    )  # fmt: skip


def _at(quote: str, nth: int = 0) -> tuple[int, int, int]:
    """Start, end and sentence of a quote."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return start, start + len(quote), sum(end <= start for end in _ENDS)


def _entity(id: str, type: str, name: str, *, key: str, scope: str = "", code: str = "") -> Entity:
    start, end, sentence = _at(name)
    return Entity(id, type, name, (name,), (Mention(start, end, sentence, "table"),), key, scope, code, 0.9, "table")


def facts(name: str = "news/a.txt") -> Facts:
    district = _entity("e1", "Area", "錢塘區", key="钱塘区", code="330114")
    name_at, city_at = district.mentions[0], _at("全市")
    meant = Mention(*city_at, "ref-city", "ref-city", Antecedent(name_at.start, name_at.end, city_at[2] - name_at.sentence))
    district = replace(district, surfaces=("錢塘區", "全市"), mentions=(name_at, meant))
    entities = (
        district,
        _entity("e2", "Area", "杭州市", key="杭州市", code="330100"),
        _entity("e3", "Policy", "製造業行動計劃", key="制造业行动计划", scope="330114"),
        _entity("e4", "Project", "地鐵8號線", key="地铁8号线", scope="330100"),
        _entity("e5", "Person", "王某", key="王某", scope=name),
    )
    quote = _at("杭州市錢塘區")
    relations = (
        Relation("e1", "partOf", "e2", *quote, "area-chain", 0.97),
        Relation("e1", "partOf", "e2", 0, 0, 0, "gazetteer", 1.0, basis="authority"),
        Relation("e1", "issues", "e3", *_at("錢塘區印發《製造業行動計劃》"), "issue-verb", 0.9),
        Relation("e4", "hasStatus", None, *_at("地鐵8號線開通"), "status", 0.85, value="operating", date="2021-06-28"),
        Relation("e5", "holdsPost", "e1", *_at("王某任區長"), "post", 0.8, value="區長"),
    )
    observations = (
        Observation(
            "e1", "地區生產總值", "level", Decimal(114215000000), "CNY", "=", "2021-01-01/2021-06-30",
            *_at("地區生產總值1142.15億元"), "level", 0.95, "1142.15億元", "stated",
        ),
        Observation(
            "e1", "地區生產總值", "growth", Decimal("11.0"), "%", "~", "2021-01-01/2021-06-30", *_at("同比增長11%左右"),
            "growth", 0.9, "11%", "stated", "同比",
        ),
        Observation(None, "增速", "rank", Decimal(1), "", "=", None, *_at("居全市第一"), "rank", 0.7, "第一", scope="全市", clues=("text-report", "subject-none")),
    )  # fmt: skip
    attributes = (
        Attribute("e3", "documentNumber", "錢政發〔2021〕3號", None, *_at("錢政發〔2021〕3號"), "number", 0.99),
    )
    return Facts(name, "2021-07-15", SENTENCES, entities, relations, observations, attributes)
