"""What is named: tokens to drafts of mentions.

    rows                       a sentence as a row of tokens
    gazetteer, listed_names    names that tables know
    names, surfaces, name_guards, shared_bodies, name_places, beside, titled_places, line_ends    those of a text, places beside them, in titles and at the ends of lines
    persons, office_cuts, foreign_names    names of persons
    phases, counted            entity rules over rows
    assemble, mentions         mentions as the later packages see them
"""
