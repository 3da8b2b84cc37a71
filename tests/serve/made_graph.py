"""Graph folders written from hand-made facts, for the tests of the server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from kg.graph.cache import FactsCache, pack_row
from kg.graph.generations import NextGeneration, locked
from kg.graph.manifest import DocumentRecord, FileRecord, Manifest, ordered
from kg.graph.quads import stored
from kg.graph.store import CACHE
from kg.graph.vocabulary import document_iri
from kg.model import Document, Entity, Facts, Mention, Observation, Relation, Sentence


@dataclass
class Draft:
    """A document whose facts are named by their quotes; offsets, sentences and mentions follow from the text."""

    id: str
    text: str
    title: str = ""
    date: str = "2021-07-15"
    entities: list[Entity] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)

    def __post_init__(self) -> None:
        ends = [found.end() for found in re.finditer(r"[。！？]|$", self.text)]
        starts = [0, *ends]
        self.sentences = tuple(
            Sentence(i, start, end) for i, (start, end) in enumerate(zip(starts, ends, strict=False)) if end > start
        )

    def _place(self, quote: str) -> tuple[int, int, int]:
        start = self.text.index(quote)
        return start, start + len(quote), next(s.index for s in self.sentences if s.start <= start < s.end)

    def thing(self, kind: str, name: str, *surfaces: str, key: str = "", code: str = "", scope: str = "") -> str:
        places = sorted({f.span() for form in (name, *surfaces) for f in re.finditer(re.escape(form), self.text)})
        mentions = []
        for start, end in places:
            sentence = next(s.index for s in self.sentences if s.start <= start < s.end)
            mentions.append(Mention(start, end, sentence, "made-up"))
        entity_id = f"e{len(self.entities) + 1}"
        self.entities.append(
            Entity(entity_id, kind, name, (name, *surfaces), tuple(mentions), key or name, scope, code, 0.9, "made-up")
        )
        return entity_id

    def fact(self, s: str, p: str, o: str | None, quote: str, *, value: str | None = None, date: str | None = None,
             confidence: float = 0.9) -> None:  # fmt: skip
        self.relations.append(Relation(s, p, o, *self._place(quote), "made-up", confidence, value=value, date=date))

    def figure(self, s: str | None, indicator: str, kind: str, value: str, unit: str, period: str | None, quote: str,
               quoted: str = "", *, confidence: float = 0.95, base: str = "", clues: tuple[str, ...] = (),
               responsible: tuple[str, ...] = ()) -> None:  # fmt: skip
        self.observations.append(
            Observation(
                s, indicator, kind, Decimal(value), unit, "=", period, *self._place(quote), "made-up", confidence, quoted,
                base=base, clues=clues, responsible=responsible,
            )
        )

    def pair(self) -> tuple[Document, Facts]:
        digest = hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()
        document = Document(
            id=self.id, stem=Path(self.id).stem, path=self.id, text=self.text, format="txt", sha256=digest, title=self.title,
            date=self.date, date_basis="filename", publisher="區融媒體中心",
        )  # fmt: skip
        facts = Facts(
            self.id, self.date, self.sentences, tuple(self.entities), tuple(self.relations), tuple(self.observations)
        )
        return document, facts


def write_graph(folder: Path, pairs: Sequence[tuple[Document, Facts]]) -> str:
    """A new generation with these documents, made live; its name."""
    folder.mkdir(parents=True, exist_ok=True)
    records = []
    with locked(folder):
        following = NextGeneration(folder, None)
        with FactsCache(folder / CACHE, write=True) as cache:
            for document, facts in pairs:
                key = hashlib.sha256(f"{document.id} {document.sha256}".encode()).hexdigest()
                cache.put([(key, pack_row(0, document, facts))])
                quads, triples = stored(document, facts)
                following.add(quads)
                counts = (triples, len(facts.sentences), sum(len(e.mentions) for e in facts.entities),
                          len(facts.entities), len(facts.relations), len(facts.observations), 0)  # fmt: skip
                record = DocumentRecord(document.id, document_iri(document.id), counts)
                size = len(document.text)
                records.append(
                    FileRecord(str(folder / document.id), document.id, size, 0, document.sha256, "", key, (record,))
                )
        return following.finish(Manifest(ordered(records), ontology="made-up", program="made-up"))


def district() -> list[tuple[Document, Facts]]:
    """Two short documents on one district, in both scripts, with figures."""
    a = Draft(
        "plan/a.txt",
        "錢塘區位於杭州市東部。錢塘區委提出實施“十四五”規劃。杭州地鐵8號線一期工程6月28日開通，設9座車站。"
        "上半年錢塘區地區生產總值1142.15億元，同比增長11%。錢塘的發展很快。",
        title="上半年工作報告",
    )
    area = a.thing("Area", "錢塘區", "錢塘", key="钱塘区", code="330114")
    city = a.thing("Area", "杭州市", key="杭州市", code="330100")
    committee = a.thing("Body", "錢塘區委", key="钱塘区委")
    plan = a.thing("Policy", "“十四五”規劃", key="“十四五”规划")
    line = a.thing("Project", "杭州地鐵8號線一期工程", key="杭州地铁8号线一期工程")
    a.fact(area, "partOf", city, "錢塘區位於杭州市")
    a.fact(committee, "governs", area, "錢塘區委")
    a.fact(committee, "implements", plan, "錢塘區委提出實施“十四五”規劃")
    a.fact(line, "locatedIn", area, "杭州地鐵8號線一期工程", confidence=0.5)
    a.fact(line, "hasStatus", None, "杭州地鐵8號線一期工程6月28日開通", value="operating", date="2021-06-28")
    a.figure(
        area,
        "地區生產總值",
        "level",
        "114215000000",
        "CNY",
        "2021-01-01/2021-06-30",
        "地區生產總值1142.15億元",
        "1142.15億元",
    )
    a.figure(area, "地區生產總值", "growth", "11", "%", "2021-01-01/2021-06-30", "同比增長11%", "11%", confidence=0.6, base="同比",
             clues=("text-report", "subject-area", "period-sentence", "indicator-listed", "of-Area"))  # fmt: skip
    a.figure(line, "車站數", "level", "9", "座", None, "設9座車站", "9座")
    b = Draft(
        "plan/b.txt", "钱塘区推进杭州地铁8号线一期工程建设，线路连接下沙。重庆市与杭州地铁集团合作。<script>alert(1)</script>公司成立。",
        title="=HYPERLINK(1) 建设简报", date="2020-03-02",
    )  # fmt: skip
    area_b = b.thing("Area", "钱塘区", key="钱塘区", code="330114")
    line_b = b.thing("Project", "杭州地铁8号线一期工程", key="杭州地铁8号线一期工程")
    xiasha = b.thing("Area", "下沙", key="下沙")
    chongqing = b.thing("Area", "重庆市", key="重庆市", code="500000")
    group = b.thing("Body", "杭州地铁集团", key="杭州地铁集团")
    b.thing("Body", "<script>alert(1)</script>公司", key="<script>alert(1)</script>公司")
    b.fact(area_b, "undertakes", line_b, "钱塘区推进杭州地铁8号线一期工程建设", confidence=0.8)
    b.fact(line_b, "connects", xiasha, "线路连接下沙")
    b.fact(chongqing, "cooperatesWith", group, "重庆市与杭州地铁集团合作")
    return [a.pair(), b.pair()]


def plan_of_work() -> list[tuple[Document, Facts]]:
    """One target of a district, with a bureau and an office that answer for it, and one that nobody answers for."""
    plan = Draft("plan.txt", "财政收入增长5%以上。（责任单位：财政局、税务处）新增就业2000人。钱塘区。", title="重点工作责任分解")
    area = plan.thing("Area", "钱塘区", code="330114")
    bureau, office = plan.thing("Body", "财政局"), plan.thing("Body", "税务处")
    plan.fact(bureau, "governs", area, "财政局")
    plan.figure(area, "财政收入", "target", "5", "%", "2025", "财政收入增长5%以上", "5%", responsible=(office, bureau))
    plan.figure(area, "新增就业", "target", "2000", "人", "2025", "新增就业2000人", "2000人")
    return [plan.pair()]
