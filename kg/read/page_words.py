"""The words and expressions by which columns of texts, the head of a paper, broken lines and titles, and the name of a site are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.expressions import compiled, filled
from kg.ontology import shipped_folder
from kg.yaml_files import items_of, read_yaml


@dataclass(frozen=True, slots=True)
class PageWords:
    """Those of `lexicon/pages.yaml`, with the same names."""

    columns: Mapping[str, tuple[str, ...]]  # field of a document → the columns that hold it, as written
    row_heads: str
    # Of a day in the head of a paper.
    other_day: re.Pattern[str]  # before it: it is that of an event
    enacted: re.Pattern[str]  # behind it: what was done to a law on a day of its history
    ahead: re.Pattern[str]  # behind it: it is still to come
    labelled_cell: re.Pattern[str]  # before it, in a row of a table
    governed: re.Pattern[str]  # before it: a sentence tells what was done on it
    dateline: re.Pattern[str]  # behind it
    below_signature: re.Pattern[str]  # what stands below the signature of a paper …
    attached: re.Pattern[str]  # … and its day
    about_a_year: re.Pattern[str]  # in the name of its file: it is of a day in the year after
    # Of the title of an official paper, broken.
    about: re.Pattern[str]
    title_opens: re.Pattern[str]
    title_goes_on: re.Pattern[str]  # a line in which it goes on
    title_ends: re.Pattern[str]
    title_verb: re.Pattern[str]  # tells that it is one, however short
    passed_on: re.Pattern[str]  # another paper, with its own 关于
    letterhead: re.Pattern[str]  # stands above the title
    number: re.Pattern[str]  # as well, or below it; its part `year` is that of the paper
    field: re.Pattern[str]  # as the letterhead does
    # Of lines that a typesetter broke.
    line_begins: re.Pattern[str]  # how the first line of a paragraph begins
    line_ends: re.Pattern[str]  # how the last one ends
    amount: re.Pattern[str]
    # Of several papers or articles in one text.
    no_headline: re.Pattern[str]  # how a line begins that is none
    article_opens: re.Pattern[str]  # how an article of a newspaper begins …
    article_source: re.Pattern[str]  # … or the line between its headline and its text
    paper_opens: re.Pattern[str]  # the first line of the title of an official paper
    paper_ends: re.Pattern[str]  # how the last one ends
    first_article: re.Pattern[str]
    attached_below: re.Pattern[str]  # how what a paper attaches begins, below its signature
    law_title: re.Pattern[str]
    report_title: re.Pattern[str]
    # Of a table.
    works: re.Pattern[str]  # the head of a column of names of works
    table_goes_on: re.Pattern[str]  # a line above it that only says so
    # Of a web page.
    cut_off: re.Pattern[str]  # how the beginning of another article ends
    no_title: re.Pattern[str]  # in its <title>: no author wrote it …
    site: re.Pattern[str]  # … it names the site and not the article
    site_suffix: re.Pattern[str]


@cache
def page_words() -> PageWords:
    """The shipped ones, read when the first text is."""
    given = read_yaml(shipped_folder() / "lexicon" / "pages.yaml")["pages"]
    rules = shipped_folder() / "rules"
    pieces = given["pieces"] | read_yaml(rules / "policy_time.yaml")["pieces"] | read_yaml(rules / "observations_tables.yaml")["pieces"]
    patterns = {name: compiled(filled(pattern, pieces.__getitem__)) for name, pattern in items_of(given["patterns"])}
    columns = {name: tuple(names) for name, names in items_of(given["columns"])}
    return PageWords(columns=columns, row_heads=given["row_heads"], **patterns)
