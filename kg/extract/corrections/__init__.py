"""What people decide by hand.

    corrections, correction_file, figure_corrections    corrections by hand
    footnotes                  a text without the marks of its notes, and its facts with them
"""
