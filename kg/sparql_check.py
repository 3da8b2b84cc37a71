"""What a query would do, told from its text before it runs: call other servers, change data, name its own dataset.

Oxigraph calls the URL of a `SERVICE` clause and has no switch against it, so such a query must never reach it. Its
parser wants no space around keywords (`trueSERVICE<…>` and `SERVICEex:a` are clauses) and may read `<` as "less than"
where others read an IRI, which moves the borders of strings and comments. So this is no search for a keyword among
tokens: the word must not occur at all, except where no reading makes a clause of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# SPARQL 1.1 Query Language, section 19.8. A name takes in what stands on both sides of its colon; the bound on a prefix
# keeps the time linear in texts without any colon.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*''' | \"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
               | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
    | (?P<variable>[?$]\w+)
    | (?P<name>(?P<prefix>(?:\w[\w.\-]{0,80}+)?):(?P<local>(?:(?:[\w:%]|\\.)(?:(?:[\w:%.\-]|\\.)*(?:[\w:%\-]|\\.))?)?))
    | (?P<word>[A-Za-z]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# With // after its scheme no expression can be made of an IRI: division by nothing. Without, "?x<a:b#>" is one.
_PLAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://[^']*>")
_GROUP = re.compile(r"\s*[{#]")
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
_CALL = "service"


@dataclass(frozen=True, slots=True)
class Checked:
    """`form` is SELECT, ASK, CONSTRUCT, DESCRIBE or "" (no query form stands where one must)."""

    form: str
    refused: str  # why it must not run, with line and column from 1; "" if it may
    has_dataset: bool  # FROM or FROM NAMED stands in the query


def check(query: str) -> Checked:
    """What the query is, and whether an endpoint that only reads and calls nobody may run it."""
    # Code point escapes are replaced before anything else (section 19.2); a reader that does not do so sees other
    # tokens. Refusing what either reading shows keeps this right whichever way the engine reads.
    readings = [query]
    if _ESCAPE.search(query):
        readings.append(_ESCAPE.sub(_unescaped, query))
    checks = [_check(text) for text in readings]
    refused = next((checked.refused for checked in checks if checked.refused), "")
    return Checked(checks[0].form, refused, any(checked.has_dataset for checked in checks))


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else found[0]


def _check(query: str) -> Checked:
    form, has_dataset, refused = "", False, ""
    suspect = _CALL in query.casefold()
    for token in _TOKEN.finditer(query):
        reason = _call(token) if suspect else ""
        if not reason and token.lastgroup == "word":
            word = token[0].upper()
            if not form and word in _UPDATES:
                reason = f"{word} changes data, and this endpoint only reads"
            elif not form and word in _FORMS:
                form = word
            has_dataset = has_dataset or word == "FROM"
        if reason and not refused:
            refused = f"{reason} ({_place(query, token)})"
    return Checked(form, refused, has_dataset)


def _call(token: re.Match[str]) -> str:
    """Why a token of a query that has the word SERVICE somewhere may be a call, or make one look like text; else ""."""
    if token["iri"]:
        if ("'" in token[0] or "#" in token[0]) and not _PLAIN_IRI.fullmatch(token[0]):
            return "beside the word SERVICE, an IRI with # or ' in it must have :// after its scheme"
        return ""
    if token["name"]:
        # ex:Service is a name. In ex:a.Service another reading may see the keyword, and in Service:a too if a group follows.
        grouped = _GROUP.match(token.string, token.end()) is not None
        hidden = (token["prefix"] if grouped else "") + "".join(token["local"].partition(".")[1:])
    else:
        hidden = token["word"] or ""
    return "SERVICE would call another endpoint, which no query does here" if _CALL in hidden.casefold() else ""


def _place(query: str, token: re.Match[str]) -> str:
    before = query[: token.start()]
    return f"line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
