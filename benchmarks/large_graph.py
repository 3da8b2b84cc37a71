"""A made-up graph folder of any size, with hubs as real ones have: python benchmarks/large_graph.py FOLDER [FACTS]

Documents are written through the same code as those of a build, so that the store and the cache are as they are in use.
They are made and written out as N-Quads by several processes, each from a seed of its own, while this one loads them: a
million facts are 29 million quads in named graphs, which took 12 minutes of processor time in all, most of it the store's.
A fact is a relation or a figure; the share of figures, the names and the lengths follow what reports and news give.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path

from kg.graph.cache import CacheRow, FactsCache, pack_row
from kg.graph.generations import NextGeneration, locked
from kg.graph.manifest import DocumentRecord, FileRecord, Manifest, ordered
from kg.graph.quads import stored
from kg.graph.store import CACHE
from kg.graph.vocabulary import document_iri
from kg.model import Document, Entity, Facts, Mention, Observation, Relation, Sentence

FACTS_A_DOCUMENT = 50
_STRETCH = 400  # documents that a process makes at a time: 100 MB of N-Quads
_FIGURES = 0.3
_SYLLABLES = "东西南北江湖山海安宁平和兴隆新城高桥长河金银铜石云龙凤林泉溪港湾永春泰德庆阳"
_KINDS = {
    "Area": ("区", "县", "镇", "街道"), "Body": ("局", "集团", "大学", "委员会"), "Project": ("工程", "快速路", "水库"),
    "Policy": ("规划", "行动计划", "条例"), "Event": ("大会", "论坛"), "Honor": ("示范区", "奖"), "Person": ("",),
}  # fmt: skip
_PREDICATES = ("partOf", "locatedIn", "governs", "implements", "undertakes", "issues", "connects", "awarded", "targets")
_INDICATORS = tuple(f"{a}{b}" for a in ("地区生产总值", "工业增加值", "财政收入", "进出口总额", "固定资产投资", "居民收入")
                    for b in ("", "增速", "占比", "目标"))  # fmt: skip


def documents(facts: int, numbers: range | None = None) -> Iterator[tuple[Document, Facts]]:
    """Documents with about FACTS_A_DOCUMENT facts each, all or those of these numbers. There is one thing for every six
    facts; the first are hubs."""
    for d in numbers if numbers is not None else range(how_many(facts)):
        yield _document(d, max(40, facts // 6))


def how_many(facts: int) -> int:
    """The number of documents for so many facts."""
    return max(1, facts // FACTS_A_DOCUMENT)


@lru_cache(maxsize=500_000)
def thing(number: int) -> tuple[str, str]:
    """Class and name of a thing."""
    own = random.Random(number)
    kind = own.choices(list(_KINDS), (30, 22, 18, 14, 6, 4, 6))[0]
    return kind, "".join(own.choices(_SYLLABLES, k=own.randint(2, 5))) + own.choice(_KINDS[kind])


def _document(d: int, things: int) -> tuple[Document, Facts]:
    chance = random.Random(f"document {d}")
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


def _written(facts: int, numbers: range) -> tuple[bytes, list[tuple[str, CacheRow]], list[FileRecord]]:
    """N-Quads, cache rows and records of a stretch of documents."""
    quads: list[bytes] = []
    rows: list[tuple[str, CacheRow]] = []
    records: list[FileRecord] = []
    for document, found in documents(facts, numbers):
        own, triples = stored(document, found)
        quads.append(own)
        rows.append((document.sha256, pack_row(0, document, found)))
        counts = (triples, len(found.sentences), 0, len(found.entities), len(found.relations),
                  len(found.observations), 0)  # fmt: skip
        record = DocumentRecord(document.id, document_iri(document.id), counts)
        records.append(
            FileRecord(document.id, document.id, len(document.text), 0, document.sha256, "", document.sha256, (record,))
        )
    return b"".join(quads), rows, records


def write(folder: Path, facts: int) -> None:
    """A graph folder with about so many facts; the same facts whatever the number of processes."""
    folder.mkdir(parents=True, exist_ok=True)
    records: list[FileRecord] = []
    total = how_many(facts)
    stretches = [range(first, min(first + _STRETCH, total)) for first in range(0, total, _STRETCH)]
    with (
        locked(folder),
        FactsCache(folder / CACHE, write=True) as cache,
        multiprocessing.get_context("spawn").Pool(min(os.cpu_count() or 1, len(stretches))) as pool,
    ):
        following = NextGeneration(folder, None)
        for quads, rows, found in pool.imap(partial(_written, facts), stretches):
            following.add(quads)
            cache.put(rows)
            records += found
        following.finish(Manifest(ordered(records), ontology="made-up", program="made-up"))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
