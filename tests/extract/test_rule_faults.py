"""What the author of a rule is told when it is wrong: file, line and cause."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.extract.knowledge.rule_reading import all_literals, read_rules, rule_files
from kg.extract.knowledge.symbols import Symbols, read_classes
from kg.extract.knowledge.ways import read_ways
from kg.extract.review.examples import example_document, run_examples
from kg.ontology import Ontology, shipped_folder

SOUND = """rules:
  - id: own
    entity: Policy
    pattern: "@act name:( %n )"
    examples: [{text: 实施方案。, yields: [方案]}]
    rejects: [方案。]
"""


STAGE = """rules:
  - id: own
    relation: hasStatus
    pattern: "subject:( #Project ) '落成'"
    value: done
    examples: [{text: 云溪大桥落成。, yields: [云溪大桥]}]
    rejects: [云溪大桥。]
"""


Read = Callable[[Path, str], None]


@pytest.fixture(scope="module")
def read() -> Read:
    """Reads the rules of a folder with this text beside the shipped ones. The symbols of the same words are made once."""
    made: dict[frozenset[str], Symbols] = {}

    def reading(folder: Path, text: str) -> None:
        (folder / "rules").mkdir(exist_ok=True)
        (folder / "rules" / "own.yaml").write_text(text, encoding="utf-8")
        ontology = Ontology.load(folder)
        files = rule_files(ontology)
        words = frozenset(all_literals(files))
        if words not in made:
            made.clear()
            made[words] = Symbols(read_classes(ontology), ontology.terms.types, words)
        read_rules(ontology, files, made[words])

    return reading


def _table(folder: Path, text: str) -> Ontology:
    """The ontology with a table of one's own in its lexicon."""
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "own.yaml").write_text(text, encoding="utf-8")
    return Ontology.load(folder)


def test_a_sound_rule_is_taken(tmp_path: Path, read: Read) -> None:
    read(tmp_path, SOUND)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("entity: Policy", "entity: Polity", r"own\.yaml:2: rule own: the ontology has no entity class Polity"),
        ("@act", "@actt", r"own\.yaml:2: rule own: there is no word class @actt"),
        ("%n )", "%noun )", "there is no part of speech %noun"),
        ("name:( %n )", "name:( %n", "a bracket is not closed"),
        ("name:( %n )", "%n", r"has no part name"),
        ("    rejects: [方案。]\n", "", "needs at least one of examples and one of rejects"),
        ("id: own", "id: own\n    colour: red", "unknown key colour"),
        ("id: own", "id: own\n    part_ends: '%n'", "without coordinate part_ends says nothing"),
        (SOUND, STAGE, "'done' is no status \\(there are planned, started, underway, completed, operating\\)"),
        ("rules:", "refused: {Polity: {holds: '%n'}}\nrules:", r"own\.yaml:1: refused: the ontology has no entity class Polity"),
        ("rules:", "refused: {Policy: {ends: '%n'}}\nrules:", "unknown key ends"),
        ("rules:", "refused: {Policy: {holds: '@actt'}}\nrules:", "refused: there is no word class @actt"),
        ("@act name:( %n )", "name:( %n? )", "every pattern needs one token that must be there"),
        ("@act name:( %n )", "(@act+ %n*)+ name:( %n )", "a repeated group may hold no repetition"),
        ("@act name:( %n )", "@act .* .* .* .* .* name:( %n )", r"own\.yaml:2: rule own: could take very long"),
        ("@act name:( %n )", "@act ((%n|%n) (%n|%n))* name:( %n )", "it can try a million or more ways"),
        ("@act name:( %n )", "$nothing name:( %n )", "there is no macro"),
        ('    pattern: "@act name:( %n )"\n', "", r"own\.yaml:2: rule own: needs pattern"),
        ('"@act name:( %n )"', "[1, 2]", r"own\.yaml:2: rule own: cannot read"),
        ("@act name:( %n )", "@act 实施 name:( %n )", "cannot read '实施 name.*': a word stands in quotation marks, 'word'"),
        ("@act name:( %n )", "@act ‘实施’ name:( %n )", "‘ is a full-width sign, write '"),
        ("@act name:( %n )", "@act name:（ %n ）", "（ is a full-width sign, write \\("),
        ("%n )", "#Projct )", "there is no type #Projct: did you mean #Project"),
        ("@act", "@actor_kin", "there is no word class @actor_kin: did you mean @actor_kind"),
        ("%n )", "%noun )", r"\(there are a ad an b c .*\)"),
        ("entity: Policy", "entity: Polity", "no entity class Polity: did you mean Policy\\?"),
        ("id: own", "id: own\n    phase: six", r"own\.yaml:2: rule own: phase is a whole number, not 'six'"),
        ("id: own", "id: own\n    phase: 12", r"own\.yaml:2: rule own: phase is 1 to 9, not 12"),
        ("id: own", "id: own\n    over: [Area, Projct]", r"own\.yaml:2: rule own: the ontology has no entity class Projct: did you mean Project\?"),
        ("id: own", "id: own\n    score: true", "score is a whole number, not True"),
        ("{text: 实施方案。, yields: [方案]}", "{text：实施方案。}", r"examples holds mappings with text and yields, not 'text：实施方案。': write \{text: …, yields"),
        ("examples: [{text: 实施方案。, yields: [方案]}]", "examples: 实施方案。", "yields, not '实施方案。'"),
        ("entity: Policy", "entity：Policy", r"own\.yaml:3: is not valid YAML.*the colon behind entity is a full-width one: write : and a blank"),
        ("    entity: Policy", "\tentity: Policy", r"own\.yaml:3: is not valid YAML.*indent with blanks, not with a tab"),
        ("    entity: Policy", "   entity: Policy", r"own\.yaml:\d: is not valid YAML.*all keys of a row begin in one column"),
        ("rules:\n", "rulez:\n", r"own\.yaml:1: nothing reads the key rulez .did you mean rules\?"),
        ("rules:\n", "macros: {}\nzz: []\nrules:\n", r"own\.yaml:2: nothing reads the key zz .there are "),
        (SOUND, STAGE.replace("hasStatus", "hasStatu"), "the ontology has no relation hasStatu: did you mean hasStatus"),
        (SOUND, STAGE.replace("hasStatus", "effectiveFrom"), "effectiveFrom is an attribute, which no rule gives"),
        (SOUND, STAGE.replace("done", "completed").replace("#Project", "#Area"), r"the subject of hasStatus can be .*Project.* \(its rdfs:domain\), never Area"),
        ("rules:\n", "rules: [\n", r"own\.yaml:\d+: is not valid YAML"),
        ("entity: Policy", "entity: Policy\n    entity: Body", "the key 'entity' stands twice"),
        ("    rejects: [方案。]\n", "    rejects: [方案。]\n  - {id: own}\n", r"own\.yaml:7: rule own stands in line 2 already .give it another id"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, read: Read, old: str, new: str, message: str) -> None:
    assert old in SOUND
    with pytest.raises(KgError, match=message):
        read(tmp_path, SOUND.replace(old, new))


def test_an_id_in_two_files_of_ones_own_is_a_slip_but_not_one_of_a_shipped_rule(tmp_path: Path, read: Read) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "first.yaml").write_text(SOUND, encoding="utf-8")
    with pytest.raises(KgError, match=r"own\.yaml:2: rule own: stands in line 2 of first\.yaml already: give it another id"):
        read(tmp_path, SOUND)
    read(tmp_path, SOUND.replace("id: own", "id: policy-governed"))


def test_a_macro_in_two_files_of_ones_own_is_a_slip_but_not_one_of_a_shipped_name(tmp_path: Path, read: Read) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "first.yaml").write_text('macros:\n  piece: "%n"\n', encoding="utf-8")
    with pytest.raises(KgError, match=r"own\.yaml:2: the macro piece stands in first\.yaml already: give it another name"):
        read(tmp_path, 'macros:\n  piece: "%v"\n' + SOUND)
    read(tmp_path, 'macros:\n  when: "%t"\n' + SOUND)


CARRIED = """rules:
  - id: own-carried
    relation: wonBy
    carried: Lot
    pattern: "^ '供應商' ':' object:( #Body )"
    examples: [{text: "第二标段成交公告\\n供应商：浙江大学\\n第三标段\\n供應商：浙江大學", yields: [第二标段 wonBy 浙江大学, 第三标段 wonBy 浙江大学]}]
    rejects: ["开标公告\\n供应商：浙江大学"]
"""


def _domain(folder: Path, rules: str, words: str = "") -> Ontology:
    """The folder that `kg init` writes, with rules and words of one's own beside those."""
    shutil.copytree(shipped_folder() / "starter", folder)
    (folder / "rules" / "own.yaml").write_text(rules, encoding="utf-8")
    (folder / "lexicon" / "own.yaml").write_text(words, encoding="utf-8")
    return Ontology.load(folder)


def test_lines_go_on_with_a_thing_of_ones_own_and_words_of_patterns_are_folded(tmp_path: Path) -> None:
    outcomes = list(run_examples(Extractor(_domain(tmp_path / "own", CARRIED)), ["own-carried"]))
    assert [(outcome.found, outcome.passed) for outcome in outcomes] == [(("第三标段 wonBy 浙江大学", "第二标段 wonBy 浙江大学"), True), ((), True)]


@pytest.mark.parametrize(("carried", "message"), [("Body", "the subject of wonBy can be Lot .*, never Body"), ("Lots", "no entity class Lots: did you mean Lot")])
def test_what_a_rule_is_carried_by_must_fit(tmp_path: Path, carried: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        Extractor(_domain(tmp_path / "own", CARRIED.replace("carried: Lot", f"carried: {carried}")))


def test_a_relation_to_a_class_that_is_none_is_refused_with_its_place(tmp_path: Path) -> None:
    own = _domain(tmp_path / "own", SOUND)
    terms = tmp_path / "own" / "domain.ttl"
    lines = terms.read_text(encoding="utf-8").count("\n")
    terms.write_text(terms.read_text(encoding="utf-8") + "kgo:paidBy a owl:ObjectProperty ; rdfs:subPropertyOf kgo:relation ;\n  rdfs:range kgo:Payer .\n", encoding="utf-8")
    with pytest.raises(KgError, match=rf"domain\.ttl:{lines + 2}: kgo:paidBy has the range kgo:Payer, which is no class below kgo:Entity .declare it"):
        _ = own.terms


@pytest.mark.parametrize("segmenter", ["rjieba", "jieba"])
def test_words_of_ones_own_classes_are_kept_whole(tmp_path: Path, segmenter: str) -> None:
    own = _domain(tmp_path / "own", SOUND, "classes:\n  buyer: {words: [采购人], tag: n}\n")
    (row,) = Extractor(own, segmenter).rows(example_document("采购人为浙江大学。"))
    assert [row.text[start:end] for start, end in zip(row.starts, row.ends)][:2] == ["采购人", "为"]


def test_a_failing_example_is_told_with_its_own_line(tmp_path: Path) -> None:
    rules = "rules:\n  - id: own-won\n    relation: wonBy\n    pattern: \"subject:( #Lot ) '归' object:( #Body )\"\n    examples:\n"
    rules += "      - {text: 第二标段归浙江大学。, yields: [第二标段 wonBy 浙江大学]}\n      - {text: 第二标段属浙江大学。, yields: [第二标段 wonBy 浙江大学]}\n    rejects: [第二标段开标。]\n"
    outcomes = list(run_examples(Extractor(_domain(tmp_path / "own", rules)), ["own-won"]))
    assert [(outcome.line, outcome.passed) for outcome in outcomes] == [(6, True), (7, False), (2, True)]


def test_all_faults_are_told_at_once(tmp_path: Path, read: Read) -> None:
    second = SOUND.removeprefix("rules:\n").replace("id: own", "id: other")
    with pytest.raises(KgError) as caught:
        read(tmp_path, (SOUND + second).replace("entity: Policy", "entity: Polity"))
    assert str(caught.value).count("no entity class Polity") == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("organs: [省委]", r"own\.yaml:1: `organs` must be a mapping, not a list"),
        ("? [a, b]\n: c\n", r"own\.yaml:1: a key must be a word, not a list or a mapping"),
        ("a: &x [*x]", r"own\.yaml: is nested too deeply, or holds itself"),
        ("apart: 区", r"own\.yaml:1: `apart` must be a list, not a word or number"),
        ("units:\n  - 千瓦\n", r"own\.yaml:1: `units\[\]` must be a mapping, not a word or number"),
        ("a:\n  - b: 2021-02-30\n", r"own\.yaml:2: '2021-02-30' cannot be read: day is out of range"),
        ("a: [", r"own\.yaml:\d+: is not valid YAML"),
        ("- a\n- b\n", r"own\.yaml:1: must be a mapping at its top .its first line is a key and a colon"),
    ],
)
def test_a_fault_in_a_table_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    own = _table(tmp_path, text)
    with pytest.raises(KgError, match=message):
        own.yaml("lexicon")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("names:\n  Project:\n  - {aliases: [甲大桥]}\n", r"own\.yaml:3: what is listed as Project needs a name"),
        ("names: {Planet: [{name: 火星}]}", r"own\.yaml:1: 火星: the ontology has no entity class Planet"),
        ("held: [{person: 甲}]", r"own\.yaml:1: `held` needs body, office"),
        ("# homes\nhomes:\n  四州省: [某集团]", r"own\.yaml:3: `homes` names '四州省', which is no province"),
    ],
)
def test_what_is_missing_in_a_table_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    own = _table(tmp_path, text)
    with pytest.raises(KgError, match=message):
        Extractor(own)


REFERENCE = """references:
  - id: ref-own
    words: [本校]
    type: Body
    find: previous
    ends: [大学]
    examples: [{text: 浙江大学今天开学。本校招生千人。, yields: [本校 = 浙江大学]}]
    rejects: [云溪大桥今天开放。本校招生千人。]
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    rejects: [云溪大桥今天开放。本校招生千人。]\n", "", r"own\.yaml:2: reference ref-own: needs at least one of examples and one of rejects"),
        ("yields: [本校 = 浙江大学]", "yields: []", r"own\.yaml:2: reference ref-own: an example says what it yields"),
        ("type: Body", "type: Library", r"own\.yaml:2: reference ref-own: the ontology has no entity class Library"),
        ("find: previous", "find: next", r"find knows topic, previous, not next"),
        ("find: previous", "find: previous\n    reach: page", r"reach knows line, not page"),
        ("id: ref-own", "id: ref-own\n    colour: red", r"own\.yaml:2: reference ref-own: unknown key colour"),
        ("    find: previous\n", "", r"own\.yaml:2: reference ref-own: a reference has id, words, type, find"),
    ],
)
def test_a_fault_in_a_reference_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in REFERENCE
    own = _table(tmp_path, REFERENCE.replace(old, new))
    with pytest.raises(KgError, match=message):
        Extractor(own)


def test_a_reference_of_ones_own_is_run_with_its_examples(tmp_path: Path) -> None:
    own = _table(tmp_path, REFERENCE.replace("id: ref-own", "id: ref-port"))
    outcomes = list(run_examples(Extractor(own), ["ref-port"]))  # in place of the shipped one
    assert [(outcome.wanted, outcome.passed) for outcome in outcomes] == [(("本校 = 浙江大学",), True), ((), True)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{id: ref-head, examples: [{text: 甲, yields: [乙]}]}", r"own\.yaml:2: way ref-head: needs at least one of examples and one of rejects"),
        ("{id: ref-head, words: [甲]}", r"own\.yaml:2: way ref-head: unknown key words"),
        ("{note: 甲}", r"own\.yaml:2: way \?: a way is a mapping with an id"),
    ],
)
def test_a_fault_in_a_way_is_told_with_its_place(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(f"ways:\n  - {row}\n", encoding="utf-8")
    with pytest.raises(KgError, match=message):
        read_ways(Ontology.load(tmp_path))


def test_sound_tables_of_ones_own_are_taken(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    for path in (shipped_folder() / "lexicon").glob("*.yaml"):
        (tmp_path / "lexicon" / path.name).write_bytes(path.read_bytes())
    assert len(Ontology.load(tmp_path).yaml("lexicon")) > 20
