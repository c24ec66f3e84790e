"""The packs and supplements in force, how they come in, and how they read in words and on paper.

What a rule makes of a case is `rules`; who asks it is `casework.award`.
"""
