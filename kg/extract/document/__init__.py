"""What the text is.

    titles, reports            what it is by its titles and words
    areas, main_area           which areas it names, and which it is of
    stories, topics            which stories it tells, and which area each sentence is about
    moods, plan_leads, report_spans    which sentences look ahead
    how_read                   all of that as one record
"""
