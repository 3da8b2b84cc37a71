"""Figures drawn: a series over time, or a comparison of subjects; many indicators as small multiples."""

from __future__ import annotations

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

    Several periods make a line for each subject; one period makes a bar for each subject; `multiples` gives each
    indicator a panel of its own. KgError for another ending, or if there is nothing to draw.
    """
    if path.suffix.lower() not in ENDINGS:
        raise KgError(f"cannot draw {path.suffix or 'a file without ending'}", file=path, hint=f"endings: {', '.join(ENDINGS)}")
    dated = [row for row in rows if row.period]
    data = [_datum(row) for row in dated or rows]
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


def _datum(row: FigureRow) -> dict[str, Any]:
    first, _, last = row.period.partition("/")
    return {
        "subject": row.subject or "全国", "indicator": row.indicator, "kind": row.kind, "value": float(row.value), "unit": row.unit,
        "period": row.period, "time": (last or first)[:10], "panel": f"{row.indicator} · {row.kind} ({row.unit})",
        "written": row.written, "sentence": row.sentence, "document": row.document,
    }  # fmt: skip


def _single(data: list[dict[str, Any]]) -> tuple[Any, str]:
    import altair as alt

    units = sorted({datum["panel"] for datum in data})
    if len(units) > 1:
        # Two units in one picture mislead: the one with most figures is drawn.
        most = max(units, key=lambda unit: (sum(d["panel"] == unit for d in data), unit))
        data = [datum for datum in data if datum["panel"] == most]
    panel = data[0]["panel"]
    times = {datum["time"] for datum in data}
    series = len({(datum["subject"], datum["time"]) for datum in data}) > len({datum["subject"] for datum in data})
    base = alt.Chart(_data(alt, data)).encode(tooltip=_tooltip(alt))
    value = alt.Y("value:Q", title=panel, axis=alt.Axis(labelExpr=_SCALED))
    if series:
        chart = base.mark_line(point=True).encode(x=alt.X("time:O", title=None), y=value, color=alt.Color("subject:N", title=None))
        return chart.properties(width=640, height=320), f"{len(data)} figures over {len(times)} times: {panel}"
    order = alt.EncodingSortField(field="value", order="descending")
    chart = base.mark_bar().encode(
        x=alt.X("value:Q", title=panel, axis=alt.Axis(labelExpr=_SCALED)), y=alt.Y("subject:N", title=None, sort=order, axis=alt.Axis(labelLimit=260)),
    )  # fmt: skip
    return chart.properties(width=560), f"{len(data)} figures of {len({d['subject'] for d in data})} subjects: {panel}"


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
