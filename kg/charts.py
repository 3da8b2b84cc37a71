"""Figures drawn: a series over time, or a comparison of subjects; many indicators as small multiples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.figures import FigureRow

ENDINGS = (".png", ".svg", ".html")
# The first that the machine has is used; browsers look for them in the same order.
FONTS = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, WenQuanYi Micro Hei, Microsoft YaHei, PingFang SC, sans-serif"
_MOST_PANELS = 40
# 1142.15亿 rather than 114,215,000,000: the values are unscaled, and such numbers are read by 万 and 亿.
_SCALED = (
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~f') + '亿' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~f') + '万' : format(datum.value, ',~f')"
)


def draw(rows: Sequence[FigureRow], path: Path, *, title: str = "", multiples: bool = False) -> str:
    """Write a chart of `rows` to a .png, .svg or .html file (which needs no network); what was drawn, in words.

    Several periods of a subject make a line for each subject, else there is a bar for each; of a subject and period one
    value is drawn, and the periods are shown. `multiples` gives each indicator a panel of its own. KgError for another ending, or if there is nothing to draw.
    """
    if path.suffix.lower() not in ENDINGS:
        raise KgError(f"cannot draw {path.suffix or 'a file without ending'}", file=path, hint=f"endings: {', '.join(ENDINGS)}")
    drawn = [row for row in rows if row.period] or rows
    called = _subjects(drawn)
    data = [_datum(row, called[row.subject_iri]) for row in drawn]
    if not data:
        raise KgError("there is no figure to draw", hint="kg figures lists what there is")
    chart, what = _multiples(data) if multiples else _single(data)
    chart = chart.properties(title=title) if title else chart
    chart = chart.configure(font=FONTS).configure_view(stroke=None)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".html":
            chart.save(str(path), inline=True)
        else:
            chart.save(str(path), **({"scale_factor": 2.0} if path.suffix.lower() == ".png" else {}))
    except OSError as error:
        raise KgError(f"cannot be written: {error.strerror}", file=path) from error
    return what


def _datum(row: FigureRow, subject: str) -> dict[str, Any]:
    first, _, last = row.period.partition("/")
    return {
        "subject": subject, "indicator": row.indicator, "kind": row.kind, "value": float(row.value), "unit": row.unit,
        "period": f"{first} – {last}" if last else first, "time": (last or first)[:10], "panel": f"{row.indicator} · {row.kind} ({row.unit})",
        "written": row.written, "sentence": row.sentence, "document": row.document, "confidence": row.confidence,
    }  # fmt: skip


def _subjects(rows: Sequence[FigureRow]) -> dict[str, str]:
    """IRI of a subject → what it is called in the chart: of things of one name each has a document beside it."""
    names, documents = {row.subject_iri: row.subject or "全国" for row in rows}, {row.subject_iri: row.document for row in reversed(rows)}
    many = Counter(names.values())
    return {iri: f"{name} ({documents[iri]})" if many[name] > 1 else name for iri, name in names.items()}


def _single(data: list[dict[str, Any]]) -> tuple[Any, str]:
    import altair as alt

    panels = Counter(datum["panel"] for datum in data)
    # Two units in one picture mislead: the one with most figures is drawn.
    panel = max(panels, key=lambda panel: (panels[panel], panel))
    one_panel = [datum for datum in data if datum["panel"] == panel]
    data = _once(one_panel)
    periods = sorted({datum["period"] for datum in data}, key=lambda period: (period.rpartition(" – ")[2], period))
    subjects = {datum["subject"] for datum in data}
    told = {(datum["subject"], datum["period"], datum["value"]) for datum in one_panel}
    left = f"; other values of the same subject and period left out: {len(told) - len(data)}" if len(told) > len(data) else ""
    if len(data) > len(subjects):
        chart = alt.Chart(_data(alt, data)).mark_line(point=True).encode(
            x=alt.X("period:O", title=None, sort=periods), y=alt.Y("value:Q", title=panel, axis=alt.Axis(labelExpr=_SCALED)),
            color=alt.Color("subject:N", title=None), tooltip=_tooltip(alt),
        )  # fmt: skip
        return chart.properties(width=640, height=320), f"{len(data)} figures over {len(periods)} periods: {panel}{left}"
    # One period stands with the axis; where each subject has another, each bar says its own.
    title = " · ".join(filter(None, [panel, *periods])) if len(periods) == 1 else panel
    bars = [datum | {"bar": datum["subject"] if len(periods) == 1 else f"{datum['subject']} · {datum['period']}"} for datum in data]
    order = alt.EncodingSortField(field="value", order="descending")
    chart = alt.Chart(_data(alt, bars)).mark_bar().encode(
        x=alt.X("value:Q", title=title, axis=alt.Axis(labelExpr=_SCALED)), y=alt.Y("bar:N", title=None, sort=order, axis=alt.Axis(labelLimit=320)),
        tooltip=_tooltip(alt),
    )  # fmt: skip
    return chart.properties(width=560), f"{len(bars)} figures of {len(subjects)} subjects: {title}{left}"


def _once(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One figure for each subject and period: the value that is told most often, of equals the surest, then the first."""
    told: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for datum in data:
        told.setdefault((datum["subject"], datum["period"]), []).append(datum)
    found = []
    for same in told.values():
        times = Counter(datum["value"] for datum in same)
        found.append(max(same, key=lambda datum: (times[datum["value"]], datum["confidence"])))
    return found


def _multiples(data: list[dict[str, Any]]) -> tuple[Any, str]:
    import altair as alt

    panels: dict[str, list[dict[str, Any]]] = {}
    for datum in data:
        panels.setdefault(datum["panel"], []).append(datum)
    shown = sorted(panels, key=lambda panel: (-len(panels[panel]), panel))[:_MOST_PANELS]
    charts = [
        alt.Chart(_data(alt, panels[panel]), title=panel)
        .mark_point(filled=True)
        .encode(
            x=alt.X("time:O", title=None), y=alt.Y("value:Q", title=None, axis=alt.Axis(labelExpr=_SCALED)), color=alt.Color("subject:N", title=None),
            tooltip=_tooltip(alt),
        )
        .properties(width=220, height=130)
        for panel in shown
    ]  # fmt: skip
    return alt.concat(*charts, columns=4), f"{len(shown)} of {len(panels)} indicators in small multiples"


def _data(alt: Any, values: list[dict[str, Any]]) -> Any:
    return alt.Data(values=values)  # `alt` is Any here: the constructor has no types


def _tooltip(alt: Any) -> list[Any]:
    return [alt.Tooltip(f"{name}:N") for name in ("subject", "period", "written", "sentence", "document")]
