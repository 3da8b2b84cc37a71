"""What is said of things: relations.

    things, links              what these modules hand to each other
    relations, frame_subjects, name_links    rules, sentence by sentence
    actors, context, deeds, side_by_side, clause_openings, named_actors, unnamed_actors    who acts in each clause
    weak_links, possible_places, belonging, containment, institutions, offices    what follows from the text as a whole
    table_rows                 tables of works, row by row
    relation_facts, dates      links to relations with their day
    policy_time, policy_mentions, policy_time_rules    when a law or notice was issued, in force and amended, and what it rests on
"""
