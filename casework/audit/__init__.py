"""Looking again: replay of decisions, verification of what is stored.

Nothing here changes anything.
"""
