"""How applications come in: a portal's file read, judged and stored, entry by hand, rounds.

The reading of a file's cells is `papers.reading`.
"""
