"""Letters, notices and lists: what they say, and the two forms they take.

Fonts, pages and PDF are `papers.drawing`.
"""
