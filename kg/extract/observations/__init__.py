"""What is said in figures (docs/figures.md).

    observations, observation_rules, figures, figure_words    which numbers are figures
    indicators, indicator_naming, indicator_lists, joined_name, name_spans, clause_before, shared_names, so_far, name_words    what each measures
    subjects, own_area, named, nation_marks, passing, clause_subject, named_again, paragraph_subject, placed_items, harm_places, told_works, subject_words    whose it is
    figure_times, governing_time, carried_time, lead_time, event_days, figure_goals, time_words    when it holds
    answered                   who answers for a target
    told_before, stored_values, local_money    what the figures before add, value and unit as they are kept
    table_figures, table_grid, table_labels, table_words    figures of tables
"""
