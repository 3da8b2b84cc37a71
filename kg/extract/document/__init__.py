"""What the text is.

    titles, reports, topics    what it is by its titles and words, and which area each sentence is about
    moods, plan_leads, report_spans    which sentences look ahead
    how_read                   all of that as one record
"""
