"""What is asked of a graph that is there.

    wording, lookup_words      words by which a reader is told, and by which things are compared
    lookup, results            things by name; what a query gives
    questions, explain, info, compare, figures, same    named questions as they are written; what is known, counted, changed, told in figures, alike
    answers, doubts, conflicts, faults    answers to named questions; what is least sure, contradicts or is wrong
"""
