"""What is named: tokens to drafts of mentions.

    rows                       a sentence as a row of tokens
    names, surfaces, name_guards, gazetteer, name_places, beside    names that tables know, and places beside them
    persons, office_cuts, foreign_names    names of persons
    phases, counted            entity rules over rows
    assemble, mentions         mentions as the later packages see them
"""
