"""Who is meant.

    references, reference_rules, reference_text, own_organs    words that stand for a thing named elsewhere
    masthead                   the text's own area, where only its metadata name it
    short_names, editions, sessions, same_works, same_routes    one thing by several names
    antecedents, identity, city_lines, entities    mentions to things that are the same in every document
"""
