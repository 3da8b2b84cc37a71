"""What the figures of a sentence have told so far, with which those behind them go on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class SoFar:
    """Empty at the beginning of a sentence; `IndicatorNamer` adds what each figure tells."""

    topic: str = ""  # what a following 同比增长 is about
    owner: str = ""  # whose measures follow, named when it was counted: 规模以上服务业8户，营业收入3亿元
    grown: str = ""  # what a rate was told of that ends right before the semicolon at which the sentence begins: 甲省经济增长5%；乙省增长4%
    kind: str = ""  # of the number that it was measured by
    unit: str = ""
    rate: str = ""  # what a rank or 高于全国 behind a growth or a fall compares: 增速
    rate_named: bool = False  # whether what grew was named with it, and not with an amount before it
    ranked: tuple[int, str] = (-1, "")  # the clause in which something was ranked last, and what
    shared: str = ""  # what the share told last is a part of: 装机 of 装机占总量60%，同比增长24%
    unnamed: int = -2  # where the amount ends that was told last, if nothing is named that it is of
    by_unit: dict[str, str] = field(default_factory=dict)  # what was measured in each unit, for a following 比去年增加35个、180亿元
    levels: list[str] = field(default_factory=list)  # what the amounts are of, for a following 分别增长
    listed: list[str] = field(default_factory=list)  # what the figures of the list are of that is being named
    listed_before: list[str] = field(default_factory=list)  # … and of the list before, for a following 比8月份分别加快

    def list_before(self, place: int) -> list[str]:
        """What the figures are of in the list before the one of which the figure at `place` is being named."""
        return self.listed_before if place else self.listed
