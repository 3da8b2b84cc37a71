"""The patterns by which the name of a figure is told."""

from __future__ import annotations

import re

from kg.extract.knowledge.phrases import Words


class NameWords(Words):
    """Those of `rules/observations_names.yaml`, with the same names."""

    list_verb: re.Pattern[str]
    own_verb: re.Pattern[str]
    measure_noun: re.Pattern[str]
    measure_noun_in: re.Pattern[str]
    parts: re.Pattern[str]
    investment_end: re.Pattern[str]
    invested: re.Pattern[str]
    told: re.Pattern[str]
    rose_from: re.Pattern[str]
    joins: frozenset[str]  # the members of a list
    turned: re.Pattern[str]
    likened: re.Pattern[str]
    revised: re.Pattern[str]
    measured: re.Pattern[str]
    does_with: re.Pattern[str]
    does_named: re.Pattern[str]  # what those counted do with things that are named and counted behind it
    does_then: re.Pattern[str]  # what those counted do with what a number right behind counts …
    then_number: re.Pattern[str]  # … and how that begins
    before_whom: frozenset[str]
    acted_on: re.Pattern[str]  # before a number: something is done there, or with those counted …
    does_there: re.Pattern[str]  # … and what
    rest_of_clause: re.Pattern[str]
    each_does: re.Pattern[str]  # the same, each year
    kinds_of: re.Pattern[str]
    all_come: re.Pattern[str]
    of_all: re.Pattern[str]
    firm_end: re.Pattern[str]
    place_unlisted: re.Pattern[str]  # of which something is told, and which is nothing measured
    given_to: re.Pattern[str]
    ran_end: re.Pattern[str]
    trade: re.Pattern[str]  # is with somebody, whom the clauses before name
    traded_with: re.Pattern[str]
    number_next: re.Pattern[str]
    then_listed: re.Pattern[str]  # what follows the thing counted: which they are, or the next of them
    of_each_size: re.Pattern[str]
    count_next: re.Pattern[str]
    so_many_things: re.Pattern[str]
    and_amount: re.Pattern[str]
    starts_then: re.Pattern[str]
    came: re.Pattern[str]
    two_bases: re.Pattern[str]
    two_rates: re.Pattern[str]
    foreseen_inside: re.Pattern[str]
    per_each: re.Pattern[str]
    against_end: re.Pattern[str]
    harmed: re.Pattern[str]
    befell: re.Pattern[str]
    by_places: re.Pattern[str]
    by_sector: re.Pattern[str]
    sector: re.Pattern[str]
    of_sector: re.Pattern[str]
    counted_kind: re.Pattern[str]  # what was counted right before, and is no part of the next name
    value_of_sector: re.Pattern[str]
    part_economy: re.Pattern[str]
    in_respect: re.Pattern[str]
    sums: re.Pattern[str]
    output: re.Pattern[str]
    time_inside: re.Pattern[str]
    came_there: re.Pattern[str]
    people_unit: frozenset[str]
    served_unit: frozenset[str]  # of people or households, whom what is done with a list of things often only serves
    placed: re.Pattern[str]
    bracket: re.Pattern[str]  # behind a name, which it explains
    rate_cut: re.Pattern[str]
    driven: re.Pattern[str]
    of_industries: re.Pattern[str]
    industry: re.Pattern[str]
    turned_by: re.Pattern[str]
    made_yearly: re.Pattern[str]
    maker: re.Pattern[str]
    mean_again: re.Pattern[str]  # a mean of what was summed before
    summed_end: re.Pattern[str]
    turned_round: re.Pattern[str]
    made_and_sold: re.Pattern[str]
    joins_all: re.Pattern[str]
    insurance: re.Pattern[str]
    partners: re.Pattern[str]
    region: re.Pattern[str]
    regions: re.Pattern[str]
    all_grew: re.Pattern[str]
    tells: re.Pattern[str]
    record: re.Pattern[str]
    grew: re.Pattern[str]
    times_of: re.Pattern[str]
    caused: re.Pattern[str]
    caused_to: re.Pattern[str]
    examples: re.Pattern[str]
    so_many: re.Pattern[str]
    among_them: re.Pattern[str]
    share_of_whole: re.Pattern[str]  # at the end of a name: of all that the country has of it
    share_of: re.Pattern[str]  # a share of something, and no 占地面积
    tells_part: re.Pattern[str]  # how words begin behind the name of what they tell a part of
    takes_part: re.Pattern[str]
    share_end: re.Pattern[str]
    share_tail: re.Pattern[str]  # what the last of several shares has that is of them all
    value_added: re.Pattern[str]
    output_value: re.Pattern[str]
    of_each_sector: re.Pattern[str]
    size_first: re.Pattern[str]
    three_sectors: re.Pattern[str]
    amount_next: re.Pattern[str]
    way: re.Pattern[str]
    each_own: re.Pattern[str]
    changed: re.Pattern[str]
    this_figure: re.Pattern[str]
    town_and_country: re.Pattern[str]
    progress: re.Pattern[str]
    total: re.Pattern[str]
    total_of: re.Pattern[str]  # the same, of what has no sum of its own name: no 总投资
    summed: re.Pattern[str]
    running: re.Pattern[str]
    said: re.Pattern[str]
    compares: re.Pattern[str]
    stock_parted: re.Pattern[str]  # behind a time: what stands at its end, of which a name is parted by it
    pulls: re.Pattern[str]  # how much one thing adds to the growth of another
    compares_two: re.Pattern[str]  # of which each has a distance of its own
    compared: re.Pattern[str]
    rate: re.Pattern[str]
    rate_alone: re.Pattern[str]
    rate_end: re.Pattern[str]
    faster: re.Pattern[str]
    said_again: re.Pattern[str]
    came_to_it: re.Pattern[str]
    measures: re.Pattern[str]
    projects: re.Pattern[str]
    years_in_a_row: re.Pattern[str]
    row_end: re.Pattern[str]
    residents: re.Pattern[str]
    of_residents: re.Pattern[str]  # 居民人均收入3万元，城镇居民4万元
    ranks: re.Pattern[str]
    rank_end: re.Pattern[str]  # 综合评价列第23位
    ranked_list: re.Pattern[str]  # a list whose places are counted, right before a place in it
    last_too: re.Pattern[str]  # behind the rank of the first of two things
    ranked_at: re.Pattern[str]  # what leads from a name to its place in a list
    rank_alone: re.Pattern[str]
    without: re.Pattern[str]
    two_sided: re.Pattern[str]  # 收入, of which 支出 is the other side
    other_side: re.Pattern[str]
    route: re.Pattern[str]
    people: re.Pattern[str]
    unfinished: re.Pattern[str]
    ranked_behind: re.Pattern[str]
    for_whom: re.Pattern[str]
    place_word: re.Pattern[str]
    of_a_thing: re.Pattern[str]
    under_way: re.Pattern[str]
    back_to: re.Pattern[str]
    fulfilled: re.Pattern[str]
    owner: re.Pattern[str]
    earner: re.Pattern[str]
    owned: re.Pattern[str]
    last_measure: re.Pattern[str]
    done_behind: re.Pattern[str]
    done_before: re.Pattern[str]
    work_itself: re.Pattern[str]  # what stands for the thing that is measured, and names none
    part_of_area: re.Pattern[str]
    part_of: re.Pattern[str]
    share_next: re.Pattern[str]
    takes_up: re.Pattern[str]  # 占年末常住人口的比重: the time is of the whole
    price: re.Pattern[str]
    harvested: re.Pattern[str]  # a yield, and …
    crop: re.Pattern[str]  # … of what
    with_partner: re.Pattern[str]  # with whom that is traded which was told of before …
    traded: re.Pattern[str]  # … and what that was
    harvest: re.Pattern[str]
    newly_end: re.Pattern[str]
    area_end: re.Pattern[str]
    done: re.Pattern[str]
    measure_head: re.Pattern[str]
    whole_head: re.Pattern[str]
    measure_end: re.Pattern[str]
    shared_front: re.Pattern[str]  # how the first of several names begins, where the others are of that too …
    of_front: re.Pattern[str]  # … and what they are
    goods_in_a_row: re.Pattern[str]  # over the text as written
    compared_with: re.Pattern[str]
    has_something: re.Pattern[str]  # people and firms, of which as much is measured
    whole_measure: re.Pattern[str]  # what is counted without a word for how much: 实际使用外资
    long_word: re.Pattern[str]
    coordinated: re.Pattern[str]
    own_work: re.Pattern[str]
    new: re.Pattern[str]
    also_done: frozenset[str]
    place_sign: frozenset[str]
    brings_about: frozenset[str]
    counts_itself: frozenset[str]
    of_mass: frozenset[str]
    rate_called: tuple[str, ...]  # of what rose, of what fell
    price_called: tuple[str, ...]
    harvest_called: tuple[str, ...]
    share_called: frozenset[str]
    newly: frozenset[str]
    mean_of: frozenset[str]
    of_town: tuple[str, ...]  # in Simplified, in Traditional script
    of_country: tuple[str, ...]
