"""What is known before any text.

    phrases, word_lists        words and expressions by which the steps read
    rules, rule_reading, rule_entries, ways    rules and their examples
    symbols, topic_classes, pattern, sieve     word classes, and patterns over them
    place_tables, person_tables, indicator_table    tables of names
    regions        from which region with words of its own a text is
    confidence, clues          how sure a fact is
"""
