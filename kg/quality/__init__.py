"""How right facts are.

    evaluate, judging, clue_weights    against gold annotations; by chance hits that a reader marks; what each clue adds
    calibrate                  the confidence of each rule, measured on both
"""
