"""What is named: tokens to drafts of mentions.

    rows                       a sentence as a row of tokens
    names, surfaces, name_guards, gazetteer, name_places, beside, titled_places    names that tables know, places beside them and in titles
    persons, office_cuts, foreign_names    names of persons
    phases, counted            entity rules over rows
    assemble, mentions         mentions as the later packages see them
"""
