"""Small and large graphs made up for the tests of the page, in the RDF shape of docs/design.md."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph.store import GraphView

KGO, KGR = "https://w3id.org/kgo/ns#", "https://w3id.org/kgo/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS, SKOS = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"
DCTERMS, PROV = "http://purl.org/dc/terms/", "http://www.w3.org/ns/prov#"
QB, XSD = "http://purl.org/linked-data/cube#", "http://www.w3.org/2001/XMLSchema#"


def iri(letter: str, *parts: object) -> NamedNode:
    digest = hashlib.sha256("".join(f"{len(str(p))}:{p}" for p in parts).encode()).hexdigest()
    return NamedNode(f"{KGR}{letter}-{digest[:20]}")


def _is_evidence(quad: Quad) -> bool:
    """Whether it stands in the default graph alone: see kg/graph/layout.py."""
    return (
        quad.subject.value.startswith((KGR + "s-", KGR + "t-", KGR + "o-"))
        or quad.predicate.value == KGO + "mentionedIn"
    )


@dataclass
class GraphMaker:
    """Gathers quads."""

    quads: list[Quad] = field(default_factory=list)
    _store: Store | None = None

    @property
    def store(self) -> Store:
        if self._store is None:
            self._store = Store()
            self._store.bulk_extend(quad for quad in self.quads if not _is_evidence(quad))
            self._store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in self.quads)
        return self._store

    @property
    def view(self) -> GraphView:
        """The graph as if it had been opened."""
        return GraphView(Path(), "000001", self.store)

    def add(self, s: NamedNode, p: str, o: NamedNode | Literal, graph: NamedNode) -> None:
        self.quads.append(Quad(s, NamedNode(p), o, graph))

    def document(
        self, name: str, *, title: str = "", date: str = "", publisher: str = "", source: str = ""
    ) -> NamedNode:
        document = iri("d", name)
        self.add(document, RDF + "type", NamedNode(KGO + "Document"), document)
        self.add(document, DCTERMS + "identifier", Literal(name), document)
        for key, value in (("title", title), ("date", date), ("publisher", publisher), ("source", source)):
            if value:
                self.add(document, DCTERMS + key, Literal(value), document)
        return document

    def sentence(self, document: NamedNode, text: str, start: int = 0) -> NamedNode:
        sentence = iri("t", document.value, start, start + len(text))
        self.add(sentence, RDF + "type", NamedNode(KGO + "Sentence"), document)
        self.add(sentence, KGO + "text", Literal(text), document)
        for key, value in (("start", start), ("end", start + len(text))):
            self.add(sentence, KGO + key, Literal(value), document)
        self.add(sentence, DCTERMS + "isPartOf", document, document)
        return sentence

    def thing(self, kind: str, name: str, document: NamedNode, *, key: str = "", code: str = "", also: tuple[str, ...] = (),
              sentences: tuple[NamedNode, ...] = ()) -> NamedNode:  # fmt: skip
        node = NamedNode(f"{KGR}area-{code}") if code else iri("e", kind, key or name)
        self.add(node, RDF + "type", NamedNode(KGO + kind), document)
        self.add(node, SKOS + "prefLabel", Literal(key or name, language="zh-Hans"), document)
        self.add(node, RDFS + "label", Literal(name, language="zh"), document)
        for other in also:
            self.add(node, SKOS + "altLabel", Literal(other, language="zh"), document)
        for sentence in sentences:
            self.add(node, KGO + "mentionedIn", sentence, document)
        return node

    def fact(self, s: NamedNode, p: str, o: NamedNode | Literal, document: NamedNode, sentence: NamedNode, quote: str,
             *, start: int = 0, date: str = "", confidence: str = "0.9", value: str = "") -> NamedNode:  # fmt: skip
        self.add(s, KGO + p, o, document)
        statement = iri("s", document.value, s.value, p, o.value, value, start, start + len(quote))
        self.add(statement, RDF + "type", NamedNode(KGO + "Statement"), document)
        self.add(statement, RDF + "subject", s, document)
        self.add(statement, RDF + "predicate", NamedNode(KGO + p), document)
        self.add(statement, RDF + "object", o, document)
        self.add(statement, KGO + "statedIn", document, document)
        if date:
            self.add(statement, KGO + "date", Literal(date), document)
        if value:
            self.add(statement, KGO + "value", Literal(value), document)
        self._evidence(statement, document, sentence, quote, start, confidence)
        self.add(statement, KGO + "basis", Literal("text"), document)
        return statement

    def _evidence(
        self, node: NamedNode, document: NamedNode, sentence: NamedNode, quote: str, start: int, confidence: str
    ) -> None:
        self.add(node, PROV + "wasDerivedFrom", sentence, document)
        self.add(node, KGO + "start", Literal(start), document)
        self.add(node, KGO + "end", Literal(start + len(quote)), document)
        self.add(node, KGO + "quote", Literal(quote), document)
        self.add(node, KGO + "rule", NamedNode(KGR + "rule-made-up"), document)
        self.add(node, KGO + "confidence", Literal(confidence, datatype=NamedNode(XSD + "decimal")), document)

    def figure(self, s: NamedNode, indicator: str, value: str, unit: str, period: str, document: NamedNode,
               sentence: NamedNode, quote: str, *, start: int = 0, kind: str = "level", bound: str = "exact",
               confidence: str = "0.95", base: str = "", clues: str = "",
               responsible: tuple[NamedNode, ...] = ()) -> None:  # fmt: skip
        node = iri("o", document.value, s.value, indicator, value, period, start)
        self.add(node, RDF + "type", NamedNode(QB + "Observation"), document)
        self.add(node, KGO + "subject", s, document)
        about = iri("i", indicator)
        self.add(about, RDF + "type", NamedNode(KGO + "Indicator"), document)
        self.add(about, SKOS + "prefLabel", Literal(indicator, language="zh-Hans"), document)
        self.add(node, KGO + "indicator", about, document)
        self.add(node, KGO + "indicatorText", Literal(indicator, language="zh"), document)
        self.add(node, KGO + "kind", NamedNode(f"{KGO}kind-{kind}"), document)
        self.add(node, KGO + "value", Literal(value, datatype=NamedNode(XSD + "decimal")), document)
        self.add(node, KGO + "unit", NamedNode(f"{KGR}unit-{unit}"), document)
        self.add(node, KGO + "bound", NamedNode(f"{KGO}bound-{bound}"), document)
        self.add(node, KGO + "period", Literal(period), document)
        self.add(node, KGO + "quoted", Literal(quote), document)
        for key, value_ in (("base", base), ("clues", clues)):
            if value_:
                self.add(node, KGO + key, Literal(value_), document)
        for who in responsible:
            self.add(node, KGO + "responsible", who, document)
        self._evidence(node, document, sentence, quote, start, confidence)


def district() -> GraphMaker:
    """A few documents about one district and a metro line, in both scripts, with figures over three years."""
    maker = GraphMaker()
    a = maker.document("plan/a.txt", title="上半年工作報告", date="2021-07-15", publisher="區融媒體中心",
                       source="https://example.org/a")  # fmt: skip
    b = maker.document("plan/b.txt", title="地铁建设简报", date="2020-03-02")
    text_a = "錢塘區位於杭州市東部，錢塘區委提出實施“十四五”規劃，杭州地鐵8號線一期工程6月28日開通。"
    text_b = "钱塘区推进杭州地铁8号线一期工程建设，线路连接下沙，由杭州地铁集团承建。"
    sa, sb = maker.sentence(a, text_a, 10), maker.sentence(b, text_b, 0)
    qiantang = maker.thing("Area", "錢塘區", a, key="钱塘区", code="330114", also=("錢塘",), sentences=(sa,))
    maker.thing("Area", "钱塘区", b, key="钱塘区", code="330114", sentences=(sb,))
    hangzhou = maker.thing("Area", "杭州市", a, code="330100", sentences=(sa,))
    committee = maker.thing("Body", "錢塘區委", a, key="钱塘区委", sentences=(sa,))
    plan = maker.thing("Policy", "“十四五”規劃", a, key="“十四五”规划", sentences=(sa,))
    line = maker.thing("Project", "杭州地鐵8號線一期工程", a, key="杭州地铁8号线一期工程", sentences=(sa,))
    maker.thing("Project", "杭州地铁8号线一期工程", b, key="杭州地铁8号线一期工程", sentences=(sb,))
    xiasha = maker.thing("Area", "下沙", b, sentences=(sb,))
    group = maker.thing("Body", "杭州地铁集团", b, sentences=(sb,))
    meeting = maker.thing("Event", "一屆二次全會", a, key="一届二次全会", sentences=(sa,))
    honor = maker.thing("Honor", "整潔示範區", a, key="整洁示范区", sentences=(sa,))
    person = maker.thing("Person", "張三", a, key="张三", sentences=(sa,))

    def at(text: str, quote: str, begin: int) -> int:
        return begin + text.index(quote)

    def fact_a(
        s: NamedNode, p: str, o: NamedNode | Literal, quote: str, date: str = "", confidence: str = "0.9"
    ) -> None:
        maker.fact(s, p, o, a, sa, quote, start=at(text_a, quote, 10), date=date, confidence=confidence)

    def fact_b(s: NamedNode, p: str, o: NamedNode | Literal, quote: str, confidence: str = "0.8") -> None:
        maker.fact(s, p, o, b, sb, quote, start=at(text_b, quote, 0), confidence=confidence)

    fact_a(qiantang, "partOf", hangzhou, "錢塘區位於杭州市")
    fact_a(committee, "governs", qiantang, "錢塘區委")
    fact_a(committee, "implements", plan, "錢塘區委提出實施“十四五”規劃")
    fact_a(line, "locatedIn", qiantang, "杭州地鐵8號線一期工程", confidence="0.5")
    fact_a(
        line, "hasStatus", NamedNode(KGO + "status-operating"), "杭州地鐵8號線一期工程6月28日開通", date="2021-06-28"
    )
    fact_a(committee, "convenes", meeting, "錢塘區委", date="2021-07-10")
    fact_a(qiantang, "awarded", honor, "錢塘區")
    maker.fact(person, "holdsPost", committee, a, sa, "錢塘區委", start=at(text_a, "錢塘區委", 10), value="書記")
    fact_b(qiantang, "undertakes", line, "钱塘区推进杭州地铁8号线一期工程建设")
    fact_b(line, "connects", xiasha, "线路连接下沙")
    fact_b(group, "undertakes", line, "由杭州地铁集团承建", confidence="0.95")
    for year, value in (("2019", "98500000000"), ("2020", "105000000000"), ("2021", "114215000000")):
        maker.figure(qiantang, "地區生產總值", value, "CNY", year, a, sa, "錢塘區", start=at(text_a, "錢塘區", 10))
    maker.figure(qiantang, "地區生產總值", "11", "percent", "2021-01-01/2021-06-30", a, sa, "錢塘區",
                 start=at(text_a, "錢塘區", 10), kind="growth", bound="about", confidence="0.6", base="比上年",
                 clues="text-other subject-clause period-sentence indicator-listed of-Area")  # fmt: skip
    return maker


def plan_of_work() -> GraphMaker:
    """One target of a district, with a bureau and an office that answer for it, and one that nobody answers for."""
    maker = GraphMaker()
    plan = maker.document("plan.txt", title="重点工作责任分解", date="2025-02-10")
    text = "财政收入增长5%以上（责任单位：财政局、税务处）。"
    sentence, other = maker.sentence(plan, text), maker.sentence(plan, "新增就业2000人。", len(text))
    area = maker.thing("Area", "钱塘区", plan, code="330114", sentences=(sentence,))
    bureau, office = (maker.thing("Body", name, plan, sentences=(sentence,)) for name in ("财政局", "税务处"))
    maker.fact(bureau, "governs", area, plan, sentence, "财政局", start=text.index("财政局"))
    maker.figure(area, "财政收入", "5", "percent", "2025", plan, sentence, "财政收入增长5%以上", kind="target", bound="above", responsible=(office, bureau))
    maker.figure(area, "新增就业", "2000", "人", "2025", plan, other, "新增就业2000人", start=len(text), kind="target")
    return maker


_SYLLABLES = "东西南北江湖山海安宁平和兴隆新城高桥长河金银铜石云龙凤林泉溪港湾"
_ENDINGS = {"Area": ("区", "县", "镇"), "Body": ("局", "集团", "大学"), "Project": ("工程", "快速路", "水库"),
            "Policy": ("规划", "行动计划", "条例"), "Event": ("大会", "论坛"), "Honor": ("示范区", "奖"), "Person": ("",)}  # fmt: skip
_PREDICATES = ("partOf", "locatedIn", "governs", "implements", "undertakes", "issues", "connects", "awarded", "targets")


def large(things: int, links: int, seed: int = 7) -> GraphMaker:
    """A made-up graph of the given size with hubs, as real ones have; each fact has a sentence of its own."""
    chance = random.Random(seed)
    maker = GraphMaker()
    documents = [
        maker.document(f"made/{i}.txt", title=f"第{i}号文件", date=f"{2015 + i % 8}-{1 + i % 12:02}-11")
        for i in range(60)
    ]
    kinds = list(_ENDINGS)
    nodes, names = [], []
    for i in range(things):
        kind = kinds[min(int(chance.expovariate(0.45)), len(kinds) - 1)]
        name = "".join(chance.choices(_SYLLABLES, k=3)) + str(i) + chance.choice(_ENDINGS[kind])
        nodes.append(maker.thing(kind, name, documents[i % 60]))
        names.append(name)
    starts = [0] * 60
    for i in range(links):
        s = chance.randrange(1, things) if i >= things - 1 else i + 1
        o = min(int(s * chance.random() ** 2.2), s - 1)
        place = i % 60
        predicate = chance.choice(_PREDICATES)
        text = f"据介绍，{names[s]}与{names[o]}有关，双方将在今后一段时间内继续推进各项重点任务落地见效，这是第{i}句。"
        sentence = maker.sentence(documents[place], text, starts[place])
        quote = f"{names[s]}与{names[o]}有关"
        date = f"{2012 + i % 11}-{1 + i % 12:02}" if i % 3 == 0 else ""
        maker.fact(nodes[s], predicate, nodes[o], documents[place], sentence, quote, start=starts[place] + 4,
                   date=date, confidence=f"0.{chance.randrange(40, 99)}")  # fmt: skip
        starts[place] += len(text)
    return maker
