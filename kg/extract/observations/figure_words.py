"""The patterns by which numbers are told to be figures."""

from __future__ import annotations

import re

from kg.extract.knowledge.phrases import Words

EACH = "分别"  # each of several values is told of a thing of its own


class FigureWords(Words):
    """Those of `rules/observations_figures.yaml`, with the same names."""

    kind_unit: frozenset[str]
    grade: re.Pattern[str]  # behind a size in a name: about so large
    limit_end: re.Pattern[str]
    berth: re.Pattern[str]  # in a name behind the size of the ships that it takes: 30万吨级码头
    of_others: re.Pattern[str]  # 覆盖率达88%，90%的村有诊所: what the second is a part of is not the first's
    listed: re.Pattern[str]  # between the numbers of one list
    items: re.Pattern[str]  # between the things of one
    ranked: re.Pattern[str]  # 居全国第1、第2位
    turned: re.Pattern[str]  # 分别增长2%和下降1%
    and_more: re.Pattern[str]
    also: re.Pattern[str]  # 97个国家和8个国际组织
    verbal: re.Pattern[str]
    verb: re.Pattern[str]  # any that says what is done with a thing counted
    bearers: re.Pattern[str]  # 甲、乙等6个省份完成投资…: whose the next figure is
    passed: re.Pattern[str]  # 里程新增1700公里、突破7000公里: where it stands now
    passed_by_change: re.Pattern[str]  # 企业净增30户、超400户
    size_of_each: re.Pattern[str]  # between a count and how large each is: 64个产值过10亿元的企业, 34个县总量不足百亿
    counted_behind: re.Pattern[str]  # 10亿元以上重大项目26个
    places: re.Pattern[str]
    more_rates: re.Pattern[str]
    over: re.Pattern[str]
    days_changed: re.Pattern[str]  # days that are counted: 优良天数增加19天
    index: re.Pattern[str]  # points are those of an index
    ratio_is: re.Pattern[str]  # the same of what one is to another
    index_is: re.Pattern[str]  # 指数为370.9
    base: re.Pattern[str]  # what a figure is compared with; a year as a group
    two_bases: re.Pattern[str]  # 环比、同比分别增长
    summed_up: re.Pattern[str]
    among: re.Pattern[str]  # before a rank: among what it is
    among_all: re.Pattern[str]  # between a figure and the rank of the same thing
    taken_so_far: re.Pattern[str]  # in a bracket behind a work: what it has taken up to now is no size of it
    each_has: re.Pattern[str]  # before the next thing of a list that each of several has
    each_so_many: re.Pattern[str]  # before one number that each of several has
    each: re.Pattern[str]  # of several, each has so much; or, behind EACH, its own
    # what a rate is said by its name, not by its %
    interest_rate: re.Pattern[str]
    other_rate: re.Pattern[str]  # what is a rate, but no growth
    growth_rate: re.Pattern[str]
    fall_rate: re.Pattern[str]  # 降幅由12%收窄至8%
    rates_headed: re.Pattern[str]  # 增速：工业5.6%，投资8%: up to the name of a rate; the part `fell` says that they are below zero
    of_rate: re.Pattern[str]  # behind the name of what has a rate
    of_a_whole: re.Pattern[str]
    at_least: re.Pattern[str]
    bound_of_all: re.Pattern[str]
    at_most: re.Pattern[str]  # before the most that is given
    what_it_is: re.Pattern[str]  # behind a number that is a sentence by itself
    of_which: re.Pattern[str]
    supposed_before: re.Pattern[str]  # the clause before only supposes something …
    told_all_the_same: re.Pattern[str]  # … but what is told behind it has been
