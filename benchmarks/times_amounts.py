"""Times and amounts of money read by this program and by JioNLP, case by case, as a table of both.

    python benchmarks/times_amounts.py --jionlp /path/to/an/environment/bin/python [--all]

The cases are those of tests/text/times.yaml and amounts.yaml, written for this program: they say what it is meant to read,
and so favour it. JioNLP (https://jionlp.com) is no dependency: it is run by an interpreter that has it. An expression counts
as read if its first and last day (value, unit and bound) are those of the table; `near` counts besides what JioNLP reads a
little wider, because it takes 去年底 for two months where the table has the last day. An expression that has no period
(近日, 连续三年) is right if none is given, or an error raised.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kg.extract.knowledge.phrases import read_phrases
from kg.ontology import Ontology
from kg.text.calendar_spans import period_days
from kg.text.fold import fold
from kg.text.numbers import NumberReader, NumberWords
from kg.text.times import CalendarWords, TimeFinder
from kg.text.units import unit_table
from kg.yaml_files import read_yaml

CASES = Path(__file__).parents[1] / "tests" / "text"
NEAR = 62  # days by which a reading may be wider than the table's
# Run by the other interpreter: cases as JSON on stdin, answers as JSON on stdout.
WORKER = """
import json, sys
import jionlp as jio
answers = {"version": jio.__version__, "times": [], "amounts": []}
given = json.load(sys.stdin)
def tried(parse, *words, **more):
    try:
        return parse(*words, **more)
    except Exception:
        return None
for day, text in given["times"]:
    year, month, number = map(int, day.split("-"))
    answers["times"].append(tried(jio.parse_time, text, time_base={"year": year, "month": month, "day": number}))
for text in given["amounts"]:
    answers["amounts"].append(tried(jio.parse_money, text))
print("\\n" + json.dumps(answers, ensure_ascii=False))
"""
BOUNDS = {"accurate": "=", "blur": "~", "blur+": ">", "blur-": "<"}
UNITS = {"元": "CNY", "美元": "USD"}
Span = tuple[str, str] | None


class Line(NamedTuple):
    text: str
    wanted: str
    ours: str
    theirs: str
    right: bool
    theirs_right: bool
    theirs_near: bool


def table(name: str) -> list[list[Any]]:
    return list(yaml.load((CASES / name).read_text(encoding="utf-8"), yaml.BaseLoader))


def times(cases: list[list[str]], answers: list[Any]) -> list[Line]:
    finder = TimeFinder(read_phrases(Ontology.load().yaml("rules")).words_of(CalendarWords, "calendar"))
    lines = []
    for (day, text, period, role), answer in zip(cases, answers, strict=True):
        found = finder.find(fold(text), day)
        wanted = period_days(period) if role not in ("none", "vague") and period != "~" else None
        ours = period_days(found[0].period) if len(found) == 1 and found[0].period else None
        span = answer.get("time") if isinstance(answer, dict) and answer.get("type") in ("time_span", "time_point") else None
        theirs = (span[0][:10], span[1][:10]) if isinstance(span, list) else None
        lines.append(Line(text, show(wanted), show(ours), show(theirs), ours == wanted, theirs == wanted, near(theirs, wanted)))
    return lines


def near(theirs: Span, wanted: Span) -> bool:
    if theirs is None or wanted is None:
        return theirs == wanted
    try:
        (first, last), (begin, end) = (tuple(date.fromisoformat(day) for day in span) for span in (theirs, wanted))
    except ValueError:
        return False
    return first <= begin and end <= last and (begin - first).days + (last - end).days <= NEAR


def show(span: Span) -> str:
    return "–" if span is None else span[0] if span[0] == span[1] else "/".join(span)


def amounts(cases: list[list[Any]], answers: list[Any]) -> list[Line]:
    ontology = Ontology.load()
    reader = NumberReader(unit_table([(p, read_yaml(p)) for p in ontology.files("lexicon", ".yaml") if p.stem == "units"]), read_phrases(ontology.yaml("rules")).words_of(NumberWords, "numbers"))
    lines = []
    for (text, value, unit, bound), answer in zip(cases, answers, strict=True):
        given = value if isinstance(value, list) else [value]
        wanted = "–" if value == "none" else told([Decimal(v) for v in given], unit, "" if len(given) > 1 else bound)
        found = [one for one in reader.find(fold(text)) if one.kind == "money"]
        ours = theirs = "–"
        if len(found) == 1:
            one = found[0]
            ours = told([one.value] if one.high is None else [one.value, one.high], one.unit, "" if one.high is not None else one.bound)
        if isinstance(answer, dict):
            theirs = jio_amount(answer, bound)
        # Their blur- is both 近 and 不足, and of 10多亿 they give both ends: only the amount itself is asked for in `near`.
        close = theirs.split(" ")[-1] == wanted.split(" ")[-1] or theirs.split("–")[0].lstrip("<>~= ") == wanted.lstrip("<>~= ").split(" ")[0]
        lines.append(Line(text, wanted, ours, theirs, ours == wanted, theirs == wanted, close))
    return lines


def jio_amount(answer: dict[str, Any], bound: str) -> str:
    numbers = answer["num"] if isinstance(answer["num"], list) else [answer["num"]]
    try:
        values = [Decimal(number) for number in numbers]
    except InvalidOperation:
        return str(answer["num"])
    sign = BOUNDS.get(answer["definition"], "?")
    sign = bound if sign == "<" and bound == "~" else sign  # they have one sign for 近 and for 不足
    return told(values, UNITS.get(answer["case"], answer["case"]), "" if len(values) > 1 else sign)


def told(values: list[Decimal], unit: str, bound: str) -> str:
    numbers = "–".join(f"{value.normalize():f}" for value in values)
    return f"{bound if bound != '=' else ''}{numbers} {unit}"


def print_table(title: str, lines: list[Line], every: bool) -> None:
    print(f"\n### {title}\n\n| written | table | kg | JioNLP |\n|---|---|---|---|")
    for line in lines:
        if every or not (line.right and line.theirs_right):
            marks = [f"{said}{'' if right else ' ✗'}" for said, right in ((line.ours, line.right), (line.theirs, line.theirs_right))]
            print(f"| {line.text} | {line.wanted} | {marks[0]} | {marks[1]} |")
    total = len(lines)
    ours, theirs, close = (sum(getattr(line, name) for line in lines) for name in ("right", "theirs_right", "theirs_near"))
    print(f"\n{title}: kg {ours} of {total} ({ours / total:.3f}); JioNLP {theirs} ({theirs / total:.3f}), near {close} ({close / total:.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jionlp", default=sys.executable, help="Python that has JioNLP installed.")
    parser.add_argument("--all", action="store_true", help="Print the cases that both read right, too.")
    arguments = parser.parse_args()
    dated = [row for row in table("times.yaml") if len(row[0]) == len("2021-07-15")]
    money = table("amounts.yaml")
    given = json.dumps({"times": [row[:2] for row in dated], "amounts": [row[0] for row in money]})
    done = subprocess.run([arguments.jionlp, "-c", WORKER], input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{arguments.jionlp} cannot run JioNLP (pip install jionlp):\n{done.stderr[-400:]}")
    answers = json.loads(done.stdout.rsplit("\n", 2)[-2])
    print(f"JioNLP {answers['version']}; cases in Simplified script, read alone, with the day on which they are said")
    print_table("Times", times(dated, answers["times"]), arguments.all)
    print_table("Amounts", amounts(money, answers["amounts"]), arguments.all)


if __name__ == "__main__":
    main()
