"""300 names that try to run, to leave, to break out of their place or to mislead the eye."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from tests.view.made_graphs import KGO, GraphMaker

_RUN = "window.hit=(window.hit||0)+1"
_MARKUP = (
    "<script>{run}</script>", "</script><script>{run}</script>", "<!--<script>{run}</script>", "<img src=x onerror={run}>",
    "<img src='http://evil.example/{n}.png'>", "<svg onload={run}>", "<svg><script>{run}</script></svg>", "<body onload={run}>",
    "<iframe src='javascript:{run}'>", "<iframe srcdoc='<script>parent.{run}</script>'>", "<a href='javascript:{run}'>x</a>",
    "<math><mi xlink:href='javascript:{run}'>", "<input autofocus onfocus={run}>", "<details open ontoggle={run}>",
    "<style>@import 'http://evil.example/{n}.css'</style>", "<link rel=stylesheet href=http://evil.example/{n}>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/{n}'>", "<base href='http://evil.example/'>",
    "<form action='http://evil.example/'><button>x", "<object data='javascript:{run}'>", "<embed src='http://evil.example/{n}'>",
    "\"><script>{run}</script>", "' onmouseover='{run}", "\" autofocus onfocus=\"{run}", "`{run}`", "javascript:{run}",
    "data:text/html,<script>{run}</script>", "&lt;script&gt;{run}&lt;/script&gt;", "&#60;script&#62;{run}&#60;/script&#62;",
    "\\u003cscript\\u003e{run}\\u003c/script\\u003e", "</title><script>{run}</script>", "</style><script>{run}</script>",
    "</textarea><script>{run}</script>", "<noscript><p title='</noscript><img src=x onerror={run}>'>", "]]><script>{run}</script>",
)  # fmt: skip
_TEMPLATES = (
    "{{{{{run}}}}}",
    "${{{run}}}",
    "<%={run}%>",
    "{{% {run} %}}",
    "#{{{run}}}",
    "[[{run}]]",
    "{{{{constructor.constructor('{run}')()}}}}",
    "*{{{run}}}",
)
_CELLS = (
    "=cmd|'/c calc'!A{n}",
    "+1+{n}",
    "-1+{n}",
    "@SUM(A{n})",
    '=HYPERLINK("http://evil.example/{n}")',
    "\t=1+{n}",
    "\r=1+{n}",
    " =1+{n}",
    "＝1+{n}",
    '","=1+{n}',
)
_MISLEADING = ("\u202e{n}gnp.exe", "\u2067{n}\u2069", "\u2066\u202d{n}", "a\u0000b{n}", "a\nb{n}", "\u2028{n}\u2029", "\ufeff{n}", "\u200b\u200d{n}",
               "e" + "\u0301" * 60 + "{n}", "龘" * 400 + "{n}", "__proto__", "constructor", "toString", "hasOwnProperty", "\\\"'\\{n}", "%3Cscript%3E{n}", "'; DROP TABLE x; --{n}")  # fmt: skip


PLAIN_ADDRESS = "https://example.org/plain"


def hostile_names(count: int = 300) -> list[str]:
    """So many different names; every pattern is there, with its number in it."""
    names: dict[str, None] = {}
    patterns = [*_MARKUP, *_TEMPLATES, *_CELLS, *_MISLEADING]
    number = 0
    while len(names) < count:
        pattern = patterns[number % len(patterns)]
        name = (
            pattern.replace("{run}", _RUN).replace("{n}", str(number))
            if "{{" not in pattern
            else pattern.format(run=_RUN, n=number)
        )
        names.setdefault(name if name not in names else f"{name}{number}", None)
        number += 1
    return list(names)


def hostile_graph() -> GraphMaker:
    """Each name is a thing's, and in turn also a sentence, a title, a file, a source, a status, a unit and an indicator; every tenth source is a web address."""
    maker = GraphMaker()
    names = hostile_names()
    plain = maker.document("plain.txt")
    hub = maker.thing("Area", "中心", plain)
    for i, name in enumerate(names):
        document = maker.document(f"{name}/{i}", title=name, date="2021-01-02", publisher=name, source=name if i % 10 else PLAIN_ADDRESS)
        text = f"{name}。{names[-i]}"
        sentence = maker.sentence(document, text)
        kind = ("Area", "Body", "Project", "Policy", "Event", "Honor", "Person")[i % 7]
        thing = maker.thing(kind, name, document, also=(names[i - 1],), sentences=(sentence,))
        maker.fact(thing, "locatedIn", hub, document, sentence, name, value=name, date=name if i % 5 == 0 else "")
        maker.fact(thing, "documentNumber", Literal(name), document, sentence, name)
        if i % 3 == 0:
            maker.fact(thing, "hasStatus", NamedNode(KGO + "status-operating"), document, sentence, name)
            maker.figure(thing, name, "12", "percent", name, document, sentence, name, start=0)
    return maker
