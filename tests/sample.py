"""Two small documents with facts written by hand, for tests of everything that comes after extraction."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.model import Attribute, Document, Entity, Facts, Mention, Observation, Relation, Sentence
from kg.text.fold import fold


@dataclass
class Draft:
    """Facts of one document in the making; spans are found by searching the text."""

    document: Document
    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.relations: list[Relation] = []
        self.observations: list[Observation] = []
        self.attributes: list[Attribute] = []

    def _span(self, quote: str) -> tuple[int, int, int]:
        start = self.document.text.index(quote)
        sentence = next(s.index for s in self.sentences if s.start <= start < s.end)
        return start, start + len(quote), sentence

    def entity(self, kind: str, name: str, *short: str, code: str = "", key: str = "") -> str:
        identifier = f"e{len(self.entities) + 1}"
        mentions = tuple(Mention(*self._span(surface), "test-entity") for surface in (name, *short))
        scoped = kind in ("Event", "Policy")
        self.entities[identifier] = Entity(
            identifier, kind, name, (name, *short), mentions, key or fold(name), self.document.id if scoped else "", code, 0.95,
            "test-entity",
        )  # fmt: skip
        return identifier

    def relation(self, subject: str, predicate: str, target: str | None, quote: str, confidence: float = 0.9, **more: str) -> None:
        start, end, sentence = self._span(quote)
        self.relations.append(
            Relation(subject, predicate, target, start, end, sentence, f"test-{predicate}", confidence, **more)  # type: ignore[arg-type]
        )

    def figure(
        self, subject: str, indicator: str, kind: str, value: str, unit: str, period: str, quote: str, bound: str = "="
    ) -> None:
        start, end, sentence = self._span(quote)
        self.observations.append(
            Observation(subject, indicator, kind, Decimal(value), unit, bound, period, start, end, sentence, "test-figure", 0.8)
        )

    def attribute(self, subject: str, name: str, quote: str, value: str | None = None, target: str | None = None) -> None:
        start, end, sentence = self._span(quote)
        self.attributes.append(Attribute(subject, name, value, target, start, end, sentence, "test-attribute", 0.9))

    def done(self) -> tuple[Document, Facts]:
        facts = Facts(
            self.document.id, self.document.date, self.sentences, tuple(self.entities.values()), tuple(self.relations),
            tuple(self.observations), tuple(self.attributes),
        )  # fmt: skip
        return self.document, facts


def draft(identifier: str, text: str, date: str) -> Draft:
    """A document whose sentences are its lines."""
    stem = identifier.rpartition("/")[2].partition(".")[0]
    document = Document(
        id=identifier, stem=stem, path=identifier, text=text, format="txt", sha256="0" * 64, title=text.split("\n")[0], date=date
    )
    sentences, start = [], 0
    for line in text.split("\n"):
        if line:
            sentences.append(Sentence(len(sentences), start, start + len(line)))
        start += len(line) + 1
    return Draft(document, tuple(sentences))


PLENARY = """杭州市錢塘區召開全會
錢塘區委召開第二次全體會議,全會提出重抓平臺,並通過《共富方案》。
7月1日,錢塘大道開通,運河碼頭加快建設。
錢塘區構建組織體系、政策體系等兩大體系,獲評整潔示範區。
上半年錢塘區生產總值增長11%,2021年目標為增長8%以上,全年增長9.5%。
錢塘新區於2021年4月升格為錢塘區。
"""
NOTICE = """钱塘区公园管理办法
《公园管理办法》自2021年6月1日起施行,有效期至2023年5月31日,根据《城市绿化条例》制定。
钱塘区由杭州市园林局指导,王明任局长。
"""


def plenary() -> tuple[Document, Facts]:
    """錢塘區 in Traditional script."""
    d = draft("corpus/plenary.txt", PLENARY, "2021-07-15")
    area = d.entity("Area", "錢塘區", "錢塘", code="330114")
    city = d.entity("Area", "杭州市", code="330100")
    zone = d.entity("Area", "錢塘新區")
    body = d.entity("Body", "錢塘區委")
    event = d.entity("Event", "第二次全體會議", "全會")
    platform, plan = d.entity("Policy", "重抓平臺"), d.entity("Policy", "共富方案")
    systems = d.entity("Policy", "兩大體系")
    parts = [d.entity("Policy", "組織體系"), d.entity("Policy", "政策體系")]
    honor = d.entity("Honor", "整潔示範區")
    road, quay = d.entity("Project", "錢塘大道"), d.entity("Project", "運河碼頭")
    d.relation(area, "partOf", city, "杭州市錢塘區")
    d.relation(body, "governs", area, "錢塘區委")
    d.relation(body, "convenes", event, "錢塘區委召開第二次全體會議", date="2021-07-14")
    d.relation(event, "issues", platform, "全會提出重抓平臺")
    d.relation(event, "issues", plan, "通過《共富方案》", 0.6)
    d.relation(road, "hasStatus", None, "錢塘大道開通", value="operating", date="2021-07-01")
    d.relation(quay, "hasStatus", None, "運河碼頭加快建設", value="underway")
    for project in (road, quay):
        d.relation(project, "locatedIn", area, "錢塘大道開通")
    d.relation(area, "undertakes", quay, "運河碼頭加快建設")
    for part in parts:
        d.relation(systems, "comprises", part, "組織體系、政策體系等兩大體系")
    d.relation(area, "implements", systems, "錢塘區構建組織體系、政策體系等兩大體系")
    d.relation(area, "awarded", honor, "獲評整潔示範區")
    d.relation(zone, "succeededBy", area, "錢塘新區於2021年4月升格為錢塘區", date="2021-04")
    half, year = "2021-01-01/2021-06-30", "2021"
    d.figure(area, "生產總值", "growth", "11", "%", half, "生產總值增長11%")
    d.figure(area, "生產總值", "target", "8", "%", year, "2021年目標為增長8%以上", ">")
    d.figure(area, "生產總值", "growth", "9.5", "%", year, "全年增長9.5%")
    return d.done()


def notice() -> tuple[Document, Facts]:
    """钱塘区 in Simplified script, with a policy's dates."""
    d = draft("corpus/notice.txt", NOTICE, "2021-05-20")
    rule, law = d.entity("Policy", "公园管理办法"), d.entity("Policy", "城市绿化条例")
    area = d.entity("Area", "钱塘区", code="330114")
    bureau, person = d.entity("Body", "杭州市园林局"), d.entity("Person", "王明")
    d.attribute(rule, "effectiveFrom", "自2021年6月1日起施行", "2021-06-01")
    d.attribute(rule, "effectiveUntil", "有效期至2023年5月31日", "2023-05-31")
    d.attribute(rule, "basedOn", "根据《城市绿化条例》制定", target=law)
    d.relation(rule, "targets", area, "公园管理办法")
    d.relation(person, "holdsPost", bureau, "王明任局长", value="局长")
    d.relation(bureau, "cooperatesWith", area, "钱塘区由杭州市园林局指导")
    return d.done()


def documents() -> list[tuple[Document, Facts]]:
    return [plenary(), notice()]
