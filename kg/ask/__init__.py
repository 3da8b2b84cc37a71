"""What is asked of a graph that is there.

    wording, lookup_words      words by which a reader is told, and by which things are compared
    lookup, results, table_files    things by name; what a query gives; tables as files
    questions, explain, info, compare, figures, same    named questions as they are written; what is known, counted, changed, told in figures, alike
    answers, wide, doubts, conflicts, faults    answers to named questions; figures side by side; what is least sure, contradicts or is wrong
"""
