"""What a web page says of itself: its title, day, source and publisher, and its own address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.read.encoding import clean
from kg.read.page_words import page_words
from kg.read.rendering import raised, squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element

# Names of <meta> elements, lower case, the most exact first. The first of each line are those of the standard for
# Chinese government sites (政府网站发展指引, 2017, annex 2).
_META = {
    "title": ("articletitle", "og:title", "dc.title", "twitter:title"),
    "date": ("pubdate", "publishdate", "article:published_time", "datepublished", "dc.date", "dc.date.issued", "og:pubdate",
             "publish_time", "date"),
    "source": ("contentsource", "source", "og:article:author", "mediaid"),
    "publisher": ("publisher", "dc.publisher", "og:site_name", "sitename"),
    "url": ("url", "og:url"),
}  # fmt: skip
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{1,60})"')
_SHORTEST_TITLE = 8  # characters of a heading, below which it is that of a box of the page


def fields_of(root: _Element) -> dict[str, str]:
    """title, date, source, publisher and url of a page, as far as it tells them, as it writes them."""
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        value = squeeze(clean(meta.get("content") or "").replace("\n", " "))
        if key and value:
            named.setdefault(key, value)
    fields = {field: next((named[name] for name in names if name in named), "") for field, names in _META.items()}
    fields["title"] = fields["title"] or next(_titles(root), "")
    fields["date"] = fields["date"] or next(_stated_days(root), "") or _attribute(root, ".//time[@datetime]", "datetime")
    fields["url"] = fields["url"] or _attribute(root, ".//link[@rel='canonical']", "href")
    return {name: value for name, value in fields.items() if value}


def _attribute(root: _Element, path: str, name: str) -> str:
    """An attribute of the first element that a path leads to; "" if it has none, or there is none."""
    found = root.find(path)
    return "" if found is None else found.get(name, "")


def _stated_days(root: _Element) -> Iterator[str]:
    """When the article was published, as the page's data for search engines (schema.org) says."""
    for script in root.iter("script"):
        if "ld+json" in script.get("type", ""):
            yield from _PUBLISHED.findall(script.text or "")


def _titles(root: _Element) -> Iterator[str]:
    headings = [text for text in (text_of(h) for h in root.iter("h1")) if text]
    if len(headings) == 1:
        yield clean(headings[0])
    title = root.find(".//title")
    if title is not None and title.text:
        whole = squeeze(clean(title.text).replace("\n", " "))
        below = next((found for level in ("h2", "h3") if (found := [(h, text) for h in root.iter(level) if (text := text_of(h))])), [])
        if len(below) == 1 and page_words().site.search(whole) and _heads_article(*below[0]) and below[0][1] not in whole and whole not in below[0][1]:
            yield clean(below[0][1])
        title_of_page = page_words().site_suffix.sub("", whole) or whole
        if not page_words().no_title.fullmatch(title_of_page):
            yield title_of_page


def _heads_article(heading: _Element, text: str) -> bool:
    """Whether a heading can be the title of the article: a full one, before all sentences; 相关阅读 stands below or beside it."""
    return len(text) >= _SHORTEST_TITLE and not heading.xpath("boolean(preceding::text()[contains(., '。')][not(parent::script or parent::style)])")


def text_of(element: _Element) -> str:
    """The text of an element on one line."""
    return squeeze(" ".join("".join(_texts(element)).split()))


def _texts(element: _Element) -> Iterator[str]:
    """The pieces of an element's text, raised figures as such."""
    if element.find(".//sup") is None:
        return element.itertext()
    return (raised(str(text)) if text.getparent().tag == "sup" and text.is_text else str(text) for text in element.xpath(".//text()"))
