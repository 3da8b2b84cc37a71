"""The patterns by which it is told when a figure holds, and whether it is a goal."""

from __future__ import annotations

import re

from kg.extract.knowledge.phrases import Words


class TimeWords(Words):
    """Those of `rules/observations_times.yaml`, with the same names."""

    loose_year: frozenset[str]  # a year that a report need not name: 全年
    weather_unit: frozenset[str]  # of what is foreseen, not planned
    second_base: re.Pattern[str]
    goal: re.Pattern[str]
    goal_behind: re.Pattern[str]
    goal_stated: re.Pattern[str]  # before the first of several goals …
    goal_stated_behind: re.Pattern[str]  # … and what stands behind the last
    from_now: re.Pattern[str]  # what the time of a goal begins with that is counted from now
    proposes: re.Pattern[str]  # a meeting or a paper says what is to be
    not_proposed: re.Pattern[str]  # behind that: what has been, and what a paper gives
    goals_follow: re.Pattern[str]  # the sentence before one of goals
    set_out: re.Pattern[str]  # what is to be done, not what stands in a paper
    beside_goal: re.Pattern[str]  # a goal is what the figure is compared with
    done: re.Pattern[str]  # no goal
    than_before: re.Pattern[str]  # such a year that something only is compared with
    size_of_work: re.Pattern[str]  # the words before a number that is told of a work, and is no goal of a year
    only_foreseen: re.Pattern[str]  # behind a word for a goal: none
    by_when: re.Pattern[str]  # what the time of a goal begins with
    by_end: re.Pattern[str]  # the end of the year that a report looks back on
    by_then: re.Pattern[str]  # how such a time ends: 6月底前
    hoped: re.Pattern[str]  # behind such a time, in a text without a date
    from_then: re.Pattern[str]  # the number is of an earlier time, and a time that stands with it is not the second's
    on_to: re.Pattern[str]  # what it went on to
    moved_to: re.Pattern[str]  # the same, of what is over
    year_before: re.Pattern[str]
    foreseen: re.Pattern[str]  # foresees, and plans nothing
    standing: re.Pattern[str]  # how things stand, in a plan too
    latest: re.Pattern[str]
    in_a_row: re.Pattern[str]
    built_then: re.Pattern[str]  # behind a time: when something was begun or built
    those_there: re.Pattern[str]  # they are there already
    exists_size: re.Pattern[str]  # how long or large a thing is, at any time
    running: re.Pattern[str]  # behind a quarter: what has come about since the year began
    exists: re.Pattern[str]  # they are there, in a plan too
    used_in_plan: re.Pattern[str]  # the same of things counted
    for_those: re.Pattern[str]  # whom a goal is for
    by_those: re.Pattern[str]  # by what it is reached
    sets: re.Pattern[str]  # what a plan sets, not what it gives or tells
    given: re.Pattern[str]  # what a plan gives, and no goal
    of_release: re.Pattern[str]  # what a yearly report calls the period that it is on
    speaks_of_goals: re.Pattern[str]
    met_before: re.Pattern[str]  # before a goal that has been met
    planned_then: re.Pattern[str]  # how a word for a goal begins that may be one of a year that is over
    makes_sure: re.Pattern[str]  # a clause of what for something is done, with no goal of its own
    may_foresee: re.Pattern[str]
    orders: re.Pattern[str]  # before a year that is to come, of which somebody says what it is to bring
    goal_heads: re.Pattern[str]  # before the time of a goal that holds for the rest of its paragraph
    goal_goes_on: re.Pattern[str]  # what a clause that goes on with it begins with, or says
    rank_goal: re.Pattern[str]  # what makes a rank one, besides what makes any figure one
    five_years_summed: re.Pattern[str]
    done_in_all: re.Pattern[str]
    plan_years: re.Pattern[str]
    mean_of_years: re.Pattern[str]
    first_day: re.Pattern[str]
    mean_rate: re.Pattern[str]  # a rate over several years
    part_of_then: re.Pattern[str]  # behind a time: what a share is of
    times_as_much: re.Pattern[str]  # behind a time: something was so many times as much
    grown_to: re.Pattern[str]  # what stands at the end of several years: 由7500公里增至
    stock: re.Pattern[str]  # how many live there, and rates that change little from year to year: they stand at the end of several years, with and without 达到
    told_of_all: re.Pattern[str]  # how a sentence begins that tells what a whole place has come to
    # A day of the news is when its figures hold, but for what is only told on it, is to come, or does not change.
    no_day: re.Pattern[str]
    expected: re.Pattern[str]  # the same, of all but the traffic that is foreseen of the day itself: 今天，全国铁路预计发送旅客815万人次
    traffic: re.Pattern[str]  # of a day, which a report on the day goes on to tell of sentence by sentence
    mean: re.Pattern[str]  # of several days
    yearly: re.Pattern[str]
    some_time: re.Pattern[str]  # 暑运期间: nobody says when
    summed: re.Pattern[str]  # over no one year
    of_which: re.Pattern[str]  # how a sentence opens that tells of a part of what was told before …
    of_part: re.Pattern[str]  # right before the time of such a part
    goes_on: re.Pattern[str]  # … and a paragraph that tells more of the same time
    presented: re.Pattern[str]  # before a time of which a meeting with the press is to tell …
    presented_of: re.Pattern[str]  # … and behind it
    not_yet_done: re.Pattern[str]  # what is only to come about
    stands_now: re.Pattern[str]  # what there is, whenever it came about
    at_end: re.Pattern[str]  # what stands at one day of a time only
    flow: re.Pattern[str]  # what comes about in a time, and is measured for it
    running_sum: re.Pattern[str]  # nor over five
    reached: re.Pattern[str]  # what stands at the end of several years
    stands_at: re.Pattern[str]  # the same, of a share
    done_in_years: re.Pattern[str]  # what came about in them
    all_year: re.Pattern[str]
    this_year: re.Pattern[str]
    all_year_over: re.Pattern[str]  # behind 全年: of the year that is over, whenever it is told
    to_come: re.Pattern[str]  # 全年 is of the year that runs
    from_begin: re.Pattern[str]  # the end of a time from whose beginning on something grew …
    from_end: re.Pattern[str]  # … or from whose end on
    times_of: re.Pattern[str]  # before a time whose amount a figure is a multiple of
    within_years: re.Pattern[str]  # a goal is to be met in so many years: no year of it is told
    rest_of_ratio: re.Pattern[str]  # behind one number of a ratio, those that follow
    turns: re.Pattern[str]  # between a time behind 从 and the number: the number is of another time
    before_time: re.Pattern[str]
    before_planned: re.Pattern[str]
    by_then_told: re.Pattern[str]  # the same of a goal, whatever is told before it: 全市2025年底前，…
    enumerated: re.Pattern[str]  # how a further item of a list begins
    record_of: re.Pattern[str]
    set_then: re.Pattern[str]  # a time at which something only was set, which was done later
    just_over: re.Pattern[str]  # behind a time: what is told next is of another
    superlative: re.Pattern[str]  # behind 目前: it is of no figure
    heads_figures: re.Pattern[str]  # behind a time: it holds for the figures below
    since_begun: re.Pattern[str]  # behind a time since which something is counted
    begins_from: re.Pattern[str]  # what a time begins with from which something rose
    as_of: re.Pattern[str]  # what a time begins with as of which something stands
    compared_time: re.Pattern[str]
    struck: re.Pattern[str]
    balance: re.Pattern[str]
    over_before: re.Pattern[str]  # up to its end, a time that was over before what the text is about
    of_plan: re.Pattern[str]
    of_year: re.Pattern[str]
    year_only: re.Pattern[str]
    this_year_so_far: re.Pattern[str]
    adverbial: re.Pattern[str]  # what a time begins with that opens a statement wherever it stands …
    attributive: re.Pattern[str]  # … unless this stands behind it
    held: re.Pattern[str]  # behind the days of an event
    held_before: re.Pattern[str]  # between its day and its name
    met: re.Pattern[str]  # behind the day of a meeting
    lasts_days: re.Pattern[str]  # what is held for more than a day
    attended: re.Pattern[str]  # behind the number of those who came to an event
