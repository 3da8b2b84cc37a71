"""Tables kept from one start to the next: only what is the user's own and whole is read, and facts do not depend on it."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kg.extract.extractor import Extractor
from kg.extract.facts_json import to_json
from kg.extract.knowledge import pattern
from kg.model import Document
from kg.ontology import Ontology, shipped_folder
from kg.remembered import Tables, cache_folder, hash_of, keep, keep_pieces, piece, recall, recall_pieces
from kg.yaml_files import read_yaml

TEXT = "錢塘區召開會議。杭州市钱塘区与吉利集团签署协议，共建新能源汽车产业园，总投资120亿元，同比增长5.6%。"
VALUE = {"words": {"杭州"}, "numbers": [1, 2.5, 1 << 100], "none": None, "pair": ("a", b"b")}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache directory of one test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for module in ("ontology", "yaml_files", "extract.names.gazetteer", "extract.knowledge.symbols"):  # though somebody edits the program while it is tested
        monkeypatch.setattr(f"kg.{module}.runs_its_sources", lambda: True)
    folder = cache_folder()
    assert folder is not None
    return folder


def kept(home: Path, kind: str) -> list[Path]:
    return sorted(home.glob(f"{kind}-*"))


def document(text: str) -> Document:
    return Document(id="one", stem="one", path="one.txt", format="plain", sha256="", text=text)


def facts() -> object:
    return to_json(document(TEXT), Extractor().extract(document(TEXT)))


def test_the_directory_is_where_the_system_keeps_such_things() -> None:
    assert cache_folder({"HOME": "/home/a"}, "linux") == Path("/home/a/.cache/zhengce-kg")
    assert cache_folder({"HOME": "/home/a", "XDG_CACHE_HOME": "/var/c"}, "linux") == Path("/var/c/zhengce-kg")
    # The specification wants a relative path to be ignored.
    assert cache_folder({"HOME": "/home/a", "XDG_CACHE_HOME": "c"}, "linux") == Path("/home/a/.cache/zhengce-kg")
    assert cache_folder({"HOME": "/Users/a"}, "darwin") == Path("/Users/a/Library/Caches/zhengce-kg")
    assert cache_folder({"HOME": "relative"}, "linux") is None
    assert cache_folder({}, "linux") is None
    assert cache_folder({}, "win32") is None


def test_what_is_kept_comes_back(home: Path) -> None:
    assert recall("any", "key") is None
    assert keep("any", "key", VALUE)
    assert recall("any", "key") == VALUE
    assert recall("any", "other") is None
    if hasattr(os, "geteuid"):
        assert home.stat().st_mode & 0o777 == 0o700 and kept(home, "any")[0].stat().st_mode & 0o777 == 0o600


def test_what_is_no_plain_value_is_not_kept(home: Path) -> None:
    assert not keep("any", "key", {"day": date(2025, 1, 1)})
    assert not home.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 32, b"\0" * 500])
def test_a_damaged_file_is_as_good_as_none(home: Path, damage: bytes) -> None:
    keep("any", "key", VALUE)
    kept(home, "any")[0].write_bytes(damage)
    assert recall("any", "key") is None
    assert keep("any", "key", VALUE) and recall("any", "key") == VALUE


def test_a_file_cut_short_or_changed_is_as_good_as_none(home: Path) -> None:
    keep("any", "key", VALUE)
    [file] = kept(home, "any")
    whole = file.read_bytes()
    for damaged in (whole[:-1], whole + b"N", whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]):
        file.write_bytes(damaged)
        assert recall("any", "key") is None
    file.write_bytes(whole)
    assert recall("any", "key") == VALUE


def test_pieces_come_back_one_by_one(home: Path) -> None:
    assert recall_pieces("any", "key") is None
    assert keep_pieces("any", "key", dict([piece("杭州", VALUE), piece("\ud800", 2), piece("", None)]))
    pieces = recall_pieces("any", "key")
    assert pieces is not None
    assert [pieces.get(text) for text in ("杭州", "\ud800", "", "else")] == [VALUE, 2, None, None]
    assert keep_pieces("any", "key", pieces.taken() | dict([piece("else", "new")]))
    assert pieces.get("杭州") is None  # taken
    pieces = recall_pieces("any", "key")
    assert pieces is not None and [pieces.get(text) for text in ("杭州", "\ud800", "else")] == [VALUE, 2, "new"]


def test_of_a_damaged_file_only_whole_pieces_are_read(home: Path) -> None:
    keep_pieces("any", "key", dict([piece("a", VALUE), piece("b", "last")]))
    [file] = kept(home, "any")
    whole = file.read_bytes()
    for damaged, left in ((whole[:-1], VALUE), (whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:], VALUE), (whole[:50], None), (whole[:9], None), (b"", None)):
        file.unlink()
        file.write_bytes(damaged)
        file.chmod(0o600)
        pieces = recall_pieces("any", "key")
        assert left is None and pieces is None or pieces is not None and (pieces.get("a"), pieces.get("b")) == (left, None)
    for at in range(len(whole) - len(piece("b", "last")[1]) - len(piece("a", VALUE)[1])):
        file.unlink()
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        file.chmod(0o600)
        assert recall_pieces("any", "key") is None
    for content in ({}, 3):
        keep("any", "key", content)
        assert recall_pieces("any", "key") is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such permissions")
def test_what_others_may_write_is_not_read(home: Path) -> None:
    keep("any", "key", VALUE)
    [file] = kept(home, "any")
    for place, mode in ((file, 0o660), (file, 0o602), (home, 0o770), (home, 0o707)):
        before = place.stat().st_mode
        place.chmod(mode)
        assert recall("any", "key") is None, (place, mode)
        place.chmod(before)
    assert recall("any", "key") == VALUE
    home.chmod(0o770)
    assert not keep("any", "other", VALUE)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such owners")
def test_what_belongs_to_another_user_is_neither_read_nor_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep("any", "key", VALUE)
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    assert recall("any", "key") is None
    assert not keep("any", "other", VALUE)
    shutil.rmtree(home.parent)
    assert not keep("any", "key", VALUE)  # not made in another user's home either
    assert not home.parent.exists()


def test_a_link_is_not_followed(home: Path, tmp_path: Path) -> None:
    keep("any", "key", VALUE)
    [file] = kept(home, "any")
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert recall("any", "key") is None


def test_a_directory_that_cannot_be_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert not keep("any", "key", VALUE)
    assert recall("any", "key") is None
    assert facts() == facts()


def test_a_full_disk_is_no_error(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert not keep("any", "key", VALUE)
    assert list(home.iterdir()) == []


def test_only_the_latest_are_kept(home: Path) -> None:
    for number in range(7):
        keep("any", str(number), number)
        os.utime(home / f"any-{number}", ns=(number, number))
    keep("other", "0", 0)
    assert [recall("any", str(number)) for number in range(7)] == [None, None, None, 3, 4, 5, 6]
    assert recall("other", "0") == 0


def test_what_was_used_last_is_kept(home: Path) -> None:
    for number in range(4):
        keep("any", str(number), number)
        os.utime(home / f"any-{number}", ns=(number, number))
    assert recall("any", "0") == 0
    keep("any", "4", 4)
    assert [recall("any", str(number)) for number in range(5)] == [0, None, 2, 3, 4]


def test_corrections_and_decisions_make_no_table_anew(home: Path, tmp_path: Path) -> None:
    (own := tmp_path / "own").mkdir()
    keys = []
    for name, text in (("corrections.yaml", "corrections: []\n"), ("authority.csv", "kind\n"), ("wording.yaml", "a: 1\n")):
        (own / name).write_text(text, encoding="utf-8")
        ontology = Ontology.load(own)
        keys.append((ontology.tables._key, ontology.fingerprint))
    tables, fingerprints = zip(*keys)
    assert tables[0] == tables[1] == Ontology.load().tables._key != tables[2]
    assert len(set(fingerprints)) == 3 and Ontology.load().fingerprint not in fingerprints


def test_what_a_killed_process_left_is_taken_away(home: Path) -> None:
    keep("any", "key", 0)
    for name, age in ((".part-old", 2 * 3600), (".part-new", 60)):
        (home / name).touch()
        when = kept(home, "any")[0].stat().st_mtime_ns - age * 10**9
        os.utime(home / name, ns=(when, when))
    keep("any", "other", 0)
    assert sorted(path.name for path in home.glob(".part-*")) == [".part-new"]


def test_keys_tell_where_one_part_ends() -> None:
    assert hash_of("ab", "c") != hash_of("a", "bc")
    assert hash_of("ab", b"c") == hash_of(b"ab", "c")


def test_tables_made_of_what_has_changed_meanwhile_are_not_kept(home: Path) -> None:
    for unchanged in (False, True):
        tables = Tables("key", lambda: unchanged)  # noqa: B023
        assert tables.get("any", lambda: VALUE) == VALUE
        tables.save()
        assert bool(kept(home, "any")) == unchanged
    assert Tables("key", lambda: True).get("any", pytest.fail) == VALUE


def test_facts_are_the_same_with_and_without(home: Path) -> None:
    first = facts()
    kinds = ("yaml", "places", "terms", "symbols", "names")
    files = {path: path.stat().st_ino for kind in kinds for path in kept(home, kind)}
    assert {path.name.partition("-")[0] for path in files} == set(kinds)
    assert facts() == first
    assert {path: path.stat().st_ino for path in files} == files  # they were used, not made again
    for path in files:
        path.write_bytes(b"damaged")
    assert facts() == first
    shutil.rmtree(home)
    assert facts() == first
    assert "growth-rise" in str(first)


def test_a_changed_ontology_is_read_anew(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "lexicon").mkdir(parents=True)
    table = own / "lexicon" / "own.yaml"
    table.write_text("names:\n  Project:\n    - name: 甲乙丙园\n", encoding="utf-8")
    text = document("杭州市建设甲乙丙园，推进丁戊己园。")

    def keys() -> set[str]:
        return {entity.key for entity in Extractor(Ontology.load(own)).extract(text).entities}

    assert "甲乙丙园" in keys()
    table.write_text("names:\n  Event:\n    - name: 丁戊己园\n", encoding="utf-8")
    assert "丁戊己园" in keys()
    assert len(kept(home, "symbols")) == 2


def test_a_rule_that_changes_without_new_words_leaves_the_others_compiled(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    table = own / "rules" / "own.yaml"
    rule = "rules:\n  - id: own-garden\n    entity: Project\n    pattern: \"{}name:( '甲乙丙园' )\"\n    examples: [{{text: 建设甲乙丙园。, yields: [甲乙丙园]}}]\n    rejects: [建设甲乙园。]\n"

    def read() -> str:
        return next(rule.pattern.source for rule in Extractor(Ontology.load(own)).rules.entities if rule.id == "own-garden")

    table.write_text(rule.format(""), encoding="utf-8")
    assert read() == "name:( '甲乙丙园' )"
    compiled: list[str] = []
    parser = pattern._Parser
    monkeypatch.setattr(pattern, "_Parser", lambda source, symbols: compiled.append(source) or parser(source, symbols))
    table.write_text(rule.format("@stop "), encoding="utf-8")
    assert read() == "@stop name:( '甲乙丙园' )"
    assert [source for source in compiled if "甲乙丙园" in source] == ["@stop name:( '甲乙丙园' )"]
    assert len(compiled) < 500  # of those of whole rules this one alone; refused words and the like are small
    assert len(kept(home, "patterns")) == 1


def test_a_changed_table_of_places_is_read_anew(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "gazetteer").mkdir(parents=True)
    table = own / "gazetteer" / "own.tsv"
    text = document("浙江省甲乙市召开会议。")
    codes = []
    for code in ("339901", "339902"):
        table.write_text(f"code\tname\tlevel\n{code}\t甲乙市\tcity\n", encoding="utf-8")
        found = Extractor(Ontology.load(own)).extract(text).entities
        codes.append([entity.code for entity in found if entity.key == "甲乙市"])
    assert codes == [["339901"], ["339902"]]
    assert len(kept(home, "places")) == 2


def test_days_in_a_yaml_file_are_days_again(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "days.yaml"
    file.write_text("rules:\n  - {id: a, date: 2025-03-01}\n  - {id: b, date: '2025-03-01'}\n", encoding="utf-8")
    first = read_yaml(file)
    assert [rule["date"] for rule in first["rules"]] == [date(2025, 3, 1), "2025-03-01"]
    assert len(kept(home, "yaml")) == 1
    assert read_yaml(file) == first


def test_marshal_makes_nothing_but_plain_values(home: Path) -> None:
    """A file with compiled code in it, which nobody but the user could have put there, is data like any other: never run."""
    marker = home.parent / "ran"
    code = compile(f"open({str(marker)!r}, 'w')", "x", "exec")
    keep("any", "key", code)
    assert marshal.dumps(recall("any", "key")) == marshal.dumps(code)
    assert not marker.exists()


def test_the_second_start_needs_no_yaml_parser(home: Path) -> None:
    program = "import sys; from kg.extract.extractor import Extractor; Extractor(); print('yaml' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(shipped_folder().parent)}
    printed = [
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment).stdout.strip()
        for _ in range(2)
    ]
    assert printed == ["True", "False"]
