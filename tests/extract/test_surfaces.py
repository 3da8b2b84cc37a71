"""Known names are found in a few texts as an automaton finds them in many."""

from __future__ import annotations

from random import Random

from kg.extract.names import surfaces as module
from kg.extract.names.surfaces import Surfaces


def test_a_few_texts_and_many_give_the_same() -> None:
    chance = Random(7)
    for _ in range(200):
        names = sorted({"".join(chance.choices("安徽成形", k=chance.randint(2, 5))) for _ in range(chance.randint(0, 30))})
        few, many = Surfaces(names), Surfaces(names)
        many.compile()
        for _ in range(5):
            text = "".join(chance.choices("安徽成形，", k=chance.randint(0, 30)))
            told = sorted((at, at + len(name)) for name in names for at in range(len(text)) if text.startswith(name, at))
            assert sorted(few.find(text)) == sorted(many.find(text)) == told


def test_the_automaton_is_made_for_many_texts_alone(monkeypatch) -> None:
    monkeypatch.setattr(module, "_LITTLE", 10)
    surfaces, made = Surfaces(["安徽"]), []
    monkeypatch.setattr(surfaces, "compile", lambda: made.append(1))
    assert surfaces.find("在安徽") == [(1, 3)] and not made
    surfaces.find("在安徽、安徽、安徽")
    assert made
