"""A made-up graph folder of any size, with hubs as real ones have: python benchmarks/large_graph.py FOLDER [FACTS]

Documents are written through the same code as those of a build, so that the store and the cache are as they are in use.
A fact is a relation or a figure; the share of figures, the names and the lengths follow what reports and news give.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from kg.graph.cache import CacheRow, FactsCache, pack_row
from kg.graph.generations import NextGeneration, locked
from kg.graph.manifest import DocumentRecord, FileRecord, Manifest, ordered
from kg.graph.quads import nquads
from kg.graph.store import CACHE
from kg.graph.vocabulary import document_iri
from kg.model import Document, Entity, Facts, Mention, Observation, Relation, Sentence

FACTS_A_DOCUMENT = 50
_FIGURES = 0.3
_SYLLABLES = "东西南北江湖山海安宁平和兴隆新城高桥长河金银铜石云龙凤林泉溪港湾永春泰德庆阳"
_KINDS = {
    "Area": ("区", "县", "镇", "街道"), "Body": ("局", "集团", "大学", "委员会"), "Project": ("工程", "快速路", "水库"),
    "Policy": ("规划", "行动计划", "条例"), "Event": ("大会", "论坛"), "Honor": ("示范区", "奖"), "Person": ("",),
}  # fmt: skip
_PREDICATES = ("partOf", "locatedIn", "governs", "implements", "undertakes", "issues", "connects", "awarded", "targets")
_INDICATORS = tuple(f"{a}{b}" for a in ("地区生产总值", "工业增加值", "财政收入", "进出口总额", "固定资产投资", "居民收入")
                    for b in ("", "增速", "占比", "目标"))  # fmt: skip


def documents(facts: int, seed: int = 7) -> Iterator[tuple[Document, Facts]]:
    """Documents with about FACTS_A_DOCUMENT facts each. There is one thing for every six facts; the first are hubs."""
    chance = random.Random(seed)
    things = max(40, facts // 6)
    kinds = list(_KINDS)
    weights = (30, 22, 18, 14, 6, 4, 6)
    names: dict[int, tuple[str, str]] = {}

    def thing(number: int) -> tuple[str, str]:
        if number not in names:
            own = random.Random(number)
            kind = own.choices(kinds, weights)[0]
            names[number] = (kind, "".join(own.choices(_SYLLABLES, k=own.randint(2, 5))) + own.choice(_KINDS[kind]))
        return names[number]

    for d in range(max(1, facts // FACTS_A_DOCUMENT)):
        yield _document(d, chance, things, thing)


def _document(
    d: int, chance: random.Random, things: int, thing: Callable[[int], tuple[str, str]]
) -> tuple[Document, Facts]:
    text: list[str] = []
    length = 0
    sentences: list[Sentence] = []
    mentions: dict[int, list[Mention]] = {}
    relations, observations = [], []
    for n in range(FACTS_A_DOCUMENT):
        # Squared chance makes hubs: the first hundred things take part in a tenth of all facts.
        a, b = (int(things * chance.random() ** 2.2) for _ in range(2))
        if chance.random() < _FIGURES:
            indicator, amount = chance.choice(_INDICATORS), chance.randint(1, 99999)
            year = 2010 + (d + n) % 15
            quote = f"{indicator}{amount}万元"
            sentence = f"{year}年，{thing(a)[1]}{quote}，比上年有所提高，继续保持平稳增长的态势。"
            start = length + sentence.index(quote)
            observations.append(
                Observation(f"e{a}", indicator, "level", Decimal(amount) * 10000, "CNY", "=", str(year), start,
                            start + len(quote), n, "made-up", 0.9, f"{amount}万元", "stated")
            )  # fmt: skip
            ends = [(a, 6)]
        else:
            quote = f"{thing(a)[1]}与{thing(b)[1]}"
            sentence = f"据介绍，{quote}有关，双方将在今后一段时间内继续推进各项重点任务落地见效。"
            start = length + 4
            date = f"{2010 + (d + n) % 15}-{1 + n % 12:02}" if n % 3 == 0 else None
            if a != b:
                relations.append(
                    Relation(f"e{a}", _PREDICATES[(a + b) % 9], f"e{b}", start, start + len(quote), n, "made-up",
                             round(chance.uniform(0.4, 0.99), 2), date=date)
                )  # fmt: skip
            ends = [(a, 4), (b, 5 + len(thing(a)[1]))]
        for number, offset in ends:
            begin = length + offset
            mentions.setdefault(number, []).append(Mention(begin, begin + len(thing(number)[1]), n, "made-up"))
        sentences.append(Sentence(n, length, length + len(sentence)))
        text.append(sentence)
        length += len(sentence)
    entities = []
    for number, found in mentions.items():
        kind, name = thing(number)
        scope = str(number)  # so that two things of one name stay two
        entities.append(Entity(f"e{number}", kind, name, (name,), tuple(found), name, scope, "", 0.9, "made-up"))
    whole = "".join(text)
    name = f"made/{d:06}.txt"
    date = f"{2010 + d % 15}-{1 + d % 12:02}-11"
    document = Document(
        id=name, stem=f"{d:06}", path=name, text=whole, format="txt", sha256=hashlib.sha256(whole.encode()).hexdigest(),
        title=f"第{d}号文件", date=date, date_basis="filename", publisher="办公室",
    )  # fmt: skip
    return document, Facts(name, date, tuple(sentences), tuple(entities), tuple(relations), tuple(observations))


def write(folder: Path, facts: int) -> None:
    """A graph folder with about so many facts."""
    folder.mkdir(parents=True, exist_ok=True)
    records: list[FileRecord] = []
    batch: list[tuple[str, CacheRow]] = []
    with locked(folder), FactsCache(folder / CACHE, write=True) as cache:
        following = NextGeneration(folder, None)
        for document, found in documents(facts):
            quads = nquads(document, found)
            following.add(quads)
            batch.append((document.sha256, pack_row(0, document, found)))
            counts = (quads.count(b"\n"), len(found.sentences), 0, len(found.entities), len(found.relations),
                      len(found.observations), 0)  # fmt: skip
            record = DocumentRecord(document.id, document_iri(document.id), counts)
            records.append(
                FileRecord(
                    document.id, document.id, len(document.text), 0, document.sha256, "", document.sha256, (record,)
                )
            )
            if len(batch) == 500:
                cache.put(batch)
                batch.clear()
        cache.put(batch)
        following.finish(Manifest(ordered(records), ontology="made-up", program="made-up"))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
