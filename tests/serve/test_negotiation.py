"""Which of the offered formats an Accept header prefers."""

from __future__ import annotations

import pytest

from kg.serve.negotiation import PAGE, preferred, preferred_or_page

OFFERED = {"a/one": "a/one", "a/two": "a/two", "b/three": "b/three", "x/alias": "a/two"}


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", "a/one"),
        ("*/*", "a/one"),
        ("b/*", "b/three"),
        ("a/two", "a/two"),
        ("A/Two", "a/two"),
        ("x/alias", "a/two"),
        ("a/one;q=0.1, b/three;q=0.9", "b/three"),
        ("*/*;q=0.1, a/two", "a/two"),
        ("a/*, a/one;q=0", "a/two"),  # the more specific range decides, also against
        ("text/html, */*;q=0.5", "a/one"),
        ("b/three;level=1;q=0.4", "b/three"),
        ("text/html", None),
        ("*/*;q=0", None),
        ("a/one;q=nonsense", None),
        (",,;;", "a/one"),
        ("a/two, */*", "a/two"),  # what is named goes before what is taken too
        ("b/*, */*", "b/three"),
    ],
)
def test_preferred(accept: str, wanted: str | None) -> None:
    assert preferred(accept, OFFERED) == wanted


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", PAGE),  # a browser
        ("text/html, */*", PAGE),
        ("application/xhtml+xml", PAGE),
        ("a/two, text/html;q=0.5", "a/two"),
        ("text/html;q=0, a/one;q=0.1", "a/one"),
        ("a/one, text/html", "a/one"),
        ("", "a/one"),
        ("*/*", "a/one"),
        ("x/alias;profile=text/html", "a/two"),
        ("image/png", None),
    ],
)
def test_a_page_is_for_who_likes_it_best(accept: str, wanted: str | None) -> None:
    assert preferred_or_page(accept, OFFERED) == wanted
