"""The patterns by which tables are read."""

from __future__ import annotations

import re

from kg.extract.knowledge.phrases import Words


class TableWords(Words):
    """Those of `rules/observations_tables.yaml`, with the same names."""

    growth: re.Pattern[str]
    rank: re.Pattern[str]  # group 1: within what
    target: re.Pattern[str]  # in a head or a caption: the values are goals
    plain: re.Pattern[str]  # a head that names nothing
    signature: re.Pattern[str]  # what stands beside the name of a body on the line that only says who wrote it, and when
    fulfilled: re.Pattern[str]  # a head that says how much of a goal is done
    so_far: re.Pattern[str]  # a head of what a work has taken from its beginning on; group `begun` where it says so itself
    of_year: re.Pattern[str]  # a head of a whole year, beside those of some months
    five_years: re.Pattern[str]  # a head of the years of a plan: “十四五”投资
    done: re.Pattern[str]  # a head of what was done, in a table of goals too
    of_money: re.Pattern[str]  # how the name of a sum of money ends
    mean_rate: re.Pattern[str]  # a head of rates over several years
    grown: re.Pattern[str]  # the end of a head that says that what it names grew
    falls_by: re.Pattern[str]  # how a name ends that says itself which way what it measures goes: 能耗降低
    added: re.Pattern[str]  # the head of a column of what is added until a goal is met
    lasting_units: tuple[str, ...]  # units of how long something lasts, which a head may give
    caption_growth: re.Pattern[str]  # a caption of rates of growth alone: 价格涨跌幅度, not 产量及增长速度
    caption_parts: re.Pattern[str]  # a caption of a table of the parts of what it names: 分行业
    caption_lead: re.Pattern[str]
    caption_tail: re.Pattern[str]
    amount: re.Pattern[str]  # says how much there is of what another head names: 产量, which belongs to 乙烯 and not to 发电量
    skip: re.Pattern[str]  # the head of a column without figures
    beside: re.Pattern[str]  # the head of a column that tells more of what its row is about: 建设地点, 建设单位
    kinds: re.Pattern[str]  # the head of a column that says of what kind what another column names is, or how far
    things: re.Pattern[str]  # the head of such another column: 社区
    works: re.Pattern[str]  # the head of a column of names of works: 项目名称
    measures: re.Pattern[str]  # the head of a column that says what is measured
    lasting: re.Pattern[str]  # what a thing has once and for all, whatever day its table was made: 总投资, 全长
    numbering: re.Pattern[str]
    unit_note: re.Pattern[str]  # group 1: the unit
    unit_colon: re.Pattern[str]
    unit_word: re.Pattern[str]
    same_time: re.Pattern[str]  # a head for the year before
    of_month: re.Pattern[str]  # of a month alone, beside 累计
    total: re.Pattern[str]
    nation: re.Pattern[str]
    sector: re.Pattern[str]  # a row of a sector of the economy
    of_sectors: re.Pattern[str]  # how what a row above it measures ends: all of them together, or what each has
    product_called: tuple[str, ...]
    measure_end: re.Pattern[str]
    dates: re.Pattern[str]  # the head of a column of years
    value: re.Pattern[str]  # the units are read later
    no_value: re.Pattern[str]  # what stands in a cell without one
    dated: re.Pattern[str]  # a cell holds a date, an hour or a number of a telephone
    fall: re.Pattern[str]  # how a value begins that fell
    signs: re.Pattern[str]  # beside a number
