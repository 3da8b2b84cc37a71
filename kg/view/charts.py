"""Figures drawn: a series over time, or a comparison of subjects; many indicators as small multiples."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kg.ask.figures import FigureRow
from kg.ask.wording import is_rank
from kg.errors import KgError
from kg.text.calendar_spans import period_days
from kg.view.assets import words
from kg.whole_file import whole_file

ENDINGS = (".png", ".svg", ".html")
# The first that the machine has is used; browsers look for them in the same order.
FONTS = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, WenQuanYi Micro Hei, Microsoft YaHei, PingFang SC, sans-serif"
_RATES = ("%", "‰")
_MOST_PANELS = 40
_MOST_INDICATORS = 60
_MOST_BARS = 12  # of a panel
_MOST_LINES = 10  # of a panel: as many as there are colours that can be told apart
# 1142.15亿 rather than 114,215,000,000: the values are unscaled, and such numbers are read by 万 and 亿.
_SCALED = (
    "abs(datum.value) >= 1e12 ? format(datum.value / 1e12, ',~f') + '万亿' : "
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~f') + '亿' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~f') + '万' : format(datum.value, ',~f')"
)


def check_ending(path: Path) -> None:
    """KgError for a file that no chart can be written to."""
    if path.suffix.lower() not in ENDINGS:
        raise KgError(f"cannot draw {path.suffix or 'a file without ending'}", file=path, hint=f"endings: {', '.join(ENDINGS)}")


def draw(rows: Sequence[FigureRow], path: Path, *, title: str = "", multiples: bool = False) -> str:
    """Write a chart of `rows` to a .png, .svg or .html file (which needs no network); what was drawn, in words.

    Several periods of half the subjects or more make a line for each subject, else there is a bar for each, of the period that
    most have; of a subject and period one value is drawn, and the periods are shown. Ranks are left out: the
    longest bar would be the worst, a rising line a fall. `multiples` gives each indicator that has more than one figure a panel of its own. KgError for another ending, or if there is nothing to draw.
    """
    check_ending(path)
    given = len(rows)
    rows = [row for row in rows if not is_rank(row.kind, row.within, row.unit)]
    drawn = [row for row in rows if row.period] or rows
    called = _subjects(drawn)
    data = [_datum(row, called[row.subject_id]) for row in drawn]
    if not data:
        raise KgError("ranks are not drawn" if given else "there is no figure to draw", hint="kg figures lists what there is")
    chart, what = _multiples(data) if multiples else _single(data)
    chart = chart.properties(title=title) if title else chart
    chart = chart.configure(font=FONTS).configure_view(stroke=None)
    form = path.suffix.lower().removeprefix(".")
    drawing: io.BytesIO | io.StringIO = io.BytesIO() if form == "png" else io.StringIO()
    chart.save(drawing, format=form, inline=form == "html", scale_factor=2.0 if form == "png" else 1.0)
    content = drawing.getvalue()
    with whole_file(path) as file:
        file.write(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
    return what


def _datum(row: FigureRow, subject: str) -> dict[str, Any]:
    called = _words()
    kind, unit = called.get(f"kind-{row.kind}", row.kind), called.get(f"unit-{row.unit}", row.unit)
    measure = kind + (f" ({unit})" if unit else "")
    return {
        "subject": subject, "value": float(row.value), "months": None if row.unit in _RATES else _months(row.period), "period": period_text(row.period), "order": row.period.rpartition("/")[2] + row.period,
        "indicator": row.indicator, "measure": measure, "panel": f"{row.indicator} · {measure}",
        "written": f"{row.indicator_as_written} {row.as_written}".strip(), "sentence": row.sentence, "document": row.document, "confidence": row.confidence, "exact": row.bound == "exact",
    }  # fmt: skip


def _months(period: str) -> int:
    """How many months a period has, rounded: 0 for a day, and for none."""
    days = period_days(period)
    return round((date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days / 30.44) if days else 0


@cache
def _words() -> dict[str, str]:
    """The words of the pages: subjects and indicators are called in Chinese, so what stands beside them is too."""
    found: dict[str, str] = json.loads(words())["zh-Hans"]
    return found


def period_text(period: str) -> str:
    """A period as the pages write it: whole years and months by their names.

    >>> [period_text(p) for p in ("2024", "2024-01-01/2024-06-30", "2026-01-01/2030-12-31", "2024-05-03/2024-06-30")]
    ['2024', '2024-01 – 06', '2026 – 2030', '2024-05-03 – 2024-06-30']
    >>> [period_text(p) for p in ("2024-01-01/2024-06-28", "2024-02-01/2024-02-28", "2023-01-01/2023-02-28")]
    ['2024-01-01 – 2024-06-28', '2024-02-01 – 2024-02-28', '2023-01 – 02']
    """
    start, _, end = period.partition("/")
    if not end:
        return start
    first, last = start[:4], end[:4]
    if start.endswith("-01-01") and end.endswith("-12-31"):
        return first if first == last else f"{first} – {last}"
    month = period_days(end[:7])
    if not (start.endswith("-01") and month and end == month[1]):
        return f"{start} – {end}"
    if first != last:
        return f"{start[:7]} – {end[:7]}"
    return start[:7] if start[:7] == end[:7] else f"{start[:7]} – {end[5:7]}"


def _subjects(rows: Sequence[FigureRow]) -> dict[str, str]:
    """Id of a subject → what it is called in the chart: of things of one name each has a document beside it."""
    names, documents = {row.subject_id: row.subject or "全国" for row in rows}, {row.subject_id: row.document for row in reversed(rows)}
    many = Counter(names.values())
    return {one: f"{name} ({documents[one]})" if many[name] > 1 else name for one, name in names.items()}


def _single(data: list[dict[str, Any]]) -> tuple[Any, str]:
    import altair as alt

    panels = Counter(datum["panel"] for datum in data)
    if len(panels) > 1 and max(panels.values()) == 1:
        return _indicators(alt, data)
    # Two units in one picture mislead: the one with most figures is drawn.
    panel = max(panels, key=lambda panel: (panels[panel], panel))
    one_panel = [datum for datum in data if datum["panel"] == panel]
    data = _once(one_panel)
    subjects = {datum["subject"] for datum in data}
    told = {(datum["subject"], datum["period"], datum["value"]) for datum in one_panel}
    left = f"; other values of the same subject and period left out: {len(told) - len(data)}" if len(told) > len(data) else ""
    course = _alike_long(data)
    periods = _in_time(course)
    courses = sum(count > 1 for count in Counter(datum["subject"] for datum in course).values())
    if courses and courses * 2 >= len(subjects):
        left += f"; of periods of other lengths left out: {len(data) - len(course)}" if len(course) < len(data) else ""
        data = course
        chart = alt.Chart(_data(alt, data)).mark_line(point=True).encode(
            x=alt.X("period:O", title=None, sort=periods), y=alt.Y("value:Q", title=panel, axis=alt.Axis(labelExpr=_SCALED)),
            color=alt.Color("subject:N", title=None), tooltip=_tooltip(alt),
        )  # fmt: skip
        return chart.properties(width=640, height=320), f"{len(data)} figures over {len(periods)} periods: {panel}{left}"
    # A year beside a quarter misleads: the period is drawn that most subjects have. Where no two share one, each bar says its own.
    alike, periods = _of_one_period(data), _in_time(data)
    if len(alike) < len(data):
        left += f"; of other periods left out: {len(data) - len(alike)}"
        data, periods = alike, [alike[0]["period"]]
        subjects = {datum["subject"] for datum in data}
    title = " · ".join(filter(None, [panel, *periods])) if len(periods) == 1 else panel
    bars = [datum | {"bar": datum["subject"] if len(periods) == 1 else f"{datum['subject']} · {datum['period']}"} for datum in data]
    return _bars(alt, bars, title), f"{_counted(len(bars), 'figure')} of {_counted(len(subjects), 'subject')}: {title}{left}"


def _indicators(alt: Any, data: list[dict[str, Any]]) -> tuple[Any, str]:
    """Indicators that have one figure each, beside each other: those of the kind, unit and period that most of them have."""
    groups = Counter((datum["measure"], datum["period"]) for datum in data)
    measure, period = groups.most_common(1)[0][0]
    drawn = [datum for datum in data if (datum["measure"], datum["period"]) == (measure, period)][:_MOST_INDICATORS]
    subjects = {datum["subject"] for datum in drawn}
    title = " · ".join(filter(None, [*(subjects if len(subjects) == 1 else ()), measure, period]))
    bars = [datum | {"bar": datum["indicator"] if len(subjects) == 1 else f"{datum['subject']} · {datum['indicator']}"} for datum in drawn]
    left = f"; others left out: {len(data) - len(drawn)}" if len(data) > len(drawn) else ""
    return _bars(alt, bars, title), f"{_counted(len(bars), 'indicator')}: {title}{left}"


def _bars(alt: Any, bars: list[dict[str, Any]], title: str) -> Any:
    """A bar for each, the largest first."""
    order = alt.EncodingSortField(field="value", order="descending")
    chart = alt.Chart(_data(alt, bars)).mark_bar().encode(
        x=alt.X("value:Q", title=title, axis=alt.Axis(labelExpr=_SCALED)), y=alt.Y("bar:N", title=None, sort=order, axis=alt.Axis(labelLimit=320)),
        tooltip=_tooltip(alt),
    )  # fmt: skip
    return chart.properties(width=560)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _in_time(data: list[dict[str, Any]]) -> list[str]:
    """The periods by their ends; of those with one end the longest first."""
    return list(dict.fromkeys(datum["period"] for datum in sorted(data, key=lambda datum: datum["order"])))


def _of_one_period(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures of the period that most subjects have, of equals the last; all of them where no two share one and each subject has one."""
    # By their texts: 2024 and the span of its days are one. Of equals `max` takes the first.
    counts = Counter(datum["period"] for datum in data)
    period, most = max(((period, counts[period]) for period in reversed(_in_time(data))), key=lambda item: item[1])
    subjects = {datum["subject"] for datum in data}
    return [datum for datum in data if datum["period"] == period] if most > 1 or len(data) > len(subjects) else data


def _alike_long(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What makes a course: amounts over periods of one length, the commonest, of equals the longest; all rates.

    A year beside its half would look like a fall.
    """
    lengths: dict[int, set[str]] = {}
    for datum in data:
        if datum["months"] is not None:
            lengths.setdefault(datum["months"], set()).add(datum["period"])
    months = max(lengths, key=lambda months: (len(lengths[months]), months), default=None)
    return [datum for datum in data if datum["months"] == months]


def _once(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One figure for each subject and period: the value that is told most often, of equals an exact one, the surest, then the first."""
    told: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for datum in data:
        told.setdefault((datum["subject"], datum["period"]), []).append(datum)
    found = []
    for same in told.values():
        times = Counter(datum["value"] for datum in same)
        found.append(max(same, key=lambda datum: (times[datum["value"]], datum["exact"], datum["confidence"])))
    return found


def _multiples(data: list[dict[str, Any]]) -> tuple[Any, str]:
    import altair as alt

    panels: dict[str, list[dict[str, Any]]] = {}
    for datum in data:
        panels.setdefault(datum["panel"], []).append(datum)
    told = {panel: len({(datum["subject"], datum["period"], datum["value"]) for datum in own}) for panel, own in panels.items()}
    panels = {panel: _once(own) for panel, own in panels.items()}
    # One figure makes no picture: it is drawn only if there is nothing to compare anywhere.
    telling = {panel: own for panel, own in panels.items() if len(own) > 1} or panels
    shown = sorted(telling, key=lambda panel: (-len(telling[panel]), panel))[:_MOST_PANELS]
    # Each panel has colours of its own, with their names beside it: one for all would use a colour for several subjects.
    drawn = [_panel(alt, panel, telling[panel]) for panel in shown]
    chart = alt.concat(*(picture for picture, _ in drawn), columns=3, spacing=28).resolve_scale(color="independent")
    alone, hidden = len(panels) - len(telling), sum(left_out for _, left_out in drawn)
    left = f"; left out, as they have one figure each: {alone}" if alone else ""
    left += f"; figures left out of them: {hidden}" if hidden else ""
    others = sum(told[panel] - len(telling[panel]) for panel in shown)
    left += f"; other values of the same subject and period left out: {others}" if others else ""
    return chart, f"{len(shown)} of {len(panels)} indicators in small multiples{left}"


def _panel(alt: Any, title: str, data: list[dict[str, Any]]) -> tuple[Any, int]:
    """Lines if some subject has a course of three periods or more, else a bar for each figure; and how many figures it leaves out."""
    alike = _alike_long(data)
    by_subject = Counter(datum["subject"] for datum in alike)
    courses = [subject for subject, times in by_subject.most_common() if times > 2][:_MOST_LINES]
    if courses:
        own = [datum for datum in alike if datum["subject"] in courses]
        periods = _in_time(own)
        lines = alt.Chart(_data(alt, own), title=title).mark_line(point=True).encode(
            x=alt.X("period:O", title=None, sort=periods, axis=alt.Axis(labelAngle=0 if len(periods) < 4 else -40)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(labelExpr=_SCALED, tickCount=5)),
            color=alt.Color("subject:N", title=None), tooltip=_tooltip(alt),
        ).properties(width=230, height=150)  # fmt: skip
        return lines, len(data) - len(own)
    periods = _in_time(data)
    common = Counter(datum["period"] for datum in data)
    drawn = sorted(data, key=lambda datum: (-common[datum["period"]], -datum["value"]))[:_MOST_BARS]
    single = len({datum["period"] for datum in drawn}) == 1
    bars = [datum | {"bar": datum["subject"] if single else f"{datum['subject']} · {datum['period']}"} for datum in drawn]
    bars.sort(key=lambda datum: (periods.index(datum["period"]), -datum["value"]))
    heading = f"{title} · {drawn[0]['period']}" if single else title
    chart = alt.Chart(_data(alt, bars), title=heading).mark_bar().encode(
        x=alt.X("value:Q", title=None, axis=alt.Axis(labelExpr=_SCALED, tickCount=4)),
        y=alt.Y("bar:N", title=None, sort=[bar["bar"] for bar in bars], axis=alt.Axis(labelLimit=200)), tooltip=_tooltip(alt),
    ).properties(width=190, height=alt.Step(18))  # fmt: skip
    return chart, len(data) - len(bars)


def _data(alt: Any, values: list[dict[str, Any]]) -> Any:
    return alt.Data(values=values)  # `alt` is Any here: the constructor has no types


def _tooltip(alt: Any) -> list[Any]:
    return [alt.Tooltip(f"{name}:N") for name in ("subject", "period", "written", "sentence", "document")]
