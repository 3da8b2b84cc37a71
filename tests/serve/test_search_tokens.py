"""Phrases of character pairs find exactly what looking into the names themselves would."""

from __future__ import annotations

import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve.search_tokens import beginning, containing, exactly, pairs, singles, word

_NAMES = st.text(alphabet="錢塘区se\"*'-: 1\U00020000", min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(_NAMES, min_size=1, max_size=8), query=_NAMES)
def test_phrases(names: list[str], query: str) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE search USING fts5 (label, single, content='', tokenize='ascii')")
    for row, name in enumerate(names):
        database.execute(
            "INSERT INTO search (rowid, label, single) VALUES (?, ?, ?)",
            (row, " ".join(pairs(name)), " ".join(singles([name]))),
        )

    def found(expression: str) -> list[str]:
        return [
            names[row]
            for (row,) in database.execute(
                "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid", (expression,)
            )
        ]

    assert found(f"label : {exactly(query)}") == [name for name in names if name == query]
    assert found(f"label : {beginning(query)}") == [name for name in names if name.startswith(query)]
    column = "single" if len(query) == 1 else "label"
    assert found(f"{column} : {containing(query)}") == [name for name in names if query in name]
    database.close()


def test_words_are_one_token() -> None:
    assert word("Area") != word("Área") and word("a b").isalnum()
    assert pairs("") == []
