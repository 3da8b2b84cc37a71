"""The tables of a generation's index, `serve.sqlite` beside its store: what the JSON API is answered from.

A look-up in the store costs a third of a millisecond for each node, here a few microseconds; and ranks, names to search
and figures to filter by are in no store. Things are numbered by rank, the most central is 0; -1 stands for none. Offsets
of facts and figures count code points from the start of their document.
"""

from __future__ import annotations

NAME = "serve.sqlite"
FORMAT = 7

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE thing (
  rank INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL, names TEXT NOT NULL,
  code TEXT NOT NULL, scope TEXT NOT NULL, degree INTEGER NOT NULL, mentions INTEGER NOT NULL, x INTEGER, y INTEGER,
  length INTEGER NOT NULL, initials TEXT NOT NULL, pinyin TEXT NOT NULL);
CREATE TABLE fact (
  id TEXT NOT NULL, s INTEGER NOT NULL, p TEXT NOT NULL, o INTEGER NOT NULL, value TEXT NOT NULL, date TEXT NOT NULL,
  own INTEGER NOT NULL, confidence REAL NOT NULL, document INTEGER NOT NULL, sentence INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, rule TEXT NOT NULL, basis TEXT NOT NULL);
CREATE TABLE sentence (n INTEGER PRIMARY KEY, text TEXT NOT NULL, document INTEGER NOT NULL, start INTEGER NOT NULL);
CREATE TABLE link (
  a INTEGER NOT NULL, b INTEGER NOT NULL, p TEXT NOT NULL, count INTEGER NOT NULL, facts TEXT NOT NULL,
  PRIMARY KEY (a, b, p)) WITHOUT ROWID;
CREATE TABLE indicator (n INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL, figures INTEGER NOT NULL);
CREATE TABLE figure (
  id TEXT NOT NULL, s INTEGER, indicator INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL,
  bound TEXT NOT NULL, period TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, base TEXT NOT NULL,
  scope TEXT NOT NULL, quoted TEXT NOT NULL, confidence REAL NOT NULL, document INTEGER NOT NULL,
  sentence INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, rule TEXT NOT NULL, clues TEXT NOT NULL,
  written TEXT NOT NULL, responsible TEXT NOT NULL);
CREATE TABLE answer (thing INTEGER NOT NULL, figure TEXT NOT NULL, PRIMARY KEY (thing, figure)) WITHOUT ROWID;
CREATE TABLE document (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
  source TEXT NOT NULL, publisher TEXT NOT NULL, key TEXT NOT NULL, facts INTEGER NOT NULL, figures INTEGER NOT NULL);
CREATE VIRTUAL TABLE search USING fts5 (
  label, names, single, others, initials, pinyin, kind, content='', tokenize='ascii');
"""
# `s, p, o` also serves everything that asks for `s` alone; figures are listed by indicator and period.
INDEXES = """
CREATE UNIQUE INDEX thing_id ON thing (id);
CREATE INDEX thing_code ON thing (code) WHERE code != '';
CREATE UNIQUE INDEX fact_id ON fact (id);
CREATE UNIQUE INDEX figure_id ON figure (id);
CREATE INDEX fact_subject ON fact (s, p, o, id);
CREATE INDEX fact_object ON fact (o, p, s, id) WHERE o >= 0;
CREATE INDEX link_back ON link (b, a, p);
CREATE INDEX indicator_key ON indicator (key);
CREATE INDEX figure_subject ON figure (s, indicator, kind, first, id);
CREATE INDEX figure_indicator ON figure (indicator, kind, first, id, last);
CREATE INDEX figure_period ON figure (first, last);
CREATE INDEX figure_document ON figure (document);
CREATE INDEX fact_document ON fact (document);
CREATE UNIQUE INDEX document_id ON document (id);
CREATE INDEX document_date ON document (date DESC, path);
"""
