"""Patterns that could take very long are known beforehand, and the program has none."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError
from kg.extract.coreference import editions
from kg.extract.document import areas
from kg.extract.extractor import Extractor
from kg.extract.knowledge.phrases import read_phrases
from kg.extract.names import beside
from kg.extract.names.rows import Draft, Fixed
from kg.linear import MOST, refusal, ways
from kg.model import Document
from kg.ontology import Ontology
from kg.read.noise import load_noise

ROOT = Path(__file__).parents[1]
# What the program's own may have: more than a user's, since they are tried on the texts of the fuzzer and `ways` is an
# upper bound, loose where branches share much. What goes back without bound has 10¹².
_OWN, _TOKENS = 150_000, 10**9
# Rules beyond that, whose bounds are loose: alternatives that begin alike, in parts that are bounded. No further one is to come.
LOOSE = {
    "project-streets", "project-each-work", "policy-aim-having", "project-facility-runs", "project-facility-next", "project-facility-furthered",
    "project-facility-built", "project-line", "place-line-begins", "place-line-ends", "project-route-places", "holds-post-first", "connects-only-link",
    "connects-further-on",
}  # fmt: skip

CATASTROPHIC = [
    "(a+)+b", "(a|a)*b", "(?:ab|a|b)+c", r"(\w+\s?)*$", "(a*)*b", "(?:甲乙|甲|乙)*$", "(?:[^，]{0,8}年|年)*。", "^(a?){24}a{24}$",
    ".*a.*b.*c.*d", "(?=(a+)+b)a", "(?:(?:a{1,9}){1,9}){1,9}b", "(x+x+)+y", "(?:a|b|ab)*?c", "(?:(a+)+b)*+c",
]  # fmt: skip
HARMLESS = [
    "a*b", "[^。]{0,40}。", "(?:甲|乙|丙)*$", "(?:甲乙|甲丙|丁)+。", "(?:甲乙|甲|乙)*+$", r"\d+(?:\.\d+)?%", "(?>a+)+b", "a", "",
    "(?:超过|超)*$", "(?:甲(?=乙)|丙)*", "(?:[一-龥]{2,6}[|]){2,12}", r"(?:19|20)\d\d年(?:\d{1,2}月)?",
]  # fmt: skip


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_what_could_take_very_long_is_refused(pattern: str) -> None:
    assert ways(pattern) > MOST
    assert "could take very long" in refusal(pattern)


@pytest.mark.parametrize("pattern", HARMLESS)
def test_what_is_quick_is_not(pattern: str) -> None:
    assert ways(pattern) <= 200
    assert refusal(pattern) == ""


def test_what_is_no_pattern_is_no_business_of_this() -> None:
    with pytest.raises(re.error):
        ways("(a")


RECORD = """
import importlib, pkgutil, re, sys
seen, real = {}, re.compile
def recording(pattern, flags=0):
    made = real(pattern, flags)
    place = sys._getframe(1).f_code.co_filename
    if "/kg/" in place and isinstance(made.pattern, str):
        seen.setdefault(made.pattern, (place, made.flags))
    return made
re.compile = recording
import kg, kg.expressions
def kept(self, expression):  # what is kept from an earlier start does not come by re.compile
    made = real(expression)
    seen.setdefault(expression, (sys._getframe(2).f_code.co_filename, made.flags))
    return made
kg.expressions.Expressions.compile = kept
for module in pkgutil.walk_packages(kg.__path__, "kg."):
    if module.name != "kg.__main__":
        importlib.import_module(module.name)
from kg.extract.extractor import Extractor
from kg.model import Document
from kg.read.noise import load_noise
load_noise()
Extractor().extract(Document("a", "a", "a", "2021年上半年，杭州市指数达到5%，同比增长3%。", "txt", ""))
from kg.linear import ways
print(len(seen))
for pattern, (place, flags) in list(seen.items()):
    if not place.endswith("pattern.py") and ways(pattern, flags) > int(sys.argv[1]):
        print(place, ways(pattern, flags), repr(pattern[:200]))
"""


def test_no_pattern_of_the_program_can_take_long() -> None:
    command = [sys.executable, "-c", RECORD, str(_OWN)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    count, *slow = done.stdout.splitlines()
    assert int(count) > 200
    assert slow == []


def test_no_pattern_of_a_rule_can_take_long(extractor: Extractor) -> None:
    rules = [rule for rule in (*extractor.rules.entities, *extractor.rules.relations) if hasattr(rule, "pattern")]
    assert len(rules) > 1000
    assert {rule.id for rule in rules if ways(rule.pattern.expression) > _TOKENS} == LOOSE


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Fails, instead of standing still, when something takes longer: `re` looks for signals now and then."""

    def too_long(*_: object) -> None:
        pytest.fail(f"took more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("words", ["为", "以及", "达到", "年年", "是仅并", "平均", "按可比价格计算", "同比增长", "保持位居"])
def test_words_repeated_before_a_figure_take_no_time(extractor: Extractor, words: str) -> None:
    for lead, end in (("指数", "甲5%。"), ("规模", "亿元甲5%，"), ("", "位居全国第5位。")):
        text = lead + words * 40 + end
        with at_most(20):  # the machine may be busy; without bounds it takes hours
            extractor.extract(Document("a", "a", "a", text, "txt", ""))


NOISE = """noise:
  - id: own
    where: line
    pattern: '(?:甲+)+乙'
    examples: [甲乙]
    near_misses: [丙]
"""
FIGURES = """rules:
  - id: own
    unit: [percent]
    before: "(?:甲+)+$"
    kind: level
    match: [{text: 甲5%, yields: [[level, 甲, 5, '%']]}]
    refuse: [乙]
"""
TIMES = """policy_time_rules:
  - id: own
    property: issued
    where: text
    subject: own
    value: day
    cues: [甲]
    pattern: '(?P<day>(?:甲+)+乙)'
    examples: [{text: 甲, yields: [issued 2026-01-01]}]
    rejects: [乙]
"""


@pytest.mark.parametrize(("name", "text"), [("observations-own", FIGURES), ("policy_time-own", TIMES)])
def test_slow_patterns_of_a_user_are_refused_with_their_place(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=rf"{name}\.yaml:2: rule own: .*could take very long"):
        Extractor(Ontology.load(tmp_path))


def test_slow_noise_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "noise.yaml"
    path.write_text(NOISE, encoding="utf-8")
    with pytest.raises(KgError, match=r"noise\.yaml:2: noise pattern own: could take very long"):
        load_noise((path,))


def _events(count: int) -> tuple[list[Draft], str]:
    """So many events with names of their own, of one year and of one series, and some named in fewer words."""
    text, drafts = "", []
    for number in range(count):
        own = chr(0x4E00 + number)
        for name, series in ((f"2023年{own}云溪论坛", ""), (f"2023年{own}云论坛", ""), (f"第{number}届{own}大会", "大会")):
            draft = Draft(len(text), len(text) + len(name), "Event", 0, "own", key=name)
            if series:
                draft.inner = (Draft(draft.end - len(series), draft.end, "Event", 0, "own", key=series),)
            drafts.append(draft)
            text += name + "。"
    return drafts, text


def test_events_are_compared_with_those_like_them_only(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    inside = editions.in_order

    def counting(short: str, long: str) -> bool:
        nonlocal compared
        compared += 1
        return inside(short, long)

    monkeypatch.setattr(editions, "in_order", counting)
    words = read_phrases(Ontology.load().yaml("rules")).words_of(editions.EditionWords, "editions")
    counts = []
    for size in (250, 1000):
        compared = 0
        drafts, text = _events(size)
        editions.join_editions(drafts, text, words)
        assert any(draft.reference for draft in drafts)
        counts.append(compared)
    assert counts[1] < 8 * counts[0]  # all with all would be sixteen times as many


class Counted(str):
    """A text that counts how often it is searched through."""

    searched = 0

    def find(self, *given: Any) -> int:
        Counted.searched += 1
        return str.find(self, *given)


def test_places_beside_others_are_looked_for_in_one_pass(extractor: Extractor) -> None:
    names = [f"云{chr(0x4E00 + number)}溪" for number in range(2000)]
    text = Counted("。".join(f"在{name}村，{name}村" for name in names))
    kind = extractor.names.beside._kinds[0]
    named = {f"{name}村": (Fixed(at := text.index(f"{name}村"), at + len(name) + 1, "Area", name, "", "own"), kind) for name in names}
    found = beside._everywhere(text, named, [])
    assert len(found) == 2 * len(names)
    assert Counted.searched < 10  # for each name it would be twice as often as there are names


def test_what_an_area_visits_is_looked_for_beside_its_last_mention_only(monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> None:
    ends, looked = areas._CLAUSE_END, 0

    class Counting:
        def search(self, *place: Any) -> Any:
            nonlocal looked
            looked += 1
            return ends.search(*place)

    monkeypatch.setattr(areas, "_CLAUSE_END", Counting())
    extractor.extract(Document(id="a", stem="a", path="a", text="浙江省加快发展。\n" + "我省与甘肃省交流。" * 200, format="txt", sha256="0"))
    assert 0 < looked <= 3 * 200  # who speaks and what refers are asked once each; all beside all would be many thousands
