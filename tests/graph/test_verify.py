"""`verify` finds a quote that is not in the text, a rule there is not, a file that changed."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from kg.graph.verify import sample, verify
from tests.graph.samples import document, facts

RULES = {"area-chain", "issue-verb", "status", "post", "level", "growth", "rank", "number", "gazetteer", "ref-city"}


def known(view, monkeypatch):
    monkeypatch.setattr("kg.graph.verify.known_rules", lambda _: {f"https://w3id.org/kgo/id/rule-{r}" for r in RULES})
    return view


def test_sound_graph(view, monkeypatch):
    report = verify(known(view, monkeypatch), sources=False)
    assert report.ok and report.documents == 2
    assert report.quotes == 2 * (4 + 4 + 3 + 1 + 1)  # sentences, relations from the text, figures, attributes, references


def test_rules_that_there_are_not(view):
    report = verify(view, documents=["news/a.txt"], sources=False)
    assert {p.what for p in report.problems} >= {"names the rule issue-verb, which there is not"}


def test_quote_that_is_not_there(graph_of, monkeypatch):
    view = graph_of(
        [(document(), facts())],
        lambda quads: quads.replace('quote> "地鐵8號線開通'.encode(), 'quote> "地鐵9號線開通'.encode()),
    )
    report = verify(known(view, monkeypatch), sources=False)
    assert [p.what for p in report.problems] == ["quotes '地鐵9號線開通', but the text has '地鐵8號線開通'"]


def test_offsets_outside_the_text(graph_of, monkeypatch):
    said = facts()
    wrong = replace(said, relations=(replace(said.relations[3], start=5, end=99999),))
    report = verify(known(graph_of([(document(), wrong)]), monkeypatch), sources=False)
    assert [p.what for p in report.problems] == [
        f"has offsets 5 to 99999 in a text of {len(document().text)} characters"
    ]


def test_lone_surrogates_are_no_fault(graph_of, monkeypatch):
    text = document().text.replace("開通", "開\ud800")
    assert verify(known(graph_of([(document(text=text), facts())]), monkeypatch), sources=False).ok


def test_sources(graph_of, tmp_path, monkeypatch):
    same, other = tmp_path / "same.txt", tmp_path / "other.txt"
    same.write_bytes(b"1")
    other.write_bytes(b"2")
    pairs = [
        (replace(document(f"x/{p.name}"), path=str(p), sha256=sha256(b"1").hexdigest()), facts(f"x/{p.name}"))
        for p in (same, other, tmp_path / "gone.txt")
    ]
    report = verify(known(graph_of(pairs), monkeypatch))
    assert report.ok  # a source that changed is no fault of the graph
    assert report.files == 3 and report.changed == (str(other),) and report.missing == (str(tmp_path / "gone.txt"),)


def test_sample_is_even_and_stable():
    assert sample(list("abcdefghij"), 5) == list("acegi")
    assert sample(["a"], 5) == ["a"] and sample([], 5) == []
