"""Tokens to Facts. The modules in the order in which a document goes through them; `extractor` takes it from one step to the next.

All steps
    extractor, in_step, fault, footnotes    one document, and many side by side
    things, links, facts_json    what goes from step to step, and what comes out

What is known before any text
    phrases, word_lists        words and expressions by which the steps read
    rules, rule_reading, rule_entries, ways    rules and their examples
    symbols, topic_classes, pattern, sieve     word classes, and patterns over them
    place_tables, person_tables, indicator_table    tables of names
    confidence, clues          how sure a fact is

What is named
    names, name_guards, gazetteer, name_places, beside    names that tables know, and places beside them
    persons, office_cuts, foreign_names    names of persons
    rows                       a sentence as a row of tokens
    phases, counted            entity rules over rows

What the text is
    titles, reports, topics    what it is by its titles and words, and which area each sentence is about
    moods, plan_leads, report_spans    which sentences look ahead

Who is meant
    references, reference_rules, reference_text, own_organs    words that stand for a thing named elsewhere
    short_names, editions, sessions, same_works, same_routes    one thing by several names
    assemble, mentions, antecedents, identity, entities    mentions to things that are the same in every document

What is said of it: relations
    relations, context, actors, frame_subjects, name_links    rules, sentence by sentence
    weak_links, possible_places, belonging, containment, institutions, offices    what follows from the text as a whole
    relation_facts, dates      links to relations with their day

What is said of it: figures (docs/figures.md)
    observations, observation_rules, figures, figure_words    which numbers are figures
    indicators, indicator_naming, indicator_lists, joined_name, name_spans, clause_before, shared_names, so_far, name_words    what each measures
    subjects, named, nation_marks, passing, clause_subject, named_again, paragraph_subject, subject_words    whose it is
    figure_times, governing_time, carried_time, event_days, figure_goals, time_words    when it holds
    told_before, stored_values, local_money    what the figures before add, value and unit as they are kept
    table_figures, table_grid, table_labels, table_words    figures of tables

What is said of it: dates and grounds of policies
    policy_time, policy_time_rules    when a law or notice was issued, in force and amended, and what it rests on

What people decide, and ask
    corrections, correction_file, figure_corrections    corrections by hand
    examples, coverage, trace, trace_figures, near_miss, absent    `kg rules test`, `coverage` and `trace`
"""
