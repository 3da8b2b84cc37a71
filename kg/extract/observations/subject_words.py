"""The patterns by which the subject of a figure is told."""

from __future__ import annotations

import re

from kg.extract.knowledge.phrases import Words


class SubjectWords(Words):
    """Those of `rules/observations_subjects.yaml`, with the same names."""

    numbered_head: re.Pattern[str]  # the beginning of an item, with the names before its colon
    of_each_head: re.Pattern[str]  # what holds for each of several that stand there
    place_before: re.Pattern[str]
    source_after: re.Pattern[str]
    then_listed: re.Pattern[str]
    ends_there: re.Pattern[str]
    put_to_use: re.Pattern[str]
    mechanism: re.Pattern[str]
    has_room: re.Pattern[str]  # before those for whom a hall has room
    route_point: re.Pattern[str]  # before a work that is only where a line begins, ends or passes
    of_line: re.Pattern[str]  # what no body has
    enters: re.Pattern[str]  # before a programme or list of which something becomes a part
    by_whom: re.Pattern[str]
    approves: re.Pattern[str]  # behind a body that only allows what is told of
    issues_paper: re.Pattern[str]  # behind an area, which sets itself what follows
    again_any_work: re.Pattern[str]
    this_work: re.Pattern[str]  # a work that is taken up without its name
    waters: re.Pattern[str]
    with_partners: re.Pattern[str]
    lives: re.Pattern[str]  # behind somebody of whom the sentence tells
    of_himself: re.Pattern[str]
    home_aside: re.Pattern[str]  # before the country, which only acts on what is told of
    home_part: re.Pattern[str]  # behind the country, of a part of which is told
    of_whom: re.Pattern[str]  # behind a place, those who come from it
    among_whom: re.Pattern[str]
    of_which: re.Pattern[str]
    several_again: re.Pattern[str]
    unknown_company: re.Pattern[str]
    of_a_company: re.Pattern[str]
    aside_parts: re.Pattern[str]
    and_such: re.Pattern[str]  # behind an event that is only an example
    brings: re.Pattern[str]  # before a measure that is only carried out
    with_others: re.Pattern[str]  # behind somebody who is listed with others
    before_next: re.Pattern[str]
    leads_on: re.Pattern[str]
    counted_in: re.Pattern[str]  # behind a name that is one of those counted
    compared_with: re.Pattern[str]
    announces: re.Pattern[str]  # behind an event that is a source
    comes_to_be: re.Pattern[str]  # before what something else becomes
    own_place: re.Pattern[str]  # how a text speaks of the place that it is about
    unnamed_firm: re.Pattern[str]
    firm_again: re.Pattern[str]
    first_of: re.Pattern[str]  # before the clause of a figure: what is first among others, the part `who`
    between_places: re.Pattern[str]  # in the name of a time on the way
    way_time: re.Pattern[str]
    feast: re.Pattern[str]
    size_before: re.Pattern[str]  # before an amount behind which 的 stands
    lies_there: re.Pattern[str]  # something lies at a place, and later clauses tell of it
    direction: re.Pattern[str]
    lands: re.Pattern[str]  # several lands, of which none is named
    source_of: re.Pattern[str]  # behind an area whose papers or offices tell
    own_work: re.Pattern[str]  # before 建成后: a work by its own name
    and_so_many: re.Pattern[str]
    also_called: re.Pattern[str]
    spoken_for: re.Pattern[str]
    one_of_them: re.Pattern[str]
    holds_next: re.Pattern[str]
    part_of: re.Pattern[str]
    one_of_many: re.Pattern[str]
    harm: re.Pattern[str]
    befell: re.Pattern[str]  # what is no news of a firm
    is_one_of: re.Pattern[str]
    one_of_it: re.Pattern[str]
    counted: re.Pattern[str]
    strikes: re.Pattern[str]
    attack: re.Pattern[str]
    at: re.Pattern[str]
    scope_after: re.Pattern[str]
    meeting: re.Pattern[str]
    held_after: re.Pattern[str]
    made_by: re.Pattern[str]
    hosts_after: re.Pattern[str]
    more_behind: re.Pattern[str]
    hands_down: re.Pattern[str]
    organ_end: re.Pattern[str]
    along: re.Pattern[str]
    own_firm: re.Pattern[str]  # a clause that tells of 公司, whose name stands before
    firm_officer: re.Pattern[str]
    firm_end: re.Pattern[str]
    of_firm: re.Pattern[str]
    money_in: re.Pattern[str]
    spent: re.Pattern[str]
    furthers: re.Pattern[str]
    furthered: re.Pattern[str]
    made_there: re.Pattern[str]
    is_done: re.Pattern[str]
    opening: re.Pattern[str]
    aside: re.Pattern[str]
    in_it: re.Pattern[str]
    within: re.Pattern[str]
    has_parts: re.Pattern[str]
    scene: re.Pattern[str]
    region: re.Pattern[str]
    there: re.Pattern[str]
    local: re.Pattern[str]
    and_others: re.Pattern[str]
    fair: re.Pattern[str]
    supported: re.Pattern[str]  # before a company that is named as one of many
    of_areas: re.Pattern[str]
    of_places: re.Pattern[str]
    most_of: re.Pattern[str]  # before the place that has most of what is measured
    paper_on_work: re.Pattern[str]  # behind a project in the title of a paper that is about it alone
    before_title: re.Pattern[str]
    yearly_of: re.Pattern[str]  # behind the name of an institution: the title of its yearly report
    accounts_of: re.Pattern[str]  # … or behind that of an organ, of the accounts of its own
    of_works: re.Pattern[str]  # what opens a clause that measures a line or a bridge, and no area
    counted_works: re.Pattern[str]
    of_government: re.Pattern[str]
    first_work: re.Pattern[str]
    of_one_work: re.Pattern[str]
    office: re.Pattern[str]  # who tells of a land, and has no such figures
    local_office: re.Pattern[str]
    of_a_land: re.Pattern[str]
    base_in_it: re.Pattern[str]
    thing_in_it: re.Pattern[str]  # behind an area: something in it that is not found as a name, 甲市乙港一季度…
    again_zone: re.Pattern[str]
    of_what_is_built: re.Pattern[str]  # what opens a clause that measures what somebody builds
    people_of: re.Pattern[str]  # behind a place: firms or people from there
    made_by_somebody: re.Pattern[str]
    own_task: re.Pattern[str]  # behind a place that opens a sentence of a report
    built_with_it: re.Pattern[str]  # behind an amount, before what is built with it
    one_of_several: re.Pattern[str]
    builds_something: re.Pattern[str]
    ranks_in: re.Pattern[str]
    ranked_parts: re.Pattern[str]
    port_end: re.Pattern[str]
    of_ports: re.Pattern[str]  # what passes through a port or an airport
    administered: re.Pattern[str]  # how such an area ends; a river has a length
    begun: re.Pattern[str]
    link: re.Pattern[str]
    nation: re.Pattern[str]
    nation_word: re.Pattern[str]
    nation_counts: re.Pattern[str]
    national: re.Pattern[str]
    once_built: re.Pattern[str]
    name_goes_on: re.Pattern[str]
    of_a_policy: re.Pattern[str]
    now_again: re.Pattern[str]
    organ: re.Pattern[str]
    acting: re.Pattern[str]  # how the name of a body ends that acts on others, and of which little is measured
    paper_end: re.Pattern[str]
    turns_to: re.Pattern[str]  # between the beginning of a sentence and the place with which it opens
    tells_next: re.Pattern[str]
    and_unknown: re.Pattern[str]  # behind a place another that was not found
    times_that: re.Pattern[str]  # behind what a figure is a multiple of
    goes_on_without: re.Pattern[str]  # behind a paper of whose own parts nothing is told next
    says: re.Pattern[str]
    since_it_began: re.Pattern[str]
    through: re.Pattern[str]
    goes_through: re.Pattern[str]
    also_compared: re.Pattern[str]  # before the second of two with which something is compared
    its_people: re.Pattern[str]  # behind a place: those who live there
    only_compared: re.Pattern[str]
    is_called: re.Pattern[str]
    best_of: re.Pattern[str]
    who_came: re.Pattern[str]  # behind an area: those from there who came to a gathering
    paper_of: re.Pattern[str]  # behind a place, a paper of it that tells
    of_states: re.Pattern[str]  # what opens a clause of several states that are not named
    first_there: re.Pattern[str]  # behind an area: a thing that is the first of its kind there
    wins: re.Pattern[str]
    each: re.Pattern[str]
    at_event: re.Pattern[str]
    goes_on: re.Pattern[str]
    begins: re.Pattern[str]
    at_meeting: re.Pattern[str]
    attends: re.Pattern[str]
    while_it_lasted: re.Pattern[str]
    zone: re.Pattern[str]
    park: re.Pattern[str]
    line: re.Pattern[str]  # of 甲高铁乙大桥, 该工程 is the bridge: the line has many such works
    park_end: re.Pattern[str]
    held_near: re.Pattern[str]
    holds: re.Pattern[str]
    consists_of: re.Pattern[str]
    first_of_its_kind: re.Pattern[str]
    trades: re.Pattern[str]
    dateline: re.Pattern[str]  # where a piece of news was written
    item_head: re.Pattern[str]
    summed: re.Pattern[str]  # what tells that a figure is of several together
    in_all: re.Pattern[str]
    jointly: re.Pattern[str]
    again_one: re.Pattern[str]  # what opens a clause about one project, which is none of an area's or a body's own
    aims_at: re.Pattern[str]  # what opens a clause about an aim
    built_kind: re.Pattern[str]  # 机场, before 建成后: the kind of what will be
    still_built: re.Pattern[str]  # what may stand behind the kind in the name of what builds it
    part_of_its: re.Pattern[str]
    leads: re.Pattern[str]
    joins: frozenset[str]
    towards: frozenset[str]  # 我国与甲国进出口
    rank_begins: frozenset[str]
    home: frozenset[str]
    route_from: frozenset[str]
    route_to: frozenset[str]
    again_lead: re.Pattern[str]  # words that only lead in
    again_this: re.Pattern[str]
    again_goes_on: re.Pattern[str]  # behind a kind that is only the beginning of another word
    again_manifold: re.Pattern[str]  # of which a text may name several, each in a paragraph of its own
    again_project: re.Pattern[str]
    again_event: re.Pattern[str]
    again_work: re.Pattern[str]  # 该顶管机, 该直升机: things made, whose names end otherwise (“某号”)
    again_by_number: re.Pattern[str]
    again_common: re.Pattern[str]  # that many names end with, and that seldom mean one of them unless 该 stands before
    again_whole_of: re.Pattern[str]  # 甲高铁是国家“乙”铁路网的骨干，线路全长…
    again_whole: re.Pattern[str]
    again_province: re.Pattern[str]
    again_with_abroad: re.Pattern[str]
