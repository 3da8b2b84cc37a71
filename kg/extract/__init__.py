"""Tokens to Facts.

`extractor` takes a document from one step to the next, `in_step` many side by side; `facts_json` is what comes out, as JSON.
The packages in the order in which a document goes through them; each imports only those above it, and says what its modules are.

    knowledge       what is known before any text: rules, patterns, tables
    names           what is named
    document        what the text is: its titles, topics and moods
    coreference     who is meant: mentions to things that are the same in every document
    relations       what is said of things, with the dates and grounds of policies
    observations    what is said in figures
    corrections     what people decide by hand
    extractor, in_step, fault, facts_json
    review          examples of rules, trace and coverage
"""
